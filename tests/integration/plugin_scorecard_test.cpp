#include <catch2/catch.hpp>

#include "domain/weighted_calculator.hpp"
#include "plugins/host/plugin_host.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::plugins {
namespace {

using keepwell::test::database_kinds;
using keepwell::test::TestDatabase;

constexpr Date kToday{std::chrono::days{20'000}};

/// A customer that renews in ten days and whose use has ended.
class Leaving {
public:
    Leaving() {
        customer_.custom["renewal_date"] = to_string(kToday + std::chrono::days{10});
        for (int ago = 59; ago >= 30; --ago) {
            days_.push_back({.customer_id = {1},
                             .day = kToday - std::chrono::days{ago},
                             .event_type = "login",
                             .count = 5});
        }
        window_ = {.days = days_, .events = {}, .connected = &connected_, .first_day = days_.front().day};
    }
    FactorInput input() const {
        return {.metrics = {&row_, 1}, .as_of = kToday, .customer = &customer_, .activity = &window_};
    }

private:
    ScoredCustomer customer_{.id = {1}, .name = "Acme", .mrr = {}};
    std::vector<DailyActivity> days_;
    std::set<std::string, std::less<>> connected_{"login"};
    ActivityWindow window_;
    DailyMetrics row_{.customer_id = {1}, .date = kToday, .nps_score = 100, .arr = {}, .health_score = {}};
};

Scorecard with_renewal() {
    return {.name = "renewals",
            .factors = {{.factor = "nps", .weight = 50}, {.factor = "renewal_proximity", .weight = 50}}};
}

}  // namespace

TEST_CASE("a stored scorecard that names a plugin's factor is calculated with it, and says why") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    const Scorecard stored = transact(database.unit_of_work(), [](Repositories& in) {
        in.scorecards.add(with_renewal(), Timestamp{});
        return *in.scorecards.find("renewals");
    });
    FactorRegistry registry = builtin_factors();
    PluginHost host(registry, {});
    host.load_file(std::filesystem::path{KEEPWELL_PLUGINS} / "renewal_proximity.so");
    const Leaving leaving;
    const HealthScore score = WeightedCalculator(registry, stored).calculate(leaving.input());
    CHECK(score.overall_score == 50);
    const FactorScore& factor = score.factors.at(1);
    CHECK(factor.score == 0);
    CHECK(factor.value == 10);
    CHECK(factor.description == "Renewal in 10 days, no use in the last 30 days");
    CHECK_THAT(factor.details, Catch::Contains(R"("uses_30_days_before":150)"));
}

}  // namespace keepwell::plugins
