#pragma once

#include <vector>

#include "api/route.hpp"
#include "services/account_service.hpp"

namespace keepwell::api {

std::vector<Route> account_routes(AccountService& accounts);

}  // namespace keepwell::api
