#include "api/plugin_routes.hpp"

#include "services/json_writer.hpp"

namespace keepwell::api {
namespace {

Response list(const std::vector<Plugin>& plugins) {
    JsonWriter json;
    json.begin_object().member("success", true).key("data").begin_array();
    for (const Plugin& plugin : plugins) {
        json.begin_object()
            .member("file", plugin.file)
            .member("name", plugin.name)
            .member("version", plugin.version)
            .member("status", to_string(plugin.status))
            .member("reason", plugin.reason)
            .strings("factors", plugin.factors)
            .member("errors", plugin.errors)
            .end_object();
    }
    json.end_array().end_object();
    return {.body = json.take()};
}

}  // namespace

std::vector<Route> plugin_routes(std::function<std::vector<Plugin>()> status) {
    return {{.method = Method::kGet,
             .path = "/api/plugins",
             .access = Access::kViewer,
             .audited = Audited::kNo,
             .idempotent = Idempotent::kByNature,
             .body = Body::kNone,
             .runs = Runs::kInline,
             .handle = [status = std::move(status)](const Request&) { return list(status()); },
             .parameters = {}}};
}

}  // namespace keepwell::api
