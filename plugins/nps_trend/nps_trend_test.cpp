#include "nps_trend.hpp"

#include <catch2/catch.hpp>
#include <keepwell_test_input.hpp>

using keepwell::sdk::Day;
using keepwell::sdk::TestInput;
using keepwell::sdk::Trend;

namespace {

constexpr Day kToday = 20'000;

void answer(TestInput& input, Day day, std::int64_t count, double mean) {
    input.activity(day, "nps_response", count, {}, {{"score", mean * static_cast<double>(count)}});
}

}  // namespace

TEST_CASE("the mean answer is mapped onto the bands of the question") {
    struct Row {
        double mean, score;
    };
    const auto row = GENERATE(values<Row>(
        {{0, 0}, {3, 20}, {6, 40}, {6.5, 47.5}, {7, 55}, {8, 70}, {9, 90}, {9.5, 95}, {10, 100}}));
    CAPTURE(row.mean);
    TestInput input(kToday);
    input.connected("nps_response");
    answer(input, kToday - 1, 2, row.mean);
    const auto score = NpsTrend().score(input.input());
    REQUIRE(score.score);
    CHECK(*score.score == Approx(row.score));
    CHECK(*score.value == Approx(row.mean));
    CHECK_FALSE(score.trend);
}

TEST_CASE("answers that get worse cost up to fifteen points, better ones bring as many") {
    struct Row {
        double before, recent, score;
        Trend trend;
    };
    const auto row = GENERATE(values<Row>({{9, 7, 60, Trend::kDeclining},
                                           {7, 9, 80, Trend::kImproving},
                                           {10, 6, 55, Trend::kDeclining},
                                           {8, 8, 70, Trend::kStable},
                                           {8.2, 7.8, 68, Trend::kStable}}));
    CAPTURE(row.before, row.recent);
    TestInput input(kToday);
    input.connected("nps_response");
    answer(input, kToday - 45, 3, row.before);
    answer(input, kToday - 44, 3, row.recent);
    const auto score = NpsTrend().score(input.input());
    REQUIRE(score.score);
    CHECK(*score.score == Approx(row.score));
    CHECK(score.trend == row.trend);
}

TEST_CASE("without an answer in 90 days, or where nobody is asked, there is no data") {
    TestInput unasked(kToday);
    CHECK_FALSE(NpsTrend().score(unasked.input()).score);
    TestInput silent(kToday);
    silent.connected("nps_response");
    answer(silent, kToday - 90, 1, 9);
    silent.activity(kToday - 3, "nps_response", 1);  // An answer without a score.
    const auto score = NpsTrend().score(silent.input());
    CHECK_FALSE(score.score);
    CHECK(score.description == "Nobody answered the NPS question in 90 days");
}

TEST_CASE("the answers are said in a sentence") {
    TestInput input(kToday);
    input.connected("nps_response");
    answer(input, kToday - 60, 1, 9);
    answer(input, kToday, 2, 6);
    const auto score = NpsTrend().score(input.input());
    CHECK(score.description == "7.0 of 10 from 3 answers in 90 days, down from 9.0");
    CHECK_THAT(score.details.json(), Catch::Contains(R"("answers":3)"));
}
