#pragma once

#include <map>
#include <string>

#include "domain/customer.hpp"
#include "domain/health_factor.hpp"

namespace keepwell {

/// API calls per 30 days, by folded segment.
using ExpectedCalls = std::map<std::string, double, std::less<>>;
ExpectedCalls expected_calls_of(const std::vector<Segment>& segments);

/// What factors may know of a customer itself.
ScoredCustomer scored_customer(const Customer& customer, const ExpectedCalls& expected);

}  // namespace keepwell
