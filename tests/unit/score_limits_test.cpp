#include <catch2/catch.hpp>
#include <random>

#include "domain/score_caps.hpp"
#include "domain/weighted_calculator.hpp"
#include "tests/support/activity.hpp"

namespace keepwell {
namespace {

using tests::ActiveCustomer;
using tests::StubFactor;

/// A card over one stub that scores as told, under the caps.
struct Fixture {
    FactorRegistry registry;
    Scorecard card{.name = "card", .factors = {{.factor = "stub", .weight = 2}}};
    ActiveCustomer customer;

    explicit Fixture(std::optional<double> score) {
        registry.add(std::make_unique<StubFactor>("stub", score));
        customer.on(200, "page_view");
    }
    void cap(const std::string& name, const std::string& subject, Comparison comparison, double threshold,
             double maximum, std::optional<Date> expires = {}) {
        card.caps.push_back({.name = name,
                             .reason = "because",
                             .subject = subject,
                             .comparison = comparison,
                             .threshold = threshold,
                             .maximum = maximum,
                             .expires = expires});
    }
    HealthScore score(const HealthOverride* override = nullptr) {
        const WeightedCalculator calculator{registry, card};
        const HealthScore full = calculator.calculate(customer.input(), {}, override);
        if (override == nullptr) {
            CHECK(calculator.overall(customer.input()).score == full.overall_score);
            CHECK(calculator.overall(customer.input()).status == full.status);
        }
        return full;
    }
};

double sum_of_lines(const HealthScore& score) {
    double sum = 0;
    for (const FactorScore& factor : score.factors) sum += factor.contribution;
    if (score.cap) sum += score.cap->points;
    if (score.replaced) sum += score.replaced->points;
    return sum;
}

HealthOverride override_of(double score) {
    return {.customer_id = {1}, .id = {7}, .score = score, .author = "ann", .reason = "knows better"};
}

TEST_CASE("A cap that holds lowers the score and the status, and keeps what was before", "[caps]") {
    Fixture it{90};
    it.cap("urgent", "open_urgent_tickets", Comparison::kAtLeast, 1, 40);
    CHECK(it.score().overall_score == 90);
    CHECK_FALSE(it.score().cap);
    it.customer.ticket(2, "T", {.priority = "urgent", .status = "open"});
    const HealthScore score = it.score();
    CHECK(score.overall_score == 40);
    CHECK(score.raw_score == 90);
    CHECK(score.status == HealthStatus::kCritical);
    REQUIRE(score.cap);
    CHECK(score.cap->name == "urgent");
    CHECK(score.cap->reason == "because");
    CHECK(score.cap->points == -50);
    CHECK(sum_of_lines(score) == 40);
}

TEST_CASE("Of several caps the lowest applies, and none that is above the score", "[caps]") {
    Fixture it{60};
    it.cap("high", "coverage", Comparison::kAtLeast, 0, 60);
    it.cap("middle", "coverage", Comparison::kAtLeast, 0, 50);
    it.cap("low", "coverage", Comparison::kAtLeast, 0, 30);
    it.cap("lower, but doesn't hold", "coverage", Comparison::kBelow, 0.5, 10);
    it.cap("equal", "coverage", Comparison::kAtLeast, 0, 30);
    CHECK(it.score().cap->name == "low");
    it.card.caps.erase(it.card.caps.begin() + 1, it.card.caps.end());
    CHECK_FALSE(it.score().cap);
    CHECK(it.score().overall_score == 60);
}

TEST_CASE("An expired cap doesn't hold on its day of expiry nor after", "[caps]") {
    const auto [days, holds] = GENERATE(table<int, bool>({{-1, false}, {0, false}, {1, true}}));
    Fixture it{90};
    it.cap("c", "coverage", Comparison::kAtLeast, 0, 30, tests::kDay + std::chrono::days{days});
    CHECK(it.score().cap.has_value() == holds);
}

TEST_CASE("A cap may name a factor's score or value", "[caps]") {
    Fixture it{60};
    const auto [subject, threshold, capped] =
        GENERATE(table<std::string, double, bool>({{"stub.score", 60, true},
                                                   {"stub.score", 59, false},
                                                   {"stub.value", 60, true},
                                                   {"stub.value", 1, false}}));
    it.cap("c", subject, Comparison::kAtMost, threshold, 30);
    CHECK(it.score().cap.has_value() == capped);
}

TEST_CASE("The age of the oldest open urgent ticket is in days", "[caps]") {
    const auto [status, days_ago, capped] = GENERATE(table<std::string, int, bool>(
        {{"open", 3, false}, {"open", 4, true}, {"open", 400, true}, {"resolved", 4, false}}));
    Fixture it{90};
    it.cap("c", "oldest_urgent_ticket_days", Comparison::kAbove, 3, 40);
    it.customer.ticket(days_ago, "T", {.priority = "critical", .status = status});
    it.customer.ticket(1, "U", {.priority = "urgent", .status = "open"});
    CHECK(it.score().cap.has_value() == capped);
}

TEST_CASE("Silence is counted to the day, as far back as a cap asks", "[caps]") {
    const auto [days_ago, threshold, capped] = GENERATE(table<int, double, bool>({{9, 10, false},
                                                                                  {10, 10, true},
                                                                                  {11, 10, true},
                                                                                  {199, 200, false},
                                                                                  {200, 200, true},
                                                                                  {350, 200, true}}));
    Fixture it{90};
    it.customer = {};
    it.cap("c", "days_since_last_activity", Comparison::kAtLeast, threshold, 40);
    it.cap("other", "days_since_last_activity", Comparison::kAtLeast, 365, 30);
    it.customer.on(days_ago, "page_view");
    CHECK(it.score().cap.has_value() == capped);
    const WeightedCalculator calculator{it.registry, it.card};
    CHECK(calculator.needs().window_days == 366);
    CHECK(calculator.needs().activity);
    CHECK_FALSE(calculator.scores_rows());
}

TEST_CASE("Without what a cap names it doesn't hold", "[caps]") {
    Fixture it{90};
    const auto subject = GENERATE(as<std::string>{}, "oldest_urgent_ticket_days", "days_since_last_activity");
    it.customer = {};
    it.cap("c", subject, Comparison::kAtLeast, 0, 40);
    it.cap("d", subject, Comparison::kBelow, 300, 40);
    CHECK_FALSE(it.score().cap);
    const DailyMetrics row = tests::average_row();
    const WeightedCalculator calculator{it.registry, it.card};
    CHECK(calculator.calculate({.metrics = {&row, 1}, .as_of = row.date}).overall_score == 90);
}

TEST_CASE("A cap never gives a colour to too little data", "[caps]") {
    Fixture it{90};
    it.registry.add(std::make_unique<StubFactor>("silent", std::nullopt));
    it.card.factors.push_back({.factor = "silent", .weight = 5});
    it.cap("c", "coverage", Comparison::kAtLeast, 0, 30);
    CHECK(it.score().overall_score == 30);
    CHECK(it.score().status == HealthStatus::kInsufficientData);
    Fixture empty{std::nullopt};
    empty.cap("c", "coverage", Comparison::kAtLeast, 0, 30);
    CHECK_FALSE(empty.score().overall_score);
    CHECK_FALSE(empty.score().cap);
}

TEST_CASE("A person's judgement takes the score's place, which stays visible", "[override]") {
    Fixture it{90};
    it.cap("c", "coverage", Comparison::kAtLeast, 0, 30);
    const HealthOverride judgement = override_of(55);
    const HealthScore score = it.score(&judgement);
    CHECK(score.overall_score == 55);
    CHECK(score.raw_score == 90);
    CHECK(score.status == HealthStatus::kAtRisk);
    CHECK(score.cap->points == -60);
    REQUIRE(score.replaced);
    CHECK(score.replaced->id == 7);
    CHECK(score.replaced->points == 25);
    CHECK(sum_of_lines(score) == 55);
}

TEST_CASE("A judgement gives even a customer without data a status", "[override]") {
    Fixture it{std::nullopt};
    const HealthOverride judgement = override_of(80);
    const HealthScore score = it.score(&judgement);
    CHECK(score.overall_score == 80);
    CHECK_FALSE(score.raw_score);
    CHECK(score.status == HealthStatus::kHealthy);
    CHECK(sum_of_lines(score) == 80);
}

TEST_CASE("A curve replaces a factor's own scoring", "[curves]") {
    Fixture it{90};
    it.card.factors[0].curve = {.kind = CurveKind::kSegmentRelative,
                                .points = {{0, 0}, {1, 100}},
                                .expected = {{"startup", 300}},
                                .expected_otherwise = 90};
    CHECK(it.score().overall_score == 30);
    CHECK(it.score().factors[0].value == 90);
    it.customer.customer.segment = "other";
    CHECK(it.score().overall_score == 100);
    const DailyMetrics row = tests::average_row();  // A lone row has no segment.
    const WeightedCalculator calculator{it.registry, it.card};
    CHECK(calculator.overall({.metrics = {&row, 1}, .as_of = row.date}).score == 100);
}

TEST_CASE("A curve over a factor without data is no data", "[curves]") {
    const double nothing = std::numeric_limits<double>::quiet_NaN();
    const auto told = GENERATE_COPY(std::optional<double>{}, std::optional{nothing});
    Fixture it{told};
    it.card.factors[0].curve = {.kind = CurveKind::kLinear, .points = {{0, 0}, {1, 100}}};
    CHECK_FALSE(it.score().overall_score);
}

TEST_CASE("Any score under caps and judgements: the lines sum to it", "[caps][override]") {
    std::mt19937_64 random{20'261'122};
    const auto up_to = [&](std::uint64_t limit) {
        return static_cast<double>(random() % (limit * 997)) / 997;
    };
    for (int i = 0; i < 1'000; ++i) {
        FactorRegistry registry;
        Scorecard card{.name = "card"};
        for (int factor = 0; factor < 5; ++factor) {
            const std::string name = "factor " + std::to_string(factor);
            registry.add(std::make_unique<StubFactor>(
                name, random() % 4 == 0 ? std::nullopt : std::optional{up_to(100)}));
            card.factors.push_back({.factor = name,
                                    .weight = up_to(9) + 0.01,
                                    .missing = static_cast<MissingPolicy>(random() % 3)});
        }
        for (int cap = 0; cap < 3; ++cap) {
            card.caps.push_back({.name = std::to_string(cap),
                                 .reason = "r",
                                 .subject = "factor " + std::to_string(cap) + ".score",
                                 .comparison = static_cast<Comparison>(random() % 4),
                                 .threshold = up_to(100),
                                 .maximum = up_to(100)});
        }
        const HealthOverride judgement = override_of(up_to(100));
        const WeightedCalculator calculator{registry, card};
        const HealthScore score = calculator.calculate({.metrics = {}, .as_of = tests::kDay}, {},
                                                       i % 3 == 0 ? &judgement : nullptr);
        CHECK(sum_of_lines(score) == Approx(score.overall_score.value_or(0)).margin(1e-9));
        if (score.cap) CHECK(score.cap->points < 0);
        if (score.overall_score) CHECK((*score.overall_score >= 0 && *score.overall_score <= 100));
    }
}

TEST_CASE("Two scores tell the same whenever they were calculated, unless anything differs", "[caps]") {
    Fixture it{90};
    const HealthScore score = it.score();
    HealthScore other = score;
    other.calculated_at = Timestamp{tests::kDay};
    other.as_of += std::chrono::days{1};
    CHECK(tells_the_same(score, other));
    const auto differs = [&](auto change) {
        HealthScore changed = score;
        change(changed);
        CHECK_FALSE(tells_the_same(score, changed));
        CHECK_FALSE(tells_the_same(changed, score));
    };
    differs([](HealthScore& changed) { changed.overall_score = 89; });
    differs([](HealthScore& changed) { changed.raw_score.reset(); });
    differs([](HealthScore& changed) { changed.status = HealthStatus::kAtRisk; });
    differs([](HealthScore& changed) { changed.coverage = 0.9; });
    differs([](HealthScore& changed) { changed.scorecard_version = 2; });
    differs([](HealthScore& changed) { changed.cap = AppliedCap{.name = "c"}; });
    differs([](HealthScore& changed) { changed.replaced = AppliedOverride{.id = 1}; });
    differs([](HealthScore& changed) { changed.factors[0].details = "{\"a\":1}"; });
    differs([](HealthScore& changed) { changed.factors[0].trend = Trend::kStable; });
    differs([](HealthScore& changed) { changed.factors.clear(); });
}

}  // namespace
}  // namespace keepwell
