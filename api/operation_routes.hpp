#pragma once

#include <functional>
#include <vector>

#include "api/metrics.hpp"
#include "api/route.hpp"

namespace keepwell::api {

struct OperationHooks {
    /// Throws when the database does not answer.
    std::function<void()> check_database;
    std::function<bool()> is_draining;
    /// Set once the metrics exist, which need the routes first.
    std::function<std::string()> metrics_text;
};

/// What operators and programs ask of the server itself: /, /livez, /readyz, /health, /metrics.
std::vector<Route> operation_routes(OperationHooks hooks);

}  // namespace keepwell::api
