#pragma once

#include <string>
#include <vector>

#include "domain/health_factor.hpp"
#include "domain/health_score.hpp"

namespace keepwell {

/// What to do about a score: of each factor by its band and the customer's segment, then of the whole;
/// without duplicates, in that order. Metrics factors and plugins without texts of their own add nothing.
std::vector<std::string> recommendations(const HealthScore& score, std::string_view segment);

}  // namespace keepwell
