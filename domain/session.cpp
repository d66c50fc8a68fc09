#include "domain/session.hpp"

#include "domain/activity_rules.hpp"

namespace keepwell {
namespace {

/// The sessions of one customer while its events go by.
class Follower {
public:
    explicit Follower(std::vector<CustomerSession> open)
        : changed_(open.size(), false), all_(std::move(open)) {}

    void follow(const CustomerEvent& event) {
        end_silent(event.occurred_at);
        const std::string user = key_text(text_in(event.attributes, "user").value_or(""));
        if (event.type == "login") {
            log_in(event.customer_id, user, event.occurred_at);
        } else if (event.type == "logout") {
            log_out(find_for(user, event.occurred_at), event.occurred_at);
        } else if (const auto position = find_for(user, event.occurred_at)) {
            CustomerSession& session = see(*position, event.occurred_at);
            ++(event.type == "page_view" ? session.page_views : session.feature_uses);
        }
    }

    std::vector<CustomerSession> take_changed() {
        std::vector<CustomerSession> changed;
        for (std::size_t i = 0; i < all_.size(); ++i) {
            if (changed_[i]) changed.push_back(std::move(all_[i]));
        }
        return changed;
    }

private:
    using Position = std::optional<std::size_t>;

    /// An event from long before a session began belongs to another one, which is over.
    bool takes(const CustomerSession& session, Timestamp at) const {
        return !session.ended_at && session.started_at - at <= kSessionSilence;
    }
    Position find_named(std::string_view user, Timestamp at) const {
        for (std::size_t i = 0; i < all_.size(); ++i) {
            if (takes(all_[i], at) && all_[i].user_name == user) return i;
        }
        return std::nullopt;
    }
    /// The user's; otherwise the only open one, unless both have names.
    Position find_for(std::string_view user, Timestamp at) const {
        if (const Position own = find_named(user, at)) return own;
        Position only;
        for (std::size_t i = 0; i < all_.size(); ++i) {
            if (!takes(all_[i], at)) continue;
            if (only) return std::nullopt;
            only = i;
        }
        return only && (user.empty() || all_[*only].user_name.empty()) ? only : std::nullopt;
    }

    CustomerSession& see(std::size_t position, Timestamp at) {
        changed_[position] = true;
        CustomerSession& session = all_[position];
        session.last_seen_at = std::max(session.last_seen_at, at);
        return session;
    }
    void end_silent(Timestamp now) {
        for (std::size_t i = 0; i < all_.size(); ++i) {
            if (all_[i].ended_at || now - all_[i].last_seen_at <= kSessionSilence) continue;
            all_[i].ended_at = all_[i].last_seen_at;
            changed_[i] = true;
        }
    }
    void log_in(CustomerId customer, const std::string& user, Timestamp at) {
        if (const Position own = find_named(user, at)) {
            see(*own, at);
            return;
        }

        all_.push_back({.customer_id = customer, .user_name = user, .started_at = at, .last_seen_at = at});
        changed_.push_back(true);
    }
    void log_out(Position position, Timestamp at) {
        // One that is older than the session ended another one.
        if (!position || at < all_[*position].started_at) return;
        CustomerSession& session = see(*position, at);
        session.ended_at = session.last_seen_at;
    }

    std::vector<bool> changed_;
    std::vector<CustomerSession> all_;
};

}  // namespace

bool moves_sessions(std::string_view event_type) {
    return event_type == "login" || event_type == "logout" || event_type == "page_view" ||
           event_type == "feature_use";
}

std::vector<CustomerSession> follow_sessions(std::vector<CustomerSession> open,
                                             std::span<const CustomerEvent* const> events) {
    std::vector<const CustomerEvent*> sorted;
    for (const CustomerEvent* event : events) {
        if (moves_sessions(event->type)) sorted.push_back(event);
    }
    std::stable_sort(sorted.begin(), sorted.end(), [](const CustomerEvent* left, const CustomerEvent* right) {
        return left->occurred_at < right->occurred_at;
    });
    Follower sessions(std::move(open));
    for (const CustomerEvent* event : sorted) sessions.follow(*event);
    return sessions.take_changed();
}

}  // namespace keepwell
