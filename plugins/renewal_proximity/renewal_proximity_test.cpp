#include "renewal_proximity.hpp"

#include <catch2/catch.hpp>
#include <keepwell_test_input.hpp>

using keepwell::sdk::Day;
using keepwell::sdk::parse_day;
using keepwell::sdk::TestInput;
using keepwell::sdk::to_string;
using keepwell::sdk::Trend;

namespace {

const Day kToday = *parse_day("2026-11-22");

/// A customer of two years whose API was called so often in the last 30 days, and in those before.
class Case {
public:
    Case(int recent, int before) : input_(kToday) {
        input_.connected("api_call").signup_day(kToday - 700).first_day(kToday - 600);
        if (before > 0) input_.activity(kToday - 40, "api_call", before);
        if (recent > 0) input_.activity(kToday - 3, "api_call", recent);
    }
    Case& renews_in(Day days) {
        input_.custom("renewal_date", to_string(kToday + days));
        return *this;
    }
    TestInput& input() { return input_; }
    keepwell::sdk::FactorScore score() { return RenewalProximity().score(input_.input()); }

private:
    TestInput input_;
};

}  // namespace

TEST_CASE("the nearer the renewal, the more a fall of use weighs") {
    struct Row {
        int days, recent, before;
        double score;
    };
    const auto row = GENERATE(values<Row>({
        {10, 100, 100, 80},
        {30, 100, 100, 80},
        {30, 130, 100, 80},
        {30, 50, 100, 0},
        {30, 0, 100, 0},
        {30, 75, 100, 40},
        {180, 100, 100, 95},
        {180, 0, 100, 75},
        {105, 0, 100, 37.5},
        {0, 100, 100, 80},
        {-30, 100, 100, 80},
    }));
    CAPTURE(row.days, row.recent, row.before);
    const auto score = Case(row.recent, row.before).renews_in(row.days).score();
    REQUIRE(score.score);
    CHECK(*score.score == Approx(row.score));
    CHECK(score.value == row.days);
}

TEST_CASE("a renewal that is far away, long past or unknown says nothing") {
    CHECK_FALSE(Case(100, 100).renews_in(181).score().score);
    CHECK_FALSE(Case(100, 100).renews_in(-31).score().score);
    CHECK_FALSE(Case(100, 100).score().score);
    Case nonsense(100, 100);
    nonsense.input().custom("renewal_date", "next spring").custom("contract_months", "-12");
    CHECK(nonsense.score().description == "No renewal date is known");
}

TEST_CASE(
    "the renewal comes from the contract's length when no day is named, also at the end of a short month") {
    Case yearly(10, 10);
    yearly.input().signup_day(*parse_day("2025-01-31")).custom("contract_months", "11");
    const auto score = yearly.score();
    CHECK(score.value == *parse_day("2026-11-30") - kToday);
    CHECK_THAT(score.details.json(), Catch::Contains(R"("renewal_date_from":"contract_months")"));
    Case rolled(10, 10);
    rolled.input().custom("renewal_date", "2025-12-01").custom("contract_months", "12");
    CHECK(rolled.score().value == 9);
}

TEST_CASE("where use is not watched, the renewal alone is no score") {
    TestInput unwatched(kToday);
    unwatched.custom("renewal_date", "2026-12-01");
    CHECK_FALSE(RenewalProximity().score(unwatched.input()).score);
    TestInput fresh(kToday);
    fresh.connected("login").signup_day(kToday - 5).custom("renewal_date", "2026-12-01");
    CHECK_FALSE(RenewalProximity().score(fresh.input()).score);
    fresh.signup_day(kToday - 14);
    CHECK(RenewalProximity().score(fresh.input()).score == 0);
}

TEST_CASE("days, use and direction are said in a sentence") {
    auto falling = Case(60, 100).renews_in(20).score();
    CHECK(falling.description == "Renewal in 20 days, use is down 40%");
    CHECK(falling.trend == Trend::kDeclining);
    CHECK(Case(100, 100).renews_in(1).score().description == "Renewal in 1 day, use is steady");
    CHECK(Case(0, 100).renews_in(-2).score().description ==
          "Renewal was due 2 days ago, no use in the last 30 days");
    Case young(5, 0);
    young.input().first_day(kToday - 20);
    CHECK(young.renews_in(0).score().description == "Renewal is due today, in use for less than two months");
}
