#pragma once

#include <span>
#include <string>
#include <vector>

#include "domain/error.hpp"
#include "domain/health_factor.hpp"
#include "domain/scorecard.hpp"

namespace keepwell {

/// The scorecard of the first rule that the customer meets; empty when none does. Plan, region and custom
/// attributes are compared exactly; the tenure counts from signup, else from when the customer became known.
std::optional<std::string> assigned_scorecard(std::span<const AssignmentRule> rules,
                                              const ScoredCustomer& customer, Date as_of);
/// Every mistake in the rules, by JSON pointer ("/0/conditions/1/operation").
std::vector<FieldError> mistakes_in(std::span<const AssignmentRule> rules);

}  // namespace keepwell
