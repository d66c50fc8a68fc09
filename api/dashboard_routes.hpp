#pragma once

#include <vector>

#include "api/route.hpp"
#include "services/portfolio_service.hpp"

namespace keepwell::api {

std::vector<Route> dashboard_routes(PortfolioService& portfolio);

}  // namespace keepwell::api
