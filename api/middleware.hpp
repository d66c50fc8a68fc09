#pragma once

#include <functional>
#include <string>
#include <vector>

#include "api/access_policy.hpp"
#include "api/http_server.hpp"
#include "api/metrics.hpp"
#include "api/route.hpp"
#include "api/router.hpp"

namespace keepwell::api {

/// What happens around every handler, in this order: who is calling and whether they may, unknown parameters,
/// the handler, errors to their one shape, security and CORS headers, metrics, access log. Thread-safe.
class Middleware {
public:
    Middleware(const Router& router, AccessPolicy policy, Metrics& metrics)
        : router_(router), policy_(std::move(policy)), metrics_(metrics) {}

    /// Finds the row and gives the request its id.
    HttpHooks::Match match(Request& request) const;
    Response respond(const Route* route, const Request& request, const std::vector<Method>& allowed) const;
    Response refuse(int status, std::string_view detail) const;

private:
    Response answer(const Route* route, const Request& request, const std::vector<Method>& allowed) const;
    void add_headers(const Request& request, Response& response) const;
    void log(const Route* route, const Request& request, const Response& response,
             std::chrono::nanoseconds took) const;

    const Router& router_;
    AccessPolicy policy_;
    Metrics& metrics_;
};

}  // namespace keepwell::api
