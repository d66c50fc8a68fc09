#include "services/observed_activity.hpp"

#include <algorithm>

#include "domain/ticket_states.hpp"

namespace keepwell {
namespace {

constexpr std::chrono::days kFeatureWindow{30};
constexpr std::string_view kFeatureKey = "feature_name=";
/// What exceeds the number of names that a day keeps.
constexpr std::string_view kOther = "~other";

void raise(std::optional<Timestamp>& latest, Timestamp time) {
    latest = latest ? std::max(*latest, time) : time;
}

void count_features(CustomerActivity& activity, const DailyActivity& day) {
    for (const auto& [key, uses] : day.keys) {
        if (!key.starts_with(kFeatureKey)) continue;
        const std::string_view feature = std::string_view{key}.substr(kFeatureKey.size());
        if (feature != kOther) activity.feature_usage[std::string{feature}] += uses;
    }
}

}  // namespace

CustomerActivity observed_activity(const Customer& stored, std::span<const DailyActivity> days, Date as_of) {
    CustomerActivity activity{.last_login = stored.last_login,
                              .last_activity = stored.last_activity,
                              .support_tickets = stored.support_tickets,
                              .nps_score = stored.nps_score,
                              .feature_usage = {}};
    bool has_tickets = false;
    std::optional<Timestamp> answered_at;
    for (const DailyActivity& day : days) {
        raise(activity.last_activity, day.last_at);
        if (day.event_type == "login") raise(activity.last_login, day.last_at);
        if (day.event_type == "feature_use" && day.day > as_of - kFeatureWindow)
            count_features(activity, day);
        if (day.event_type == "nps_response") {
            const auto score = day.last.find("score");
            if (score != day.last.end() && (!answered_at || score->second.at >= *answered_at)) {
                answered_at = score->second.at;
                activity.nps_score = score->second.value;
            }
        }
        has_tickets = has_tickets || day.event_type == "support_ticket";
    }
    if (has_tickets) {
        const auto tickets = ticket_states(days, as_of);
        activity.support_tickets = std::count_if(tickets.begin(), tickets.end(),
                                                 [](const auto& ticket) { return ticket.second.is_open(); });
    }
    return activity;
}

}  // namespace keepwell
