#pragma once

#include <vector>

#include "api/route.hpp"

namespace keepwell::api {

/// The web app, the contract and its viewers: files that were compiled in, nothing from elsewhere.
std::vector<Route> web_routes();

}  // namespace keepwell::api
