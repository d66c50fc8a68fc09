#include "domain/health_score.hpp"

#include <algorithm>

namespace keepwell {

std::string_view to_string(Trend trend) {
    switch (trend) {
        case Trend::kImproving:
            return "improving";
        case Trend::kStable:
            return "stable";
        case Trend::kDeclining:
            return "declining";
    }
    return {};
}

std::optional<Trend> parse_trend(std::string_view text) {
    for (const Trend trend : {Trend::kImproving, Trend::kStable, Trend::kDeclining}) {
        if (to_string(trend) == text) return trend;
    }
    return std::nullopt;
}

bool tells_the_same(const HealthScore& left, const HealthScore& right) {
    const auto same_cap = [](const AppliedCap& one, const AppliedCap& other) {
        return one.name == other.name && one.reason == other.reason && one.points == other.points;
    };
    const auto same_factor = [](const FactorScore& one, const FactorScore& other) {
        return one.name == other.name && one.score == other.score && one.value == other.value &&
               one.description == other.description && one.trend == other.trend &&
               one.weight == other.weight && one.contribution == other.contribution &&
               one.error == other.error && one.details == other.details;
    };
    if (left.cap.has_value() != right.cap.has_value()) return false;
    if (left.cap && !same_cap(*left.cap, *right.cap)) return false;
    if (left.replaced.has_value() != right.replaced.has_value()) return false;
    if (left.replaced &&
        (left.replaced->id != right.replaced->id || left.replaced->points != right.replaced->points))
        return false;
    return left.customer_id == right.customer_id && left.overall_score == right.overall_score &&
           left.raw_score == right.raw_score && left.status == right.status &&
           left.coverage == right.coverage && left.scorecard == right.scorecard &&
           left.scorecard_version == right.scorecard_version &&
           std::equal(left.factors.begin(), left.factors.end(), right.factors.begin(), right.factors.end(),
                      same_factor);
}

}  // namespace keepwell
