#include "champion_activity.hpp"

#include <catch2/catch.hpp>
#include <keepwell_test_input.hpp>

using keepwell::sdk::Day;
using keepwell::sdk::TestInput;
using keepwell::sdk::Trend;

namespace {

constexpr Day kToday = 20'000;
constexpr Day kThen = kToday - 30;  // The last day of the month before.

keepwell::sdk::FactorScore score(const TestInput::Keys& before, const TestInput::Keys& now) {
    TestInput input(kToday);
    input.connected("login");
    if (!before.empty()) input.activity(kThen, "login", 1, before);
    if (!now.empty()) input.activity(kThen + 1, "login", 1, now);
    return ChampionActivity().score(input.input());
}

}  // namespace

TEST_CASE("a champion who goes quiet costs the more, the more alone they were") {
    struct Row {
        TestInput::Keys before, now;
        double score;
    };
    const TestInput::Keys team{{"user=a", 4}, {"user=b", 4}, {"user=c", 4}, {"user=d", 4}, {"user=e", 4}};
    const TestInput::Keys without_a{
        {"user=b", 4}, {"user=c", 4}, {"user=d", 4}, {"user=e", 4}, {"user=f", 4}};
    const auto row = GENERATE_COPY(values<Row>({
        {team, team, 100},
        {team, without_a, 100 * (0.8 * 0.4 + 0.2)},
        {{{"user=ann", 10}}, {{"user=ann", 10}}, 80},
        {{{"user=ann", 10}}, {{"user=ann", 5}}, 80},
        {{{"user=ann", 10}}, {{"user=ann", 2}}, 32},
        {{{"user=ann", 10}}, {}, 0},
        {{{"user=ann", 10}}, {{"user=bob", 10}}, 0},
        {{{"user=ann", 6}, {"user=bob", 2}}, {{"user=bob", 8}}, 100 * 0.8 * 0.125},
    }));
    CAPTURE(row.score);
    const auto answer = score(row.before, row.now);
    REQUIRE(answer.score);
    CHECK(*answer.score == Approx(row.score));
}

TEST_CASE("the champion is named with what became of them") {
    const auto quiet = score({{"user=ann", 14}, {"user=bob", 3}}, {{"user=ann", 1}, {"user=bob", 5}});
    CHECK(quiet.description == "ann signed in once in 30 days, 14 times in the 30 before; 2 people sign in");
    CHECK(quiet.trend == Trend::kDeclining);
    CHECK(quiet.value == 1);
    CHECK_THAT(quiet.details.json(), Catch::Contains(R"("champion":"ann")"));
    CHECK_THAT(quiet.details.json(), Catch::Contains(R"("most_active_now":"bob")"));
}

TEST_CASE("among equals the champion is always the same person") {
    CHECK_THAT(score({{"user=bob", 3}, {"user=ann", 3}}, {}).description,
               Catch::Equals("ann did not sign in in 30 days, 3 times in the 30 before; nobody signs in"));
}

TEST_CASE("whoever is beyond the names that are kept counts as somebody, but not as a champion") {
    const auto crowd = score({{"user=ann", 10}, {"user=~other", 90}}, {{"user=ann", 10}});
    CHECK_THAT(crowd.details.json(), Catch::Contains(R"("champion_share_before":0.1)"));
}

TEST_CASE("without names, without a month before or without logins there is no data") {
    CHECK_FALSE(score({}, {{"user=ann", 3}}).score);
    CHECK_FALSE(score({{"ip_address=10.0.0.1", 3}}, {{"ip_address=10.0.0.1", 3}}).score);
    CHECK_FALSE(score({}, {}).score);
    TestInput unconnected(kToday);
    CHECK_FALSE(ChampionActivity().score(unconnected.input()).score);
}
