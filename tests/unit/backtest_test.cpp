#include "domain/backtest.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <random>

#include "tests/support/scoring.hpp"

namespace keepwell {
namespace {

using Days = std::chrono::days;

Scorecard two_factors() {
    return {.name = "card", .factors = {{.factor = "useful", .weight = 1}, {.factor = "noise", .weight = 3}}};
}

HealthScore score_of(std::int64_t customer, int day, double overall, std::optional<double> useful = {},
                     std::optional<double> noise = {}) {
    const Scorecard card = two_factors();
    return {.customer_id = {customer},
            .overall_score = overall,
            .raw_score = overall,
            .status = card.band(overall),
            .coverage = 1,
            .as_of = tests::kDay + Days{day},
            .factors = {{.name = "useful", .score = useful}, {.name = "noise", .score = noise}}};
}

TEST_CASE("AUC is the share of pairs in the right order, ties half", "[backtest]") {
    const double none = std::numeric_limits<double>::quiet_NaN();
    CHECK(auc_of({10, 20, 80, 90}, {1, 1, 0, 0}) == 1.0);
    CHECK(auc_of({10, 20, 80, 90}, {0, 0, 1, 1}) == 0.0);
    CHECK(auc_of({50, 50, 50, 50}, {0, 1, 0, 1}) == 0.5);
    CHECK(auc_of({10, 50, 50, 90}, {1, 1, 0, 0}).value() == Approx(3.5 / 4));
    CHECK(auc_of({30, none, 10, 20}, {0, 1, 1, 0}) == 1.0);
    CHECK_FALSE(auc_of({1, 2}, {1, 1}));
    CHECK_FALSE(auc_of({1, 2}, {0, 0}));
    CHECK_FALSE(auc_of({}, {}));
}

TEST_CASE("AUC agrees with counting every pair", "[backtest]") {
    std::mt19937_64 random{11};
    for (int round = 0; round < 50; ++round) {
        std::vector<double> scores;
        std::vector<char> happened;
        for (int i = 0; i < 40; ++i) {
            scores.push_back(static_cast<double>(random() % 12));
            happened.push_back(random() % 3 == 0 ? 1 : 0);
        }
        double right = 0;
        double pairs = 0;
        for (std::size_t i = 0; i < scores.size(); ++i) {
            for (std::size_t j = 0; j < scores.size(); ++j) {
                if (happened[i] == 0 || happened[j] != 0) continue;
                ++pairs;
                right += scores[i] < scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
            }
        }
        CHECK(auc_of(scores, happened).value() == Approx(right / pairs));
    }
}

TEST_CASE("Lift compares the lowest tenth with all, ties in proportion", "[backtest]") {
    std::vector<double> scores;
    std::vector<char> happened;
    for (int i = 0; i < 100; ++i) {
        scores.push_back(i);
        happened.push_back(i < 20 ? 1 : 0);
    }
    CHECK(lift_of(scores, happened, 0.1) == 5.0);
    CHECK(lift_of(std::vector<double>(100, 50.0), happened, 0.1).value() == Approx(1));
    CHECK(lift_of({10, 20}, {1, 0}, 0.1) == 2.0);  // At least one is looked at.
    CHECK_FALSE(lift_of({10, 20}, {0, 0}, 0.1));
}

TEST_CASE("Only what happens within the horizon counts", "[backtest]") {
    Backtest backtest(two_factors(), 90);
    const auto [day, churned] = GENERATE(table<int, std::int64_t>({{1, 1}, {90, 1}, {91, 0}}));
    backtest.add(score_of(1, 0, 20), tests::kDay + Days{day});
    CHECK(backtest.report().churned == churned);
    CHECK(backtest.report().bands[2].churned == churned);
}

TEST_CASE("Bands tell how often churn followed", "[backtest]") {
    Backtest backtest(two_factors(), 90);
    for (int i = 0; i < 4; ++i)
        backtest.add(score_of(i, 0, 20), i < 3 ? std::optional{tests::kDay + Days{30}} : std::nullopt);
    backtest.add(score_of(10, 0, 90), std::nullopt);
    HealthScore unknown = score_of(11, 0, 0);
    unknown.overall_score.reset();
    unknown.status = HealthStatus::kInsufficientData;
    backtest.add(unknown, std::nullopt);
    const BacktestReport report = backtest.report();
    CHECK(report.observations == 6);
    CHECK(report.customers == 6);
    CHECK(report.churned == 3);
    REQUIRE(report.bands.size() == 4);
    CHECK(report.bands[0].status == HealthStatus::kHealthy);
    CHECK(report.bands[0].churn_rate == 0.0);
    CHECK_FALSE(report.bands[1].churn_rate);
    CHECK(report.bands[2].churn_rate == 0.75);
    CHECK(report.bands[3].observations == 1);
    CHECK(report.auc.value() == Approx(1 - 1.5 / 6));  // The unscored one is left out.
}

TEST_CASE("The lead time counts from the first critical day", "[backtest]") {
    Backtest backtest(two_factors(), 90);
    for (const int lead : {10, 40, 100}) {
        const Date left_on = tests::kDay + Days{200};
        backtest.add(score_of(lead, 200 - lead - 30, 60), left_on);
        backtest.add(score_of(lead, 200 - lead, 20), left_on);
        backtest.add(score_of(lead, 200 - lead + 5, 10), left_on);
    }
    backtest.add(score_of(7, 0, 20), std::nullopt);
    CHECK(backtest.report().median_lead_time_days == 40.0);
    CHECK_FALSE(Backtest(two_factors(), 90).report().median_lead_time_days);
}

TEST_CASE("Too few customers that left: it says so and suggests nothing", "[backtest]") {
    const std::int64_t churned = GENERATE(0, 1, 9);
    Backtest backtest(two_factors(), 90);
    for (std::int64_t i = 0; i < 50; ++i) {
        backtest.add(score_of(i, 0, i < churned ? 20 : 80, i < churned ? 20 : 80, 50),
                     i < churned ? std::optional{tests::kDay + Days{30}} : std::nullopt);
    }
    const BacktestReport report = backtest.report();
    CHECK_FALSE(report.enough_data);
    CHECK(report.verdict.find("at least 10") != std::string::npos);
    for (const auto& factor : report.factors) CHECK_FALSE(factor.suggested_weight);
    CHECK(Backtest(two_factors(), 90).report().verdict == "There is no history to replay in this period.");
}

TEST_CASE("Weights are suggested for what predicts, none for what doesn't", "[backtest]") {
    std::mt19937_64 random{9};
    Backtest backtest(two_factors(), 90);
    for (std::int64_t i = 0; i < 400; ++i) {
        const bool leaves = i % 4 == 0;
        const double useful = static_cast<double>(random() % 60) + (leaves ? 0 : 40);
        const double noise =
            leaves ? 80 + static_cast<double>(random() % 20) : static_cast<double>(random() % 100);
        const auto known_noise = i % 5 == 0 ? std::nullopt : std::optional{noise};
        backtest.add(score_of(i, 0, (useful + noise * 3) / 4, useful, known_noise),
                     leaves ? std::optional{tests::kDay + Days{30}} : std::nullopt);
    }
    const BacktestReport report = backtest.report();
    CHECK(report.enough_data);
    CHECK(report.verdict.find("misleading") != std::string::npos);
    REQUIRE(report.factors.size() == 2);
    CHECK(report.factors[0].weight == 0.25);
    CHECK(report.factors[0].auc.value() > 0.7);
    CHECK(report.factors[1].auc.value() < 0.3);
    CHECK(report.factors[0].suggested_weight == 1.0);
    CHECK(report.factors[1].suggested_weight == 0.0);
}

TEST_CASE("Where every score rises before churn no weights are suggested", "[backtest]") {
    Backtest backtest(two_factors(), 90);
    for (std::int64_t i = 0; i < 100; ++i) {
        const bool leaves = i % 4 == 0;
        const double score = leaves ? 90 : static_cast<double>(i % 7);
        backtest.add(score_of(i, 0, score, score, score),
                     leaves ? std::optional{tests::kDay + Days{30}} : std::nullopt);
    }
    const BacktestReport report = backtest.report();
    CHECK(report.enough_data);
    CHECK_FALSE(report.factors[0].suggested_weight);
    CHECK(report.verdict.find("no weights can be suggested") != std::string::npos);
}

}  // namespace
}  // namespace keepwell
