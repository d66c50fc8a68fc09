#pragma once

#include <functional>
#include <vector>

#include "api/route.hpp"
#include "domain/plugin.hpp"

namespace keepwell::api {

/// `status` tells what became of the files of PLUGIN_DIR; thread-safe.
std::vector<Route> plugin_routes(std::function<std::vector<Plugin>()> status);

}  // namespace keepwell::api
