#include "domain/health_score.hpp"

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

}  // namespace keepwell
