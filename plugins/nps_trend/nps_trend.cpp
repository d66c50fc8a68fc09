#include "nps_trend.hpp"

#include <cstdio>

using keepwell::sdk::Day;
using keepwell::sdk::FactorScore;
using keepwell::sdk::Input;
using keepwell::sdk::Trend;

namespace {

constexpr Day kHalf = 45;
constexpr double kPointsPerStep = 5;
constexpr double kMaximumPoints = 15;
constexpr double kNoticeable = 0.5;  // Of the means' difference.

struct Answers {
    std::int64_t count = 0;
    double sum = 0;

    double mean() const { return std::clamp(sum / static_cast<double>(count), 0.0, 10.0); }
};

Answers answers(const Input& input, Day from, Day until) {
    Answers all;
    for (const auto& day : input.activity("nps_response", from, until)) {
        const auto sum = day.sum("score");
        if (!sum) continue;
        all.count += day.count();
        all.sum += *sum;
    }
    return all;
}

double level(double mean) {
    struct Point {
        double answer;
        double score;
    };
    constexpr Point kCurve[]{{0, 0}, {6, 40}, {7, 55}, {8, 70}, {9, 90}, {10, 100}};
    for (std::size_t i = 1; i < std::size(kCurve); ++i) {
        if (mean > kCurve[i].answer) continue;
        const double part = (mean - kCurve[i - 1].answer) / (kCurve[i].answer - kCurve[i - 1].answer);
        return kCurve[i - 1].score + part * (kCurve[i].score - kCurve[i - 1].score);
    }
    return 100;
}

std::string one_decimal(double number) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", number);
    return text;
}

}  // namespace

FactorScore NpsTrend::score(const Input& input) const {
    if (!input.is_connected("nps_response"))
        return FactorScore::no_data("Nobody of this segment is asked the NPS question");
    const Answers recent = answers(input, input.as_of() - kHalf + 1, input.as_of());
    const Answers before = answers(input, input.as_of() - 2 * kHalf + 1, input.as_of() - kHalf);
    const Answers all{recent.count + before.count, recent.sum + before.sum};
    if (all.count == 0) return FactorScore::no_data("Nobody answered the NPS question in 90 days");

    const bool has_direction = recent.count > 0 && before.count > 0;
    const double change = has_direction ? recent.mean() - before.mean() : 0;
    const double points = std::clamp(kPointsPerStep * change, -kMaximumPoints, kMaximumPoints);
    const double mean = all.mean();
    FactorScore result;
    result.score = std::clamp(level(mean) + points, 0.0, 100.0);
    result.value = mean;
    if (!input.wants_explanation()) return result;
    result.description = one_decimal(mean) + " of 10 from " + std::to_string(all.count) +
                         (all.count == 1 ? " answer" : " answers") + " in 90 days";
    result.details.add("answers", all.count).add("level_score", level(mean));
    if (recent.count > 0) result.details.add("mean_45_days", recent.mean());
    if (before.count > 0) result.details.add("mean_45_days_before", before.mean());
    if (has_direction) {
        result.trend = change > kNoticeable    ? Trend::kImproving
                       : change < -kNoticeable ? Trend::kDeclining
                                               : Trend::kStable;
        if (result.trend == Trend::kImproving)
            result.description += ", up from " + one_decimal(before.mean());
        if (result.trend == Trend::kDeclining)
            result.description += ", down from " + one_decimal(before.mean());
        result.details.add("direction_points", points);
    }
    return result;
}

KEEPWELL_PLUGIN("nps_trend", "1.0.0", NpsTrend)
