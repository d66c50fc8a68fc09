#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/scorecard.hpp"

namespace keepwell::data {

// The parts of scorecards that are stored as JSON. Reading throws std::runtime_error for what these functions
// did not write.

/// Empty for a factor's own scoring.
std::string encode_curve(const Curve& curve);
Curve decode_curve(std::string_view json);

std::string encode_caps(std::span<const ScoreCap> caps);
std::vector<ScoreCap> decode_caps(std::string_view json);

std::string encode_conditions(std::span<const RuleCondition> conditions);
std::vector<RuleCondition> decode_conditions(std::string_view json);

}  // namespace keepwell::data
