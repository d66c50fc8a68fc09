#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "domain/health_factor.hpp"
#include "tests/support/scoring.hpp"

namespace keepwell::tests {

/// A customer of two years that is scored on kDay, with the days that a test adds. All types are connected.
class ActiveCustomer {
public:
    ScoredCustomer customer{.id = {1},
                            .name = "Acme",
                            .segment = "startup",
                            .mrr = {100'000},
                            .signup_date = kDay - std::chrono::days{730},
                            .known_since = kDay - std::chrono::days{730},
                            .expected_api_calls = 200};
    std::set<std::string, std::less<>> connected{"api_call",     "login",       "logout",
                                                 "payment",      "feature_use", "support_ticket",
                                                 "nps_response", "page_view"};
    Date as_of = kDay;

    /// The day so many days before kDay.
    DailyActivity& on(int days_ago, const std::string& type, std::int64_t count = 1) {
        const Date day = kDay - std::chrono::days{days_ago};
        days_.push_back({.customer_id = customer.id,
                         .day = day,
                         .event_type = type,
                         .count = count,
                         .last_at = Timestamp{day} + std::chrono::hours{12}});
        return days_.back();
    }
    void ticket(int days_ago, const std::string& id, TicketState state) {
        state.at = Timestamp{kDay - std::chrono::days{days_ago}} + std::chrono::hours{10};
        state.opened_at = state.at;
        if (!state.priority.empty()) state.priority_at = state.at;
        if (!state.status.empty()) state.status_at = state.at;
        if (!state.type.empty()) state.type_at = state.at;
        if (state.satisfaction) state.satisfaction_at = state.at;
        if (state.resolution_time) state.resolution_time_at = state.at;
        on(days_ago, "support_ticket").tickets.emplace(id, std::move(state));
    }

    /// Valid until the next change.
    const FactorInput& input() {
        std::sort(days_.begin(), days_.end(), [](const auto& left, const auto& right) {
            return std::tie(left.day, left.event_type) < std::tie(right.day, right.event_type);
        });
        window_.days = days_;
        window_.connected = &connected;
        window_.first_day = days_.empty() ? std::nullopt : std::optional{days_.front().day};
        input_ = {.metrics = {}, .as_of = as_of, .customer = &customer, .activity = &window_};
        return input_;
    }

private:
    std::vector<DailyActivity> days_;
    ActivityWindow window_;
    FactorInput input_;
};

}  // namespace keepwell::tests
