#include <catch2/catch.hpp>

#include "tests/support/test_database.hpp"

namespace keepwell::test {
namespace {

using namespace std::chrono_literals;

constexpr Date kDay{std::chrono::year{2026} / 3 / 1};

HealthScore sample(CustomerId id, double overall) {
    HealthScore score;
    score.customer_id = id;
    score.overall_score = overall;
    score.status = HealthStatus::kAtRisk;
    score.coverage = 0.85;
    score.scorecard = "metrics";
    score.scorecard_version = 3;
    score.as_of = kDay;
    score.calculated_at = Timestamp{kDay} + 1h + 1us;
    score.factors = {{.name = "nps",
                      .score = 62.5,
                      .value = 25,
                      .description = "NPS is “25”.",
                      .trend = Trend::kDeclining,
                      .weight = 0.15,
                      .contribution = 9.375,
                      .error = ""},
                     {.name = "a plugin",
                      .score = std::nullopt,
                      .value = std::nullopt,
                      .description = "",
                      .trend = std::nullopt,
                      .weight = 0.85,
                      .contribution = 0,
                      .error = "it threw"}};
    return score;
}

}  // namespace

TEST_CASE("the newest score of a customer comes back with its factors in order") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    AccountAttributes one;
    one.name = "one";
    AccountAttributes two;
    two.name = "two";
    const auto made = transact(work, [&](Repositories& in) {
        return in.customers.upsert_accounts(std::vector<AccountAttributes>{one, two}, {});
    });
    HealthScore none = sample(made[1].id, 0);
    none.overall_score.reset();
    none.status = HealthStatus::kInsufficientData;
    none.factors.clear();
    work.run([&](Repositories& in) {
        in.health_scores.add(std::vector<HealthScore>{sample(made[0].id, 10), none});
        in.health_scores.add(std::vector<HealthScore>{sample(made[0].id, 62.629999999999995)});
        in.health_scores.add({});
    });
    const auto find = [&](CustomerId id) {
        return query(work, [&](Repositories& in) { return in.health_scores.find_latest(id); });
    };
    const auto latest = find(made[0].id);
    REQUIRE(latest);
    CHECK(latest->customer_id == made[0].id);
    CHECK(latest->overall_score == 62.629999999999995);
    CHECK(latest->status == HealthStatus::kAtRisk);
    CHECK(latest->coverage == 0.85);
    CHECK(latest->scorecard == "metrics");
    CHECK(latest->scorecard_version == 3);
    CHECK(latest->as_of == kDay);
    CHECK(latest->calculated_at == Timestamp{kDay} + 1h + 1us);
    REQUIRE(latest->factors.size() == 2);
    CHECK(latest->factors[0].name == "nps");
    CHECK(latest->factors[0].score == 62.5);
    CHECK(latest->factors[0].value == 25);
    CHECK(latest->factors[0].description == "NPS is “25”.");
    CHECK(latest->factors[0].trend == Trend::kDeclining);
    CHECK(latest->factors[0].weight == 0.15);
    CHECK(latest->factors[0].contribution == 9.375);
    CHECK_FALSE(latest->factors[1].score);
    CHECK_FALSE(latest->factors[1].trend);
    CHECK(latest->factors[1].error == "it threw");
    REQUIRE(find(made[1].id));
    CHECK_FALSE(find(made[1].id)->overall_score);
    CHECK(find(made[1].id)->factors.empty());
    CHECK_FALSE(find({999}));
}

}  // namespace keepwell::test
