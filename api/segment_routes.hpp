#pragma once

#include <vector>

#include "api/route.hpp"
#include "services/segment_service.hpp"

namespace keepwell::api {

std::vector<Route> segment_routes(SegmentService& segments);

}  // namespace keepwell::api
