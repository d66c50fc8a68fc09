#include "api/event_routes.hpp"

#include "api/answer.hpp"
#include "api/cursor.hpp"
#include "api/event_body.hpp"
#include "api/paging.hpp"
#include "api/problem.hpp"

namespace keepwell::api {
namespace {

Response invalid_event_data(const Request& request, EventDataMistakes mistakes) {
    return problem_response({.status = 400,
                             .detail = std::move(mistakes.detail),
                             .errors = std::move(mistakes.mistakes),
                             .instance = request.path,
                             .request_id = request.request_id,
                             .error = "Invalid event data"});
}

Response record(EventService& events, const Request& request) {
    Parameters parameters(request);
    const CustomerId id{parameters.id()};
    parameters.check();
    const CustomerEvent event = parse_event(request, id, events.now());
    if (auto mistakes = events.check_data(event)) return invalid_event_data(request, *std::move(mistakes));
    const auto recorded = events.record(event);
    const Customer& customer = recorded.customer;
    const std::string_view message =
        recorded.is_duplicate ? "Event was recorded before" : "Event recorded successfully";
    JsonWriter json;
    json.begin_object().member("success", true).key("data").begin_object();
    json.member("message", message).member("event_id", recorded.id.value);
    json.member("customer_id", customer.id.value).member("customer_name", customer.name);
    json.member("event_type", event.type).member("timestamp", event.occurred_at);
    json.member("duplicate", recorded.is_duplicate).member("new_health_score", customer.health_score);
    json.member("new_health_status", to_string(customer.health_status)).end_object();
    json.member("message", message).end_object();
    return {.body = json.take()};
}

Response record_batch(EventService& events, const Request& request) {
    Parameters parameters(request);
    const bool create_customers = parameters.flag("create_customers");
    parameters.check();
    const BatchResult result = events.record(parse_event_batch(request, events.now()), create_customers);
    JsonWriter json;
    json.begin_object().member("accepted", result.accepted).member("duplicates", result.duplicates);
    write_rejected(json, "rejected", result.rejected);
    json.end_object();
    return {.body = json.take()};
}

void write_event(JsonWriter& json, const CustomerEvent& event) {
    json.begin_object().member("id", event.id.value).member("event_type", event.type);
    json.key("event_data").raw(event.data);
    json.member("timestamp", event.occurred_at).member("received_at", event.received_at).key("message_id");
    event.message_id.empty() ? json.null() : json.value(event.message_id);
    json.end_object();
}

constexpr std::string_view kList = "events";

std::optional<EventService::Position> read_position(Parameters& parameters) {
    const auto text = read_cursor(parameters);
    if (!text) return std::nullopt;
    const auto values = decode_cursor(kList, *text, 2);
    const auto time = values ? parse_cursor_number(values->at(0)) : std::nullopt;
    const auto id = values ? parse_cursor_number(values->at(1)) : std::nullopt;
    if (!time || !id) {
        refuse_cursor(parameters);
        return std::nullopt;
    }
    return EventService::Position{Timestamp{std::chrono::microseconds{*time}}, EventId{*id}};
}

Response list(EventService& events, const Request& request) {
    Parameters parameters(request);
    const CustomerId id{parameters.id()};
    EventService::Filter filter{.type = parameters.text("type"),
                                .from = parameters.time("from", Parameters::Day::kBegins),
                                .before = parameters.time("to", Parameters::Day::kEnds)};
    const std::int64_t limit = read_limit(parameters);
    const auto after = read_position(parameters);
    parameters.check();
    const EventService::Page page = events.list(id, filter, after, limit);
    std::optional<std::string> next;
    if (page.next) {
        next = encode_cursor(kList, {std::to_string(page.next->occurred_at.time_since_epoch().count()),
                                     std::to_string(page.next->id.value)});
    }
    JsonWriter json;
    json.begin_object().member("success", true).key("data").begin_array();
    for (const CustomerEvent& event : page.events) write_event(json, event);
    json.end_array();
    write_next_cursor(json, next);
    json.end_object();
    return {.body = json.take()};
}

}  // namespace

std::vector<Route> event_routes(EventService& events) {
    return {
        {.method = Method::kPost,
         .path = "/api/customers/{id}/events",
         .access = Access::kCsm,
         .audited = Audited::kNo,
         .idempotent = Idempotent::kByKey,
         .body = Body::kJson,
         .runs = Runs::kWaits,
         .handle = [&](const Request& request) { return record(events, request); },
         .parameters = {}},
        {.method = Method::kPost,
         .path = "/api/events/batch",
         .access = Access::kCsm,
         .audited = Audited::kNo,
         .idempotent = Idempotent::kByKey,
         .body = Body::kBatch,
         .runs = Runs::kWaits,
         .handle = [&](const Request& request) { return record_batch(events, request); },
         .parameters = {"create_customers"}},
        {.method = Method::kGet,
         .path = "/api/customers/{id}/events",
         .access = Access::kViewer,
         .audited = Audited::kNo,
         .idempotent = Idempotent::kByNature,
         .body = Body::kNone,
         .runs = Runs::kInline,
         .handle = [&](const Request& request) { return list(events, request); },
         .parameters = {"type", "from", "to", "cursor", "limit"}},
    };
}

}  // namespace keepwell::api
