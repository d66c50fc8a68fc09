#include <algorithm>

#include "domain/scorecard.hpp"
#include "domain/segment.hpp"

namespace keepwell {
namespace {

double on_bands(const std::vector<CurvePoint>& points, double value) {
    const auto next = std::upper_bound(points.begin(), points.end(), value,
                                       [](double at, const CurvePoint& point) { return at < point.value; });
    return next == points.begin() ? 0 : std::prev(next)->score;
}

double on_lines(const std::vector<CurvePoint>& points, double value) {
    const auto next = std::upper_bound(points.begin(), points.end(), value,
                                       [](double at, const CurvePoint& point) { return at < point.value; });
    if (next == points.begin()) return points.front().score;
    if (next == points.end()) return points.back().score;
    const CurvePoint& before = *std::prev(next);
    const double share = (value - before.value) / (next->value - before.value);
    return before.score + share * (next->score - before.score);
}

}  // namespace

std::string_view to_string(CurveKind kind) {
    switch (kind) {
        case CurveKind::kBuiltIn:
            return "built_in";
        case CurveKind::kBands:
            return "bands";
        case CurveKind::kLinear:
            return "linear";
        case CurveKind::kSegmentRelative:
            return "segment_relative";
    }
    return {};
}

std::optional<CurveKind> parse_curve_kind(std::string_view text) {
    for (const CurveKind kind :
         {CurveKind::kBuiltIn, CurveKind::kBands, CurveKind::kLinear, CurveKind::kSegmentRelative}) {
        if (to_string(kind) == text) return kind;
    }
    return std::nullopt;
}

double Curve::expected_of(std::string_view segment) const {
    const auto found = expected.find(folded_segment(segment));
    return found == expected.end() ? expected_otherwise : found->second;
}

double Curve::score(double value, std::string_view segment) const {
    if (points.empty()) return 0;
    double result = 0;
    if (kind == CurveKind::kBands) {
        result = on_bands(points, value);
    } else if (kind == CurveKind::kSegmentRelative) {
        result = on_lines(points, value / expected_of(segment));
    } else {
        result = on_lines(points, value);
    }
    return std::clamp(result, 0.0, 100.0);  // Rounding may leave the range by a trifle.
}

}  // namespace keepwell
