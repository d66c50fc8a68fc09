#include "domain/score_changes.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "domain/smallest_change.hpp"
#include "domain/weighted_calculator.hpp"
#include "tests/support/scoring.hpp"

namespace keepwell {
namespace {

using tests::StubFactor;
using Kind = ScoreChangeLine::Kind;
using Scores = std::vector<std::optional<double>>;

HealthScore score_of(const Scores& scores, Scorecard card = {.name = "card"},
                     const HealthOverride* override = nullptr) {
    FactorRegistry registry;
    const bool has_factors = !card.factors.empty();
    for (std::size_t i = 0; i < scores.size(); ++i) {
        const std::string name = "factor_" + std::to_string(i);
        registry.add(std::make_unique<StubFactor>(name, scores[i]));
        if (!has_factors) card.factors.push_back({.factor = name, .weight = static_cast<double>(i + 1)});
    }
    return WeightedCalculator{registry, card}.calculate({.metrics = {}, .as_of = tests::kDay}, {}, override);
}

double sum_of(const ScoreChange& change) {
    double sum = 0;
    for (const ScoreChangeLine& line : change.lines) sum += line.points;
    return sum;
}

TEST_CASE("A factor's line is what its score alone moved", "[changes]") {
    const ScoreChange change = change_between(score_of({80, 20}), score_of({50, 50}));
    CHECK(change.difference == Approx(10));
    REQUIRE(change.lines.size() == 2);
    CHECK(change.lines[0].name == "factor_1");
    CHECK(change.lines[0].points == Approx(20));
    CHECK(change.lines[0].score_before == 20);
    CHECK(change.lines[0].score_after == 50);
    CHECK(change.lines[0].description == "Factor 1 went from 20 to 50");
    CHECK(change.lines[1].points == Approx(-10));
    CHECK(to_string(change.lines[1].kind) == "factor");
}

TEST_CASE("Nothing moved, nothing to say", "[changes]") {
    CHECK(change_between(score_of({80, 20}), score_of({80, 20})).lines.empty());
    CHECK(change_between(score_of({std::nullopt}), score_of({std::nullopt})).lines.empty());
}

TEST_CASE("A factor that lost its data moves the weights", "[changes]") {
    const ScoreChange change = change_between(score_of({80, 20}), score_of({80, std::nullopt}));
    CHECK(change.difference == Approx(40));
    REQUIRE(change.lines.size() == 1);
    CHECK(change.lines[0].kind == Kind::kWeights);
    CHECK(change.lines[0].description == "no data any more for: Factor 1");
}

TEST_CASE("The first score is all that each factor brought", "[changes]") {
    const ScoreChange change = change_between(score_of({std::nullopt, std::nullopt}), score_of({30, 60}));
    CHECK(change.difference == Approx(50));
    REQUIRE(change.lines.size() == 2);
    CHECK(change.lines[0].name == "factor_1");
    CHECK(change.lines[0].points == Approx(40));
    CHECK(change.lines[1].points == Approx(10));
    CHECK(sum_of(change_between(score_of({30, 60}), score_of({std::nullopt, std::nullopt}))) == Approx(-50));
}

TEST_CASE("Caps and judgements are lines of their own", "[changes]") {
    Scorecard card{.name = "card"};
    card.caps = {{.name = "low",
                  .reason = "too low",
                  .subject = "factor_0.score",
                  .comparison = Comparison::kBelow,
                  .threshold = 50,
                  .maximum = 10}};
    const HealthOverride judgement{.score = 70};
    const ScoreChange change = change_between(score_of({80}, card), score_of({40}, card, &judgement));
    CHECK(change.difference == -10);
    REQUIRE(change.lines.size() == 3);
    CHECK(change.lines[0].kind == Kind::kOverride);
    CHECK(change.lines[0].points == 60);
    CHECK(change.lines[1].kind == Kind::kFactor);
    CHECK(change.lines[1].points == -40);
    CHECK(change.lines[2].kind == Kind::kCap);
    CHECK(change.lines[2].name == "low");
    CHECK(change.lines[2].points == -30);
}

TEST_CASE("Between any two scores the lines sum to the difference", "[changes]") {
    std::mt19937_64 random{4};
    const auto up_to = [&](std::uint64_t limit) {
        return static_cast<double>(random() % (limit * 997)) / 997;
    };
    const auto any_score = [&](int version) {
        Scores scores;
        Scorecard card{.name = random() % 4 == 0 ? "other" : "card", .version = version};
        const std::size_t factors = 1 + random() % 6;
        for (std::size_t i = 0; i < factors; ++i) {
            const auto kind = random() % 6;
            scores.push_back(kind == 0   ? std::nullopt
                             : kind == 1 ? std::optional{0.0}
                                         : std::optional{up_to(100)});
            card.factors.push_back({.factor = "factor_" + std::to_string(i),
                                    .weight = up_to(5) + 0.001,
                                    .missing = static_cast<MissingPolicy>(random() % 3)});
            if (random() % 2 == 0) {
                card.caps.push_back({.name = std::to_string(i),
                                     .reason = "r",
                                     .subject = "factor_0.score",
                                     .comparison = static_cast<Comparison>(random() % 4),
                                     .threshold = up_to(100),
                                     .maximum = up_to(100)});
            }
        }
        const HealthOverride judgement{.score = up_to(100)};
        return score_of(scores, card, random() % 3 == 0 ? &judgement : nullptr);
    };
    for (int i = 0; i < 3'000; ++i) {
        const HealthScore from = any_score(1);
        const HealthScore to = any_score(2);
        const ScoreChange change = change_between(from, to);
        CHECK(change.difference == to.overall_score.value_or(0) - from.overall_score.value_or(0));
        CHECK(sum_of(change) == Approx(change.difference).margin(1e-9));
        for (std::size_t line = 1; line < change.lines.size(); ++line)
            CHECK(std::abs(change.lines[line - 1].points) >= std::abs(change.lines[line].points));
        for (const ScoreChangeLine& line : change.lines) CHECK_FALSE(line.description.empty());
    }
}

Scorecard card_of(std::size_t factors) {
    Scorecard card{.name = "card"};
    for (std::size_t i = 0; i < factors; ++i)
        card.factors.push_back(
            {.factor = "factor_" + std::to_string(i), .weight = static_cast<double>(i + 1)});
    return card;
}

TEST_CASE("The smallest change is the factor with the shortest way to go", "[smallest]") {
    const auto change = smallest_change(score_of({50, 60, 70}), card_of(3), "");  // 63.33
    REQUIRE(change);
    CHECK(change->points_missing == Approx(75 - 380.0 / 6));
    REQUIRE(change->any_of.size() == 2);
    CHECK(change->any_of[0].factor == "factor_2");
    CHECK(change->any_of[0].score_now == 70);
    CHECK(change->any_of[1].factor == "factor_1");
    CHECK(change->all_of.empty());
    for (const FactorStep& step : change->any_of) {
        Scores scores{50, 60, 70};
        scores[step.factor == "factor_2" ? 2 : 1] = step.score_needed;
        CHECK(score_of(scores).overall_score.value() == Approx(75));
        CHECK_FALSE(step.description.empty());
    }
}

TEST_CASE("Where no factor suffices alone, the fewest do together", "[smallest]") {
    const auto change = smallest_change(score_of({0, 10, 20, 30}), card_of(4), "");
    REQUIRE(change);
    CHECK(change->target == HealthStatus::kHealthy);
    CHECK(change->any_of.empty());
    REQUIRE(change->all_of.size() == 3);
    Scores scores{0, 10, 20, 30};
    for (const FactorStep& step : change->all_of) {
        CHECK(step.score_needed <= 100);
        scores[static_cast<std::size_t>(step.factor.back() - '0')] = step.score_needed;
    }
    CHECK(score_of(scores).overall_score.value() == Approx(75));
}

TEST_CASE("There is nothing to change for the healthy, the unknown, the capped and the judged",
          "[smallest]") {
    CHECK_FALSE(smallest_change(score_of({90}), card_of(1), ""));
    CHECK_FALSE(smallest_change(score_of({75}), card_of(1), ""));
    CHECK_FALSE(smallest_change(score_of({std::nullopt}), card_of(1), ""));
    CHECK_FALSE(smallest_change(score_of({20, std::nullopt}), card_of(2), ""));
    Scorecard capped = card_of(1);
    capped.caps = {{.name = "c", .reason = "r", .subject = "coverage", .threshold = 0, .maximum = 10}};
    CHECK_FALSE(smallest_change(score_of({20}, capped), capped, ""));
    const HealthOverride judgement{.score = 30};
    CHECK_FALSE(smallest_change(score_of({20}, card_of(1), &judgement), card_of(1), ""));
}

TEST_CASE("A curve tells the value that is needed", "[smallest]") {
    const auto [kind, points, value, needed] =
        GENERATE(table<CurveKind, std::vector<CurvePoint>, double, double>({
            {CurveKind::kLinear, {{0, 0}, {100, 100}}, 30, 75},
            {CurveKind::kLinear, {{0, 100}, {40, 0}}, 30, 10},  // The less the better.
            {CurveKind::kBands, {{0, 0}, {50, 60}, {90, 80}, {95, 100}}, 30, 90},
            {CurveKind::kSegmentRelative, {{0, 0}, {1, 100}}, 20, 150},
        }));
    Scorecard card = card_of(1);
    card.factors[0].curve = {
        .kind = kind, .points = points, .expected = {{"smb", 200}}, .expected_otherwise = 60};
    FactorRegistry registry;
    registry.add(std::make_unique<StubFactor>("factor_0", value));
    const ScoredCustomer customer{.segment = "SMB", .mrr = {}};
    const HealthScore score = WeightedCalculator{registry, card}.calculate(
        {.metrics = {}, .as_of = tests::kDay, .customer = &customer});
    const auto change = smallest_change(score, card, "SMB");
    REQUIRE(change);
    REQUIRE(change->any_of.size() == 1);
    CHECK(change->any_of[0].value_now == value);
    CHECK(change->any_of[0].value_needed.value() == Approx(needed));
}

TEST_CASE("Any score: each step that is offered does make healthy", "[smallest]") {
    std::mt19937_64 random{5};
    int offered = 0;
    for (int i = 0; i < 1'000; ++i) {
        Scores scores;
        Scorecard card{.name = "card"};
        for (std::size_t factor = 0; factor < 4; ++factor) {
            scores.push_back(random() % 6 == 0 ? std::nullopt
                                               : std::optional{static_cast<double>(random() % 101)});
            card.factors.push_back({.factor = "factor_" + std::to_string(factor),
                                    .weight = static_cast<double>(random() % 900 + 1) / 100,
                                    .missing = static_cast<MissingPolicy>(random() % 3)});
        }
        const auto change = smallest_change(score_of(scores, card), card, "");
        if (!change) continue;
        ++offered;
        const auto with = [&](const std::vector<FactorStep>& steps) {
            Scores changed = scores;
            for (const FactorStep& step : steps)
                changed[static_cast<std::size_t>(step.factor.back() - '0')] = step.score_needed;
            return score_of(changed, card).overall_score.value();
        };
        for (const FactorStep& step : change->any_of) CHECK(with({step}) == Approx(75).margin(1e-9));
        if (!change->all_of.empty()) CHECK(with(change->all_of) == Approx(75).margin(1e-9));
    }
    CHECK(offered > 100);
}

}  // namespace
}  // namespace keepwell
