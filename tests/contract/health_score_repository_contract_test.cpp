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

std::vector<CustomerId> make_customers(UnitOfWork& work, std::size_t count) {
    std::vector<AccountAttributes> accounts(count);
    for (std::size_t i = 0; i < count; ++i) accounts[i].name = "customer " + std::to_string(i);
    const auto made =
        transact(work, [&](Repositories& in) { return in.customers.upsert_accounts(accounts, {}); });
    std::vector<CustomerId> ids;
    for (const auto& each : made) ids.push_back(each.id);
    return ids;
}

void add(UnitOfWork& work, const std::vector<HealthScore>& scores) {
    work.run([&](Repositories& in) { in.health_scores.add(scores); });
}

HealthScore sample_on(CustomerId id, double overall, Date day) {
    HealthScore score = sample(id, overall);
    score.as_of = day;
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

TEST_CASE("what a cap and an override did to a score comes back with it") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const auto ids = make_customers(work, 3);
    HealthScore capped = sample(ids[0], 40);
    capped.raw_score = 81.25;
    capped.cap = AppliedCap{"urgent ticket", "An urgent ticket is “open”", -41.25};
    capped.factors[0].details = R"({"urgent":["T-1"]})";
    HealthScore judged = sample(ids[1], 90);
    judged.raw_score.reset();
    judged.replaced = AppliedOverride{7, 90};
    add(work, {capped, judged, sample(ids[2], 55)});
    const auto latest = query(work, [&](Repositories& in) { return in.health_scores.latest(ids); });
    REQUIRE(latest.size() == 3);
    CHECK(latest[0].raw_score == 81.25);
    REQUIRE(latest[0].cap);
    CHECK(latest[0].cap->name == "urgent ticket");
    CHECK(latest[0].cap->reason == "An urgent ticket is “open”");
    CHECK(latest[0].cap->points == -41.25);
    CHECK_FALSE(latest[0].replaced);
    CHECK(latest[0].factors.at(0).details == R"({"urgent":["T-1"]})");
    CHECK(latest[0].factors.at(1).details == "{}");
    CHECK_FALSE(latest[1].raw_score);
    CHECK_FALSE(latest[1].cap);
    REQUIRE(latest[1].replaced);
    CHECK(latest[1].replaced->id == 7);
    CHECK(latest[1].replaced->points == 90);
    // As scores are that were stored before there were caps.
    CHECK(latest[2].raw_score == 55);
}

TEST_CASE("the newest scores of many customers come together, each with its own factors") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const auto ids = make_customers(work, 4);
    HealthScore without_factors = sample(ids[2], 30);
    without_factors.factors.clear();
    HealthScore other = sample(ids[3], 40);
    other.factors.pop_back();
    add(work, {sample(ids[0], 1), sample(ids[3], 2)});
    add(work, {sample(ids[0], 10), without_factors, other});
    const std::vector<CustomerId> asked{ids[3], ids[1], ids[0], ids[2], {999}};
    const auto latest = query(work, [&](Repositories& in) { return in.health_scores.latest(asked); });
    REQUIRE(latest.size() == 3);
    CHECK(latest[0].customer_id == ids[0]);
    CHECK(latest[0].overall_score == 10);
    REQUIRE(latest[0].factors.size() == 2);
    CHECK(latest[0].factors[1].name == "a plugin");
    CHECK(latest[1].customer_id == ids[2]);
    CHECK(latest[1].factors.empty());
    CHECK(latest[2].customer_id == ids[3]);
    CHECK(latest[2].overall_score == 40);
    CHECK(latest[2].factors.size() == 1);
    CHECK(query(work, [](Repositories& in) { return in.health_scores.latest({}); }).empty());
}

TEST_CASE("the past answers with the last score of a day, or of the last day before it") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const auto ids = make_customers(work, 2);
    const std::chrono::days day{1};
    add(work, {sample_on(ids[0], 1, kDay), sample_on(ids[0], 2, kDay), sample_on(ids[1], 99, kDay)});
    add(work, {sample_on(ids[0], 3, kDay + 5 * day)});
    add(work, {sample_on(ids[0], 4, kDay + 2 * day)});  // Of a past day, calculated later.
    const auto find_at = [&](Date at) {
        return query(work, [&](Repositories& in) { return in.health_scores.find_at(ids[0], at); });
    };
    CHECK_FALSE(find_at(kDay - day));
    CHECK(find_at(kDay)->overall_score == 2);
    CHECK(find_at(kDay + day)->overall_score == 2);
    CHECK(find_at(kDay + 4 * day)->overall_score == 4);
    CHECK(find_at(kDay + 9 * day)->overall_score == 3);
    CHECK(find_at(kDay)->factors.size() == 2);
    const auto history = [&](Date from, Date until, std::int64_t limit) {
        std::vector<double> overall;
        for (const HealthScore& score : query(work, [&](Repositories& in) {
                 return in.health_scores.history(ids[0], from, until, limit);
             })) {
            CHECK(score.factors.empty());
            overall.push_back(*score.overall_score);
        }
        return overall;
    };
    CHECK(history(kDay, kDay + 9 * day, 10) == std::vector<double>{3, 4, 2});
    CHECK(history(kDay, kDay + 9 * day, 2) == std::vector<double>{3, 4});
    CHECK(history(kDay + day, kDay + 4 * day, 10) == std::vector<double>{4});
    CHECK(history(kDay + 6 * day, kDay + 9 * day, 10).empty());
}

TEST_CASE("a factor's last score is found behind health scores in which it had none") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const auto ids = make_customers(work, 3);
    HealthScore without = sample_on(ids[0], 50, kDay + std::chrono::days{2});
    without.factors[0].score.reset();
    HealthScore other = sample_on(ids[1], 50, kDay);
    other.factors[0].score = 11;
    other.factors[1].score = 22;
    add(work,
        {sample_on(ids[0], 50, kDay), sample_on(ids[0], 50, kDay + std::chrono::days{1}), without, other});
    const std::vector<std::string> factors{"nps", "a plugin"};
    const auto last = [&](Date before) {
        return query(work,
                     [&](Repositories& in) { return in.health_scores.last_factors(ids, factors, before); });
    };
    const auto found = last(kDay + std::chrono::days{3});
    REQUIRE(found.size() == 3);
    CHECK(found[0].customer_id == ids[0]);
    CHECK(found[0].factor == "nps");
    CHECK(found[0].score == 62.5);
    CHECK(found[0].as_of == kDay + std::chrono::days{1});
    CHECK(found[1].factor == "a plugin");
    CHECK(found[1].score == 22);
    CHECK(found[2].score == 11);
    CHECK(last(kDay + std::chrono::days{1}).front().as_of == kDay);
    CHECK(last(kDay).empty());
}

}  // namespace keepwell::test
