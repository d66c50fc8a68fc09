#pragma once

#include <vector>

#include "api/route.hpp"
#include "services/event_type_service.hpp"

namespace keepwell::api {

std::vector<Route> event_type_routes(EventTypeService& types);

}  // namespace keepwell::api
