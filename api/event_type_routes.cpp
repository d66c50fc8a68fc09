#include "api/event_type_routes.hpp"

#include "api/answer.hpp"
#include "api/event_type_body.hpp"
#include "api/parameters.hpp"

namespace keepwell::api {
namespace {

constexpr std::size_t kMaximumName = 100;

void write_event_type(JsonWriter& json, const EventType& type) {
    json.begin_object().member("name", type.name).member("description", type.description);
    json.member("built_in", type.built_in).key("attributes").begin_array();
    for (const EventAttribute& attribute : type.attributes) {
        json.begin_object().member("name", attribute.name).member("type", to_string(attribute.type));
        json.member("required", attribute.required).member("above", attribute.above);
        json.member("minimum", attribute.minimum).member("maximum", attribute.maximum);
        json.strings("choices", attribute.choices).end_object();
    }
    json.end_array().end_object();
}

Response list(EventTypeService& types) {
    const auto all = types.list();
    return data_answer([&](JsonWriter& json) {
        json.begin_array();
        for (const EventType& type : all) write_event_type(json, type);
        json.end_array();
    });
}

std::string read_name(const Request& request) {
    Parameters parameters(request);
    std::string name = parameters.path_text("name", kMaximumName);
    parameters.check();
    return name;
}

Response save(EventTypeService& types, const Request& request) {
    const EventType saved = types.save(parse_event_type(request, read_name(request)));
    return data_answer([&](JsonWriter& json) { write_event_type(json, saved); });
}

Response remove(EventTypeService& types, const Request& request) {
    types.remove(read_name(request));
    return no_content();
}

}  // namespace

std::vector<Route> event_type_routes(EventTypeService& types) {
    return {
        {.method = Method::kGet,
         .path = "/api/event-types",
         .access = Access::kViewer,
         .audited = Audited::kNo,
         .idempotent = Idempotent::kByNature,
         .body = Body::kNone,
         .runs = Runs::kInline,
         .handle = [&](const Request&) { return list(types); },
         .parameters = {}},
        {.method = Method::kPut,
         .path = "/api/event-types/{name}",
         .access = Access::kAdmin,
         .audited = Audited::kYes,
         .idempotent = Idempotent::kByNature,
         .body = Body::kJson,
         .runs = Runs::kWaits,
         .handle = [&](const Request& request) { return save(types, request); },
         .parameters = {}},
        {.method = Method::kDelete,
         .path = "/api/event-types/{name}",
         .access = Access::kAdmin,
         .audited = Audited::kYes,
         .idempotent = Idempotent::kByNature,
         .body = Body::kNone,
         .runs = Runs::kWaits,
         .handle = [&](const Request& request) { return remove(types, request); },
         .parameters = {}},
    };
}

}  // namespace keepwell::api
