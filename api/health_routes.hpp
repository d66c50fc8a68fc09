#pragma once

#include <vector>

#include "api/route.hpp"
#include "services/health_service.hpp"

namespace keepwell::api {

/// /api/customers/{id}/health: the score of one customer, what it was, what moved it and what a person says
/// instead.
std::vector<Route> health_routes(HealthService& health);

}  // namespace keepwell::api
