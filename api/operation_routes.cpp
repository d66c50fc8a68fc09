#include "api/operation_routes.hpp"

#include <memory>

#include "services/json_writer.hpp"

namespace keepwell::api {
namespace {

constexpr const char* kService = "Keepwell";

Route open_route(std::string path, Access access, Handler handle) {
    return {.method = Method::kGet,
            .path = std::move(path),
            .access = access,
            .audited = Audited::kNo,
            .idempotent = Idempotent::kByNature,
            .body = Body::kNone,
            .runs = Runs::kInline,
            .handle = std::move(handle),
            .parameters = {}};
}

/// Browsers want the app, programs the status.
Response root(const Request& request) {
    if (request.header("accept").find("text/html") != std::string_view::npos) {
        return {.status = 302,
                .content_type = "text/html",
                .body = {},
                .headers = {{"Location", "/app/"}, {"Vary", "Accept"}}};
    }
    JsonWriter json;
    json.begin_object()
        .member("status", "healthy")
        .member("service", kService)
        .member("version", KEEPWELL_VERSION);
    json.end_object();
    return {.body = json.take(), .headers = {{"Vary", "Accept"}}};
}

struct Check {
    bool ok = true;
    std::string detail;
};

Check check_database(const OperationHooks& hooks) {
    try {
        hooks.check_database();
        return {};
    } catch (const std::exception&) {
        return {.ok = false, .detail = "the database does not answer"};
    }
}

void write_checks(JsonWriter& json, const Check& database) {
    json.key("checks").begin_object().key("database").begin_object();
    json.member("status", database.ok ? "ok" : "unavailable");
    if (!database.detail.empty()) json.member("detail", database.detail);
    json.end_object().end_object();
}

Response readyz(const OperationHooks& hooks) {
    const Check database = check_database(hooks);
    const bool ready = database.ok && !hooks.is_draining();
    JsonWriter json;
    json.begin_object().member("status", ready ? "ok" : "unavailable");
    write_checks(json, database);
    json.end_object();
    return {.status = ready ? 200 : 503, .body = json.take()};
}

Response health(const OperationHooks& hooks) {
    const Check database = check_database(hooks);
    JsonWriter json;
    json.begin_object().member("status", database.ok ? "healthy" : "unhealthy");
    json.member("service", kService).member("version", KEEPWELL_VERSION);
    write_checks(json, database);
    json.end_object();
    return {.status = database.ok ? 200 : 503, .body = json.take()};
}

}  // namespace

std::vector<Route> operation_routes(OperationHooks hooks) {
    const auto shared = std::make_shared<OperationHooks>(std::move(hooks));
    return {
        open_route("/", Access::kPublic, root),
        open_route("/livez", Access::kPublic,
                   [](const Request&) { return Response{.body = R"({"status":"ok"})"}; }),
        open_route("/readyz", Access::kPublic, [shared](const Request&) { return readyz(*shared); }),
        open_route("/health", Access::kViewer, [shared](const Request&) { return health(*shared); }),
        open_route("/metrics", Access::kMetrics,
                   [shared](const Request&) {
                       return Response{.content_type = "text/plain; version=0.0.4; charset=utf-8",
                                       .body = shared->metrics_text()};
                   }),
    };
}

}  // namespace keepwell::api
