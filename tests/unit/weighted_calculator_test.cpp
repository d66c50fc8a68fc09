#include "domain/weighted_calculator.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <random>
#include <set>

#include "domain/error.hpp"
#include "tests/support/scoring.hpp"

namespace keepwell {
namespace {

using tests::StubFactor;
using Behaviour = tests::StubFactor::Behaviour;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
const FactorInput kNoInput{.metrics = {}, .as_of = tests::kDay};

FactorRegistry registry_of(const std::vector<std::pair<std::string, std::optional<double>>>& scores) {
    FactorRegistry registry;
    for (const auto& [name, score] : scores) registry.add(std::make_unique<StubFactor>(name, score));
    return registry;
}

Scorecard card_of(std::vector<ScorecardFactor> factors) {
    return {.name = "card",
            .version = 3,
            .description = {},
            .factors = std::move(factors),
            .healthy_from = 75,
            .at_risk_from = 50,
            .minimum_coverage = 0.5};
}

double sum_of_contributions(const HealthScore& score) {
    double sum = 0;
    for (const FactorScore& factor : score.factors) sum += factor.contribution;
    return sum;
}

void check_agreement(const WeightedCalculator& calculator, const FactorInput& input) {
    const HealthScore full = calculator.calculate(input);
    const WeightedCalculator::Overall quick = calculator.overall(input);
    CHECK(full.overall_score == quick.score);  // To the bit.
    CHECK(full.status == quick.status);
    CHECK(full.coverage == quick.coverage);
    CHECK(sum_of_contributions(full) == Approx(full.overall_score.value_or(0)).margin(1e-9));
}

std::set<std::string> mistakes_in(const Scorecard& card) {
    try {
        const WeightedCalculator calculator{builtin_factors(), card};
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::kInvalid);
        std::set<std::string> pointers;
        for (const FieldError& field : error.fields()) pointers.insert(field.pointer);
        return pointers;
    }
    return {};
}

TEST_CASE("The overall score is the weighted mean, with its origin", "[calculator]") {
    const auto registry = registry_of({{"a", 80}, {"b", 20}});
    const WeightedCalculator calculator{
        registry, card_of({{.factor = "a", .weight = 3}, {.factor = "b", .weight = 1}})};
    const HealthScore score = calculator.calculate({.metrics = {}, .as_of = tests::kDay});
    CHECK(score.overall_score == 65);
    CHECK(score.status == HealthStatus::kAtRisk);
    CHECK(score.coverage == 1);
    CHECK(score.scorecard == "card");
    CHECK(score.scorecard_version == 3);
    CHECK(score.as_of == tests::kDay);
    REQUIRE(score.factors.size() == 2);
    CHECK(score.factors[0].name == "a");
    CHECK(score.factors[0].weight == 0.75);
    CHECK(score.factors[0].contribution == 60);
    CHECK(score.factors[1].contribution == 5);
}

TEST_CASE("Any account: contributions add up, and both ways of calculating agree", "[calculator]") {
    const FactorRegistry registry = builtin_factors();
    const WeightedCalculator calculator{registry, metrics_scorecard()};
    std::mt19937_64 random{20'261'122};
    const auto up_to = [&](std::uint64_t limit) { return random() % (limit + 1); };
    for (int i = 0; i < 2'000; ++i) {
        DailyMetrics row = tests::average_row();
        row.daily_active_users = static_cast<std::int64_t>(up_to(i % 2 == 0 ? 150 : 15));
        row.feature_adoption_rate = static_cast<double>(up_to(10'000)) / 10'000;
        row.support_tickets_open = static_cast<std::int64_t>(up_to(30));
        row.nps_score = static_cast<double>(up_to(200)) - 100;
        if (i % 7 == 0) row.nps_score.reset();
        row.login_frequency = static_cast<double>(up_to(1'000)) / 1'000;
        const FactorInput input{.metrics = {&row, 1}, .as_of = row.date};
        check_agreement(calculator, input);
        const double before = calculator.overall(input).score.value();
        REQUIRE((before >= 0 && before <= 100));
        ++row.support_tickets_open;
        CHECK(calculator.overall(input).score.value() <= before);
    }
}

TEST_CASE("Any scorecard: scores stay between 0 and 100, contributions add up", "[calculator]") {
    std::mt19937_64 random{7};
    for (int i = 0; i < 500; ++i) {
        std::vector<std::pair<std::string, std::optional<double>>> scores;
        std::vector<ScorecardFactor> rows;
        const std::uint64_t count = random() % 9 + 1;
        for (std::uint64_t factor = 0; factor < count; ++factor) {
            const std::string name = "factor " + std::to_string(factor);
            std::optional<double> score;
            if (random() % 4 != 0)
                score = random() % 3 == 0 ? 100.0 : static_cast<double>(random() % 1'000) / 10;
            if (i % 5 == 0) score = 100;
            scores.emplace_back(name, score);
            rows.push_back({.factor = name,
                            .weight = static_cast<double>(random() % 1'000 + 1) / 997,
                            .missing = static_cast<MissingPolicy>(random() % 4)});
        }
        const auto registry = registry_of(scores);
        const WeightedCalculator calculator{registry, card_of(rows)};
        check_agreement(calculator, kNoInput);
        const double score = calculator.overall(kNoInput).score.value_or(0);
        CHECK(score >= 0);
        CHECK(score <= 100);
    }
}

TEST_CASE("Without data from any factor there is no score", "[calculator]") {
    const auto policy = GENERATE(MissingPolicy::kExclude, MissingPolicy::kNeutral, MissingPolicy::kZero,
                                 MissingPolicy::kCarryForward);
    const auto registry = registry_of({{"a", std::nullopt}});
    const WeightedCalculator calculator{registry, card_of({{.factor = "a", .weight = 1, .missing = policy}})};
    const HealthScore score = calculator.calculate(kNoInput, {{"a", {.score = 90, .days_ago = 1}}});
    CHECK_FALSE(score.overall_score);
    CHECK(score.status == HealthStatus::kInsufficientData);
    CHECK(score.coverage == 0);
    CHECK(sum_of_contributions(score) == 0);
    CHECK_FALSE(calculator.overall(kNoInput).score);
}

TEST_CASE("Each missing policy says what a factor without data counts as", "[calculator]") {
    const auto [policy, expected] = GENERATE(table<MissingPolicy, double>(
        {{MissingPolicy::kExclude, 80}, {MissingPolicy::kNeutral, 65}, {MissingPolicy::kZero, 40}}));
    const auto registry = registry_of({{"a", 80}, {"b", std::nullopt}});
    const WeightedCalculator calculator{
        registry, card_of({{.factor = "a", .weight = 1}, {.factor = "b", .weight = 1, .missing = policy}})};
    const HealthScore score = calculator.calculate(kNoInput);
    CHECK(score.overall_score == expected);
    CHECK(score.coverage == 0.5);
    CHECK_FALSE(score.factors[1].score);  // The stand-in is never shown as if it had been measured.
    check_agreement(calculator, kNoInput);
}

TEST_CASE("A carried score fades to 50 by its half-life", "[calculator]") {
    const auto [days_ago, expected] =
        GENERATE(table<double, double>({{0, 90}, {10, 70}, {20, 60}, {30, 55}, {10'000, 50}, {-5, 90}}));
    const auto registry = registry_of({{"a", 50}, {"b", std::nullopt}});
    const WeightedCalculator calculator{
        registry,
        card_of(
            {{.factor = "a", .weight = 1},
             {.factor = "b", .weight = 3, .missing = MissingPolicy::kCarryForward, .half_life_days = 10}})};
    const HealthScore score = calculator.calculate(kNoInput, {{"b", {.score = 90, .days_ago = days_ago}}});
    CHECK(score.overall_score.value() == Approx((50 + 3 * expected) / 4));
    CHECK(sum_of_contributions(score) == Approx(score.overall_score.value()).margin(1e-9));
    CHECK(calculator.calculate(kNoInput).overall_score == 50);  // Nothing to carry: left out.
}

TEST_CASE("Half the weights with data are enough, less is insufficient", "[calculator]") {
    const auto registry = registry_of({{"a", 90}, {"b", std::nullopt}, {"c", std::nullopt}});
    const auto status_with = [&](double known, double unknown, double unknown_too) {
        const WeightedCalculator calculator{registry, card_of({{.factor = "a", .weight = known},
                                                               {.factor = "b", .weight = unknown},
                                                               {.factor = "c", .weight = unknown_too}})};
        const HealthScore score = calculator.calculate(kNoInput);
        CHECK(score.overall_score == 90);
        return score.status;
    };
    CHECK(status_with(2, 1, 1) == HealthStatus::kHealthy);
    CHECK(status_with(0.3, 0.1, 0.2) == HealthStatus::kHealthy);  // 0.3 of 0.6000000000000001.
    CHECK(status_with(2, 1, 1.01) == HealthStatus::kInsufficientData);
}

TEST_CASE("A factor that fails is no data with its reason and stops no other", "[calculator]") {
    FactorRegistry registry;
    registry.add(std::make_unique<StubFactor>("sound", 80));
    registry.add(std::make_unique<StubFactor>("throws", 10, Behaviour::kThrowsException));
    registry.add(std::make_unique<StubFactor>("throws a number", 10, Behaviour::kThrowsNumber));
    registry.add(std::make_unique<StubFactor>("no number", kNan));
    registry.add(std::make_unique<StubFactor>("endless", kInfinity));
    const WeightedCalculator calculator{registry, card_of({{.factor = "throws", .weight = 1},
                                                           {.factor = "throws a number", .weight = 1},
                                                           {.factor = "no number", .weight = 1},
                                                           {.factor = "endless", .weight = 1},
                                                           {.factor = "sound", .weight = 4}})};
    const HealthScore score = calculator.calculate(kNoInput);
    CHECK(score.overall_score == 80);
    CHECK(score.coverage == 0.5);
    CHECK(score.factors[0].error == "out of order");
    for (std::size_t i = 0; i < 4; ++i) {
        INFO(score.factors[i].name);
        CHECK_FALSE(score.factors[i].score);
        CHECK_FALSE(score.factors[i].value);  // NaN and infinity cannot be written as JSON.
        CHECK_FALSE(score.factors[i].error.empty());
        CHECK(score.factors[i].weight == 0.125);
    }
    CHECK(score.factors[4].error.empty());
    check_agreement(calculator, kNoInput);
}

TEST_CASE("A score outside of 0 to 100 counts as the end it is beyond", "[calculator]") {
    const auto [told, expected] = GENERATE(table<double, double>({{1e9, 100}, {-1e9, 0}, {100.5, 100}}));
    const auto registry = registry_of({{"a", told}});
    const WeightedCalculator calculator{registry, card_of({{.factor = "a", .weight = 0.3}})};
    CHECK(calculator.calculate(kNoInput).overall_score == expected);
    check_agreement(calculator, kNoInput);
}

TEST_CASE("A scorecard that can't be used names every mistake at once", "[calculator]") {
    Scorecard card = card_of(
        {{.factor = "nps", .weight = 0},
         {.factor = "shoe_size", .weight = -1},
         {.factor = "login_rate", .weight = kNan},
         {.factor = "login_rate", .weight = 1, .missing = MissingPolicy::kCarryForward, .half_life_days = 0},
         {.factor = "daily_active_users", .weight = kInfinity}});
    card.healthy_from = 40;
    card.at_risk_from = 40;
    card.minimum_coverage = 1.5;
    CHECK(mistakes_in(card) == std::set<std::string>{"/factors/0/weight", "/factors/1/factor",
                                                     "/factors/1/weight", "/factors/2/weight",
                                                     "/factors/3/factor", "/factors/3/half_life_days",
                                                     "/factors/4/weight", "/bands", "/minimum_coverage"});
}

TEST_CASE("Bands must not overlap nor leave 0 to 100", "[calculator]") {
    const auto [at_risk_from, healthy_from] =
        GENERATE(table<double, double>({{70, 40}, {50, 50}, {-1, 50}, {50, 101}, {kNan, 70}, {40, kNan}}));
    Scorecard card = metrics_scorecard();
    card.at_risk_from = at_risk_from;
    card.healthy_from = healthy_from;
    CHECK(mistakes_in(card) == std::set<std::string>{"/bands"});
}

TEST_CASE("Weights so large that they cannot be added are refused", "[calculator]") {
    const double largest = std::numeric_limits<double>::max();
    CHECK(
        mistakes_in(card_of({{.factor = "nps", .weight = largest}, {.factor = "login_rate", .weight = 1}})) ==
        std::set<std::string>{"/factors/0/weight"});
}

TEST_CASE("A scorecard without factors is refused, the built-in one is not", "[calculator]") {
    CHECK(mistakes_in(card_of({})) == std::set<std::string>{"/factors"});
    CHECK(mistakes_in(metrics_scorecard()).empty());
}

}  // namespace
}  // namespace keepwell
