#pragma once

#include "tests/support/scoring_world.hpp"

namespace keepwell::testing {

/// A past of customers of whom some have left, for previews and backtests. The clock stands at kDay + 400
/// days; day 0 is kDay.
class ScorecardWorld : public ScoringWorld {
public:
    static constexpr Date kDay{std::chrono::days{20'000}};

    explicit ScorecardWorld(test::DatabaseKind kind) : ScoringWorld(kind) {
        clock.advance(std::chrono::days{400});
        unit_of_work().run([&](Repositories& in) {
            for (const Scorecard& card : {metrics_scorecard(), activity_scorecard()})
                if (!in.scorecards.find(card.name)) in.scorecards.add(card, clock.now());
        });
    }

    /// Signs in `logins` times on each day from `first` to `last`.
    void log_in(CustomerId id, int first, int last, std::int64_t logins) {
        std::vector<DailyActivity> activity;
        for (int day = first; day <= last; ++day) {
            const Date date = kDay + std::chrono::days{day};
            activity.push_back({.customer_id = id,
                                .day = date,
                                .event_type = "login",
                                .count = logins,
                                .last_at = Timestamp{date} + std::chrono::hours{9}});
        }
        unit_of_work().run([&](Repositories& in) {
            in.customers.lock(std::span{&id, 1});
            in.activity.merge(activity);
        });
    }
    void change(CustomerId id, const CustomerChange& change) {
        unit_of_work().run(
            [&](Repositories& in) { in.customers.update(id, change, std::nullopt, clock.now()); });
    }
    void leave(CustomerId id, int day) {
        change(id, {.is_active = false, .churned_at = Timestamp{kDay + std::chrono::days{day}}});
    }
};

}  // namespace keepwell::testing
