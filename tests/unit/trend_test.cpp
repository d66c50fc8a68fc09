#include "domain/trend.hpp"

#include <catch2/catch.hpp>

#include "tests/support/scoring.hpp"

namespace keepwell {
namespace {

std::optional<Trend> rising(std::vector<double> values) {
    return trend_of_halves(values, Direction::kHigherIsBetter);
}

std::optional<Trend> lowering(std::vector<double> values) {
    return trend_of_halves(values, Direction::kLowerIsBetter);
}

TEST_CASE("One value or none makes no trend", "[trend]") {
    CHECK_FALSE(rising({}));
    CHECK_FALSE(rising({5}));
}

TEST_CASE("More than a tenth between the halves is a trend", "[trend]") {
    CHECK(rising({100, 111}) == Trend::kImproving);
    CHECK(rising({100, 89}) == Trend::kDeclining);
    CHECK(rising({100, 105}) == Trend::kStable);
    CHECK(lowering({100, 111}) == Trend::kDeclining);
    CHECK(lowering({100, 89}) == Trend::kImproving);
}

TEST_CASE("The middle value of an odd number belongs to the later half", "[trend]") {
    CHECK(rising({10, 20, 0}) == Trend::kStable);  // 10 against the mean of 20 and 0.
    CHECK(rising({10, 20, 10}) == Trend::kImproving);
}

TEST_CASE("From nothing to something is a trend; nothing at all is stable", "[trend]") {
    CHECK(rising({0, 1}) == Trend::kImproving);
    CHECK(rising({0, 0}) == Trend::kStable);
    CHECK(rising({0, -1}) == Trend::kDeclining);
}

TEST_CASE("Negative values are measured by their size", "[trend]") {
    CHECK(rising({-40, -50}) == Trend::kDeclining);
    CHECK(rising({-40, -43}) == Trend::kStable);
    CHECK(rising({-40, -30}) == Trend::kImproving);
}

TEST_CASE("Exactly a tenth is stable, whatever the numbers", "[trend]") {
    for (int tenth = 1; tenth <= 3'000; ++tenth) {
        const double base = tenth * 10;
        INFO(base);
        REQUIRE(rising({base, base + tenth}) == Trend::kStable);
        REQUIRE(rising({base, base - tenth}) == Trend::kStable);
        // The same with means that binary numbers cannot hold.
        REQUIRE(rising({0, 0, base, 0, 0, base + tenth}) == Trend::kStable);
        REQUIRE(rising({0, 0, base, 0, 0, base - tenth}) == Trend::kStable);
        REQUIRE(rising({base / 1'000, (base + tenth) / 1'000}) == Trend::kStable);
        REQUIRE(rising({base / 1'000, (base - tenth) / 1'000}) == Trend::kStable);
    }
}

/// `score` and `users` per day, the last on tests::kDay.
std::vector<DailyMetrics> rows_up_to_today(const std::vector<std::pair<double, int>>& days) {
    std::vector<DailyMetrics> rows;
    for (std::size_t i = 0; i < days.size(); ++i) {
        rows.push_back(
            tests::average_row(tests::kDay - std::chrono::days{static_cast<int>(days.size() - 1 - i)}));
        rows.back().health_score = days[i].first;
        rows.back().daily_active_users = days[i].second;
    }
    return rows;
}

TEST_CASE("An account's trend compares its last row with its first", "[trend]") {
    auto rows = rows_up_to_today({{50.126, 10}, {90, 10}, {60.5, 20}, {61.25, 20}});
    rows.front().arr = {500'000};
    rows.back().arr = {450'050};
    const auto trend = account_trend(rows, tests::kDay, 30);
    REQUIRE(trend);
    CHECK(trend->days == 30);
    CHECK(trend->health_score_change == 11.12);
    CHECK(trend->arr_change == Money{-49'950});
    CHECK(trend->engagement == Trend::kImproving);
}

TEST_CASE("Fewer than two rows in the window make no account trend", "[trend]") {
    CHECK_FALSE(account_trend({}, tests::kDay, 30));
    const auto rows = rows_up_to_today({{50, 10}, {60, 10}});
    CHECK(account_trend(rows, tests::kDay, 30));
    CHECK_FALSE(account_trend(std::span{rows}.last(1), tests::kDay, 30));
    CHECK_FALSE(account_trend(rows, tests::kDay + std::chrono::days{30}, 30));
    CHECK_FALSE(account_trend(rows, tests::kDay + std::chrono::days{400}, 90));
}

TEST_CASE("The first day of the window counts, the day before does not", "[trend]") {
    auto rows = rows_up_to_today({{10, 10}, {20, 10}, {30, 10}});
    rows[0].date = tests::kDay - std::chrono::days{31};
    rows[1].date = tests::kDay - std::chrono::days{30};
    CHECK(account_trend(rows, tests::kDay, 30)->health_score_change == 10);
    CHECK(account_trend(rows, tests::kDay, 60)->health_score_change == 20);
}

TEST_CASE("A row that was not scored is no fall to zero", "[trend]") {
    auto rows = rows_up_to_today({{80, 10}, {82, 10}, {85, 10}});
    rows.front().health_score.reset();
    CHECK(account_trend(rows, tests::kDay, 30)->health_score_change == 3);
    rows.back().health_score.reset();
    CHECK(account_trend(rows, tests::kDay, 30)->health_score_change == 0);
}

TEST_CASE("Averages and changes are rounded half up at the second decimal", "[trend]") {
    CHECK(round_to_cents(62.63) == 62.63);
    CHECK(round_to_cents(62.625) == 62.63);
    CHECK(round_to_cents(62.6249) == 62.62);
    CHECK(round_to_cents(-0.125) == -0.12);
    CHECK(round_to_cents(0) == 0);
}

}  // namespace
}  // namespace keepwell
