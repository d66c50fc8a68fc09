#pragma once

#include <vector>

#include "domain/error.hpp"
#include "domain/factor_registry.hpp"
#include "domain/scorecard.hpp"

namespace keepwell {

inline constexpr std::size_t kMaximumFactors = 100;
inline constexpr std::size_t kMaximumCaps = 50;
inline constexpr std::size_t kMaximumCurvePoints = 100;

/// Everything for which a card can't be used, by JSON pointer ("/factors/2/curve/points/1/score"): no
/// factors, unknown or repeated ones, weights out of range, overlapping bands, curves and caps that make no
/// sense.
std::vector<FieldError> mistakes_in(const Scorecard& card, const FactorRegistry& registry);

}  // namespace keepwell
