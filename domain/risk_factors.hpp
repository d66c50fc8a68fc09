#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/daily_metrics.hpp"

namespace keepwell {

/// The risks of an account in words, in a fixed order. Without a row only the score's own risk can be known,
/// without a score nothing.
std::vector<std::string> risk_factors(std::optional<double> health_score, const DailyMetrics* latest);

}  // namespace keepwell
