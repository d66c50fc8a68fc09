#include "domain/scorecard.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <set>

#include "domain/factor_registry.hpp"
#include "domain/scorecard_mistakes.hpp"

namespace keepwell {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

std::set<std::string> pointers_of(const Scorecard& card) {
    std::set<std::string> pointers;
    for (const FieldError& mistake : mistakes_in(card, builtin_factors())) pointers.insert(mistake.pointer);
    return pointers;
}

Curve curve_of(CurveKind kind, std::vector<CurvePoint> points) {
    return {.kind = kind, .points = std::move(points)};
}

TEST_CASE("Names of curves, comparisons and policies read back", "[scorecard]") {
    for (const auto kind :
         {CurveKind::kBuiltIn, CurveKind::kBands, CurveKind::kLinear, CurveKind::kSegmentRelative})
        CHECK(parse_curve_kind(to_string(kind)) == kind);
    for (const auto comparison :
         {Comparison::kBelow, Comparison::kAtMost, Comparison::kAtLeast, Comparison::kAbove})
        CHECK(parse_comparison(to_string(comparison)) == comparison);
    CHECK_FALSE(parse_curve_kind("Linear"));
    CHECK_FALSE(parse_comparison("="));
}

TEST_CASE("Comparisons hold as written", "[scorecard]") {
    const auto [text, below, equal, above] =
        GENERATE(table<std::string, bool, bool, bool>({{"<", true, false, false},
                                                       {"<=", true, true, false},
                                                       {">=", false, true, true},
                                                       {">", false, false, true}}));
    const Comparison comparison = parse_comparison(text).value();
    CHECK(holds(comparison, 1, 2) == below);
    CHECK(holds(comparison, 2, 2) == equal);
    CHECK(holds(comparison, 3, 2) == above);
}

TEST_CASE("Bands give the score of the last point reached", "[scorecard]") {
    const Curve curve = curve_of(CurveKind::kBands, {{10, 60}, {50, 80}, {100, 100}});
    const auto [value, expected] = GENERATE(
        table<double, double>({{-1, 0}, {9.99, 0}, {10, 60}, {49, 60}, {50, 80}, {100, 100}, {1e9, 100}}));
    CHECK(curve.score(value, "") == expected);
}

TEST_CASE("Linear curves go straight from point to point and level beyond", "[scorecard]") {
    const Curve curve = curve_of(CurveKind::kLinear, {{0, 100}, {10, 50}, {20, 0}});
    const auto [value, expected] =
        GENERATE(table<double, double>({{-5, 100}, {0, 100}, {5, 75}, {10, 50}, {15, 25}, {20, 0}, {99, 0}}));
    CHECK(curve.score(value, "") == Approx(expected).margin(1e-12));
}

TEST_CASE("Relative curves divide by what the segment is expected to reach", "[scorecard]") {
    Curve curve = curve_of(CurveKind::kSegmentRelative, {{0, 0}, {1, 100}});
    curve.expected = {{"midmarket", 50}, {"enterprise", 200}};
    curve.expected_otherwise = 10;
    CHECK(curve.score(25, "Mid-Market") == 50);
    CHECK(curve.score(25, "enterprise") == 12.5);
    CHECK(curve.score(5, "whatever") == 50);
    CHECK(curve.score(5, "") == 50);
}

TEST_CASE("The cards that come with the program can be used", "[scorecard]") {
    CHECK(pointers_of(metrics_scorecard()).empty());
    CHECK(pointers_of(activity_scorecard()).empty());
    CHECK(activity_scorecard().band(75) == HealthStatus::kHealthy);
    CHECK(activity_scorecard().band(74.999) == HealthStatus::kAtRisk);
    CHECK(activity_scorecard().band(49.999) == HealthStatus::kCritical);
}

TEST_CASE("Every mistake in a curve is named where it is", "[scorecard]") {
    Scorecard card = activity_scorecard();
    card.factors[0].curve = curve_of(CurveKind::kLinear, {{0, 0}, {0, 50}, {kNan, 101}, {5, -1}});
    card.factors[1].curve = curve_of(CurveKind::kLinear, {{0, 0}});
    card.factors[2].curve = curve_of(CurveKind::kBands, {});
    card.factors[3].curve = curve_of(CurveKind::kSegmentRelative, {{0, 0}, {1, 100}});
    card.factors[3].curve.expected = {{"smb", 0}, {"startup", kNan}, {"enterprise", 5}};
    card.factors[3].curve.expected_otherwise = -1;
    card.factors[4].curve = curve_of(CurveKind::kBuiltIn, {{0, 0}});
    CHECK(pointers_of(card) ==
          std::set<std::string>{"/factors/0/curve/points/1/value", "/factors/0/curve/points/2/value",
                                "/factors/0/curve/points/2/score", "/factors/0/curve/points/3/value",
                                "/factors/0/curve/points/3/score", "/factors/1/curve/points",
                                "/factors/2/curve/points", "/factors/3/curve/expected/smb",
                                "/factors/3/curve/expected/startup", "/factors/3/curve/expected_otherwise",
                                "/factors/4/curve/points"});
}

TEST_CASE("Every mistake in a cap is named where it is", "[scorecard]") {
    Scorecard card = activity_scorecard();
    card.caps = {{.name = "", .reason = "", .subject = "moon_phase", .threshold = kNan, .maximum = 101},
                 {.name = "a", .reason = "r", .subject = "nps.score", .maximum = kNan},
                 {.name = "a", .reason = "r", .subject = "days_since_last_activity", .threshold = 5000},
                 {.name = "b", .reason = "r", .subject = "api_usage.score", .threshold = 10, .maximum = 40},
                 {.name = "c", .reason = "r", .subject = "api_usage.trend", .threshold = 10, .maximum = 40}};
    CHECK(pointers_of(card) == std::set<std::string>{"/caps/0/name", "/caps/0/reason", "/caps/0/subject",
                                                     "/caps/0/threshold", "/caps/0/maximum",
                                                     "/caps/1/subject", "/caps/1/maximum", "/caps/2/name",
                                                     "/caps/2/threshold", "/caps/4/subject"});
}

TEST_CASE("Cards that are too large to be meant are refused", "[scorecard]") {
    Scorecard card = metrics_scorecard();
    for (std::size_t i = 0; i <= kMaximumCurvePoints; ++i)
        card.factors[0].curve.points.push_back({static_cast<double>(i), 50});
    card.factors[0].curve.kind = CurveKind::kBands;
    for (std::size_t i = 0; i <= kMaximumCaps; ++i)
        card.caps.push_back({.name = std::to_string(i), .reason = "r", .subject = "coverage", .maximum = 50});
    CHECK(pointers_of(card) == std::set<std::string>{"/factors/0/curve/points", "/caps"});
}

}  // namespace
}  // namespace keepwell
