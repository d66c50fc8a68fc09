#pragma once

#include <vector>

#include "api/route.hpp"
#include "services/event_service.hpp"

namespace keepwell::api {

std::vector<Route> event_routes(EventService& events);

}  // namespace keepwell::api
