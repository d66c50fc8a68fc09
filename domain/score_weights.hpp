#pragma once

#include <string>
#include <string_view>

#include "domain/health_score.hpp"

namespace keepwell {

/// The share of the weights that a score was divided by: 1 when every factor counted, less where some were
/// left out. A factor that has data brought score · weight / counted_weight. 0 when there is no score.
double counted_weight(const HealthScore& score);

/// A factor's name for a person: "login_frequency" → "Login frequency".
std::string label_of(std::string_view factor);

}  // namespace keepwell
