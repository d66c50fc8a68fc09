#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/event.hpp"

namespace keepwell {

struct SessionId {
    std::int64_t value{};
    auto operator<=>(const SessionId&) const = default;
};

/// Somebody of a customer at work: opened by a login, closed by a logout or by half an hour of silence.
struct CustomerSession {
    CustomerId customer_id{};
    SessionId id{};  ///< 0 until stored.
    std::string user_name{};
    Timestamp started_at{};
    Timestamp last_seen_at{};
    std::optional<Timestamp> ended_at{};
    std::int64_t page_views = 0;
    std::int64_t feature_uses = 0;
    bool operator==(const CustomerSession&) const = default;
};

inline constexpr std::chrono::minutes kSessionSilence{30};

/// Whether events of this type open, close or count into sessions.
bool moves_sessions(std::string_view event_type);

/// Moves the open sessions of one customer on by its events (any order; sorted inside by occurred_at).
/// Answers every session that is new or changed. An event that is older than the open session it would
/// belong to, by half an hour at most, counts into it without moving its times back; one that is older still
/// belongs to another session.
std::vector<CustomerSession> follow_sessions(std::vector<CustomerSession> open,
                                             std::span<const CustomerEvent* const> events);

/// Port. Table sessions.
class SessionRepository {
public:
    virtual ~SessionRepository() = default;

    /// Those without an end, by customer and id.
    virtual std::vector<CustomerSession> list_open(std::span<const CustomerId> ids) = 0;
    /// Adds those with id 0, overwrites the others. Bulk.
    virtual void save(std::span<const CustomerSession> sessions) = 0;
    /// Newest first.
    virtual std::vector<CustomerSession> list(CustomerId id, std::optional<SessionId> before,
                                              std::int64_t limit) = 0;
    /// Ends those that were last seen before `before`, at their last_seen_at; how many.
    virtual std::int64_t close_silent(Timestamp before, std::int64_t limit) = 0;
};

}  // namespace keepwell
