#pragma once

#include <vector>

#include "api/route.hpp"
#include "services/account_service.hpp"
#include "services/playbook_service.hpp"

namespace keepwell::api {

std::vector<Route> playbook_routes(PlaybookService& playbooks, AccountService& accounts);

}  // namespace keepwell::api
