#include "api/middleware.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <random>

#include "api/log.hpp"
#include "api/parameters.hpp"
#include "api/problem.hpp"
#include "api/throw_trace.hpp"
#include "domain/unit_of_work.hpp"
#include "services/json_writer.hpp"

namespace keepwell::api {
namespace {

constexpr std::size_t kMaximumRequestId = 64;

bool is_fit_request_id(std::string_view id) {
    return !id.empty() && id.size() <= kMaximumRequestId &&
           std::all_of(id.begin(), id.end(), [](unsigned char letter) {
               return std::isalnum(letter) || letter == '-' || letter == '_' || letter == '.';
           });
}

std::string new_request_id() {
    thread_local std::mt19937_64 random{std::random_device{}()};
    std::array<char, 24> text{};
    std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(random()));
    return text.data();
}

void refuse_unknown_parameters(const Route& route, const Request& request) {
    if (route.parameters == std::vector<std::string>{"*"}) return;
    std::vector<FieldError> mistakes;
    for (std::size_t i = 0; i < request.query.size(); ++i) {
        const std::string& name = request.query[i].first;
        if (std::find(route.parameters.begin(), route.parameters.end(), name) == route.parameters.end()) {
            mistakes.push_back({name, "is not a parameter of this route"});
        } else if (std::any_of(request.query.begin(), request.query.begin() + static_cast<std::ptrdiff_t>(i),
                               [&](const auto& earlier) { return earlier.first == name; })) {
            mistakes.push_back({name, "is given more than once"});
        }
    }
    if (!mistakes.empty()) throw invalid(std::move(mistakes));
}

void log_refusal(std::string_view request_id, int status, std::string_view detail) {
    JsonWriter json;
    json.begin_object().member("request_id", request_id).member("status", status).member("refused", detail);
    json.end_object();
    const std::string line = json.take();
    log_access(std::string_view{line}.substr(1, line.size() - 2));
}

Response problem(int status, std::string detail, const Request& request,
                 std::vector<FieldError> errors = {}) {
    return problem_response({.status = status,
                             .detail = std::move(detail),
                             .errors = std::move(errors),
                             .instance = request.path,
                             .request_id = request.request_id});
}

}  // namespace

HttpHooks::Match Middleware::match(Request& request) const {
    const std::string_view given = request.header("x-request-id");
    request.request_id = is_fit_request_id(given) ? std::string{given} : new_request_id();
    request.principal = policy_.identify(request);
    Router::Match found = router_.match(request.method, request.segments);
    request.path_parameters = std::move(found.parameters);
    return {.route = found.route, .allowed = std::move(found.allowed)};
}

Response Middleware::respond(const Route* route, const Request& request,
                             const std::vector<Method>& allowed) const {
    const auto begin = std::chrono::steady_clock::now();
    database_use() = {};
    Response response = answer(route, request, allowed);
    add_headers(request, response);
    const auto took = std::chrono::steady_clock::now() - begin;
    metrics_.observe(route, response.status, took, database_use().queries, database_use().time);
    if (logs_access()) log(route, request, response, took);
    return response;
}

Response Middleware::refuse(int status, std::string_view detail) const {
    Request request;  // What there is of the real one can't be relied on.
    request.request_id = new_request_id();
    Response response = problem(status, std::string{detail}, request);
    add_headers(request, response);
    if (logs_access()) log_refusal(request.request_id, status, detail);
    return response;
}

Response Middleware::answer(const Route* route, const Request& request,
                            const std::vector<Method>& allowed) const try {
    forget_throw_trace();
    if (route == nullptr) {
        if (request.method == Method::kOptions && (!allowed.empty() || request.path == "*")) {
            Response response;
            response.status = 204;
            return response;
        }
        return allowed.empty() ? problem(404, "Not Found", request)
                               : problem(405, "Method Not Allowed", request);
    }
    AccessPolicy::admit(request.principal, route->access);
    refuse_unknown_parameters(*route, request);
    return route->handle(request);
} catch (const Error& error) {
    return problem(status_of(error.code()), error.what(), request, error.fields());
} catch (const std::exception& failure) {
    JsonWriter trace;
    trace.begin_array();
    for (const std::string& line : last_throw_trace()) trace.value(line);
    trace.end_array();
    spdlog::error("request {} on {} failed: {} {}", request.request_id,
                  route == nullptr ? "none" : route->path, failure.what(), trace.take());
    return problem(500, "internal error", request);
} catch (...) {
    spdlog::error("request {} failed with something that is no exception", request.request_id);
    return problem(500, "internal error", request);
}

void Middleware::add_headers(const Request& request, Response& response) const {
    auto& headers = response.headers;
    headers.emplace_back("X-Request-Id", request.request_id);
    headers.emplace_back("X-Content-Type-Options", "nosniff");
    headers.emplace_back("X-Frame-Options", "DENY");
    headers.emplace_back("Referrer-Policy", "no-referrer");
    headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
    const auto has = [&](std::string_view name) {
        return std::any_of(headers.begin(), headers.end(),
                           [&](const auto& header) { return header.first == name; });
    };
    if (!has("Cache-Control")) headers.emplace_back("Cache-Control", "no-store");
    if (!has("Content-Security-Policy")) {
        headers.emplace_back("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    }
    const std::string_view origin = request.header("origin");
    if (origin.empty() || !policy_.allows_origin(origin)) return;
    headers.emplace_back("Access-Control-Allow-Origin", origin);
    headers.emplace_back("Access-Control-Allow-Credentials", "true");
    headers.emplace_back("Vary", "Origin");
    headers.emplace_back("Access-Control-Expose-Headers", "X-Request-Id, Location, Retry-After");
    if (request.method != Method::kOptions) return;
    headers.emplace_back("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    headers.emplace_back("Access-Control-Allow-Headers",
                         "Authorization, Content-Type, Idempotency-Key, If-Match, Prefer, X-Request-Id");
    headers.emplace_back("Access-Control-Max-Age", "600");
}

void Middleware::log(const Route* route, const Request& request, const Response& response,
                     std::chrono::nanoseconds took) const {
    using Milliseconds = std::chrono::duration<double, std::milli>;
    JsonWriter json;
    json.begin_object();
    json.member("request_id", request.request_id);
    json.member("method", to_string(request.method));
    // The pattern and the ids in it, never the query: it may hold names.
    json.member("route", route == nullptr ? "none" : std::string_view{route->path});
    for (const auto& [name, value] : request.path_parameters) {
        if (name == "id") json.member("id", value);
    }
    json.member("status", response.status);
    json.member("ms", Milliseconds(took).count());
    json.member("queries", database_use().queries);
    json.member("db_ms", Milliseconds(database_use().time).count());
    json.member("bytes_in", static_cast<std::uint64_t>(request.body.size()));
    json.member("bytes_out", static_cast<std::uint64_t>(response.body.size() + response.fixed_body.size()));
    json.end_object();
    const std::string line = json.take();
    log_access(std::string_view{line}.substr(1, line.size() - 2));
}

}  // namespace keepwell::api
