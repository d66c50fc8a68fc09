#pragma once

#include <memory>
#include <string>

#include "domain/health_factor.hpp"

namespace keepwell {

/// Stands in for a factor that a stored scorecard names and nobody brings, because its plugin was removed or
/// refused: never any data, and the reason. The scorecard's other factors go on counting.
std::unique_ptr<BaseHealthFactor> absent_factor(std::string name);

}  // namespace keepwell
