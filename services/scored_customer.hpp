#pragma once

#include "domain/customer.hpp"
#include "domain/health_factor.hpp"

namespace keepwell {

/// What factors may know of a customer itself. `expected_api_calls`: of its segment, per 30 days.
ScoredCustomer scored_customer(const Customer& customer, double expected_api_calls);

}  // namespace keepwell
