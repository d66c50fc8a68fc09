#include "services/scorecard_backtest.hpp"

#include <catch2/catch.hpp>

#include "domain/error.hpp"
#include "tests/support/scorecards.hpp"

namespace keepwell::testing {
namespace {

using Days = std::chrono::days;

/// Logins alone tell the score.
Scorecard logins_card(std::string name) {
    return {.name = std::move(name), .factors = {{.factor = "login_frequency", .weight = 1}}};
}

void add_card(ScorecardWorld& world, const Scorecard& card) {
    world.unit_of_work().run([&](Repositories& in) {
        in.scorecards.add(card, world.clock.now());
        in.scorecards.bump_revision();
    });
}

BacktestResult backtest(ScorecardWorld& world, const BacktestWish& wish) {
    return ScorecardBacktest(world.unit_of_work(), world.book, world.clock).run(wish, {});
}

/// Customers that stay sign in every day; those that leave on day 300 stop on day 240.
void populate(ScorecardWorld& world, const std::string& card, int staying, int leaving) {
    for (int i = 0; i < staying + leaving; ++i) {
        const CustomerId id = world.add_customer("Customer " + std::to_string(i));
        const bool leaves = i >= staying;
        world.log_in(id, 150, leaves ? 240 : 390, 2);
        world.change(id, {.scorecard = card});
        if (leaves) world.leave(id, 300);
    }
}

}  // namespace

TEST_CASE("A backtest replays the past and tells whether the score saw who left") {
    ScorecardWorld world(GENERATE(from_range(test::database_kinds())));
    add_card(world, logins_card("logins"));
    populate(world, "logins", 30, 12);
    const BacktestResult result = backtest(world, {.scorecard = "logins",
                                                   .from = ScorecardWorld::kDay + Days{100},
                                                   .until = ScorecardWorld::kDay + Days{280},
                                                   .horizon_days = 60,
                                                   .step_days = 10});
    CHECK(result.scorecard == "logins");
    CHECK(result.until == ScorecardWorld::kDay + Days{280});
    const BacktestReport& report = result.report;
    // Known from day 150 on, and scored until the day before they left: days 150 to 280.
    CHECK(report.observations == 42 * 14);
    CHECK(report.customers == 42);
    CHECK(report.churned == 12);
    CHECK(report.enough_data);
    CHECK(report.auc.value() > 0.7);
    CHECK(report.lift_at_10_percent.value() > 2);
    // 240 logins until day 240; on day 260 only 20 are left in the window, on day 270 none.
    CHECK(report.median_lead_time_days.value() >= 30);
    REQUIRE(report.factors.size() == 1);
    CHECK(report.factors[0].suggested_weight == 1.0);
}

TEST_CASE("A day whose outcome isn't known yet is not looked at") {
    ScorecardWorld world(GENERATE(from_range(test::database_kinds())));
    add_card(world, logins_card("logins"));
    populate(world, "logins", 2, 1);
    const BacktestResult result = backtest(
        world, {.scorecard = "logins", .until = ScorecardWorld::kDay + Days{399}, .horizon_days = 90});
    CHECK(result.until == ScorecardWorld::kDay + Days{310});
    CHECK(result.from == result.until - Days{365});
    CHECK_FALSE(result.report.enough_data);
}

TEST_CASE("A card that nobody has is tried on everybody") {
    ScorecardWorld world(GENERATE(from_range(test::database_kinds())));
    add_card(world, logins_card("logins"));
    populate(world, "activity", 3, 0);
    CHECK(backtest(world, {.scorecard = "logins"}).report.customers == 3);
    world.change(world.add_customer("Fourth"), {.scorecard = "logins"});
    CHECK(backtest(world, {.scorecard = "logins"}).report.customers == 0);  // Nothing is known of it.
}

TEST_CASE("Metrics rows are replayed, each day by the newest row up to it") {
    ScorecardWorld world(GENERATE(from_range(test::database_kinds())));
    const CustomerId id = world.add_customer("Alder");
    world.change(id, {.scorecard = "metrics"});
    world.unit_of_work().run([&](Repositories& in) {
        std::vector<DailyMetrics> rows;
        for (const int day : {200, 220, 240}) {
            rows.push_back({.customer_id = id,
                            .date = ScorecardWorld::kDay + Days{day},
                            .daily_active_users = day == 240 ? 0 : 200,
                            .feature_adoption_rate = day == 240 ? 0.0 : 1.0,
                            .support_tickets_open = day == 240 ? 30 : 0,
                            .nps_score = day == 240 ? -100 : 100,
                            .login_frequency = day == 240 ? 0.0 : 1.0,
                            .arr = {},
                            .health_score = {}});
        }
        in.daily_metrics.upsert(rows);
    });
    const BacktestReport report = backtest(world, {.scorecard = "metrics",
                                                   .from = ScorecardWorld::kDay + Days{190},
                                                   .until = ScorecardWorld::kDay + Days{260},
                                                   .step_days = 10})
                                      .report;
    CHECK(report.observations == 7);           // From day 200 on.
    CHECK(report.bands[0].observations == 4);  // Days 200 to 230,
    CHECK(report.bands[2].observations == 3);  // days 240 to 260.
}

TEST_CASE("A wish that makes no sense is refused by what is wrong with it") {
    ScorecardWorld world(test::DatabaseKind::kSqlite);
    const Date today = ScorecardWorld::kDay + Days{400};
    ScorecardBacktest tests(world.unit_of_work(), world.book, world.clock);
    const auto pointer = [&](const BacktestWish& wish) {
        const auto mistakes = tests.mistakes(wish);
        return mistakes.empty() ? std::string{} : mistakes.front().pointer;
    };
    CHECK(pointer({}).empty());
    CHECK(pointer({.horizon_days = 0}) == "/horizon_days");
    CHECK(pointer({.horizon_days = 5000}) == "/horizon_days");
    CHECK(pointer({.step_days = 0}) == "/step_days");
    CHECK(pointer({.step_days = 1}) == "/step_days");  // 366 of them.
    CHECK(pointer({.from = today}) == "/from");
    CHECK(pointer({.from = today - Days{5000}}) == "/from");
    CHECK_THROWS_AS(backtest(world, {.scorecard = "nobody"}), Error);
}

}  // namespace keepwell::testing
