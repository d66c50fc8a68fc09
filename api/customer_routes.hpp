#pragma once

#include <vector>

#include "api/route.hpp"
#include "services/customer_service.hpp"

namespace keepwell::api {

std::vector<Route> customer_routes(CustomerService& customers);

}  // namespace keepwell::api
