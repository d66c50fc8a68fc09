#include "api/customer_routes.hpp"

#include "api/answer.hpp"
#include "api/customer_body.hpp"
#include "api/customer_cursor.hpp"
#include "api/customer_json.hpp"
#include "api/entity_tag.hpp"
#include "api/paging.hpp"

namespace keepwell::api {
namespace {

constexpr std::int64_t kMaximumDays = 365;

CustomerOrder read_sort(Parameters& parameters) {
    const auto text = parameters.text("sort");
    if (!text) return {};
    const auto order = parse_customer_order(*text);
    if (!order) {
        parameters.refuse(
            "sort",
            "must be one of id, name, health_score, arr, updated_at, segment, region, with a - in "
            "front for descending");
    }
    return order.value_or(CustomerOrder{});
}

bool read_bare(Parameters& parameters) {
    const auto shape = parameters.text("shape");
    if (shape && *shape != "bare") parameters.refuse("shape", "must be bare, or left out");
    return shape.has_value();
}

void append_encoded(std::string& target, std::string_view text) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        if (std::isalnum(byte) || letter == '-' || letter == '_' || letter == '.' || letter == '~') {
            target += letter;
        } else {
            target += '%';
            target += kDigits[byte >> 4U];
            target += kDigits[byte & 15U];
        }
    }
}

/// The same request for the next page.
std::string next_link(const Request& request, const std::string& cursor) {
    std::string target = "</api/customers?";
    for (const auto& [name, value] : request.query) {
        if (name == "cursor") continue;
        append_encoded(target, name);
        target += '=';
        append_encoded(target, value);
        target += '&';
    }
    return target + "cursor=" + cursor + ">; rel=\"next\"";
}

Response list(CustomerService& customers, const Request& request) {
    Parameters parameters(request);
    CustomerFilter filter{.segment = parameters.text("segment"),
                          .region = parameters.text("region"),
                          .status = {},
                          .search = parameters.text("search"),
                          .plan = parameters.text("plan"),
                          .scorecard = parameters.text("scorecard")};
    // An unknown status is no error for existing clients: nobody has it.
    const auto status = parameters.text("health_status");
    if (status) filter.status = parse_health_status(*status);
    const CustomerOrder order = read_sort(parameters);
    const std::int64_t limit = read_limit(parameters);
    const bool is_bare = read_bare(parameters);
    const auto cursor = read_cursor(parameters);
    const auto after = cursor ? parse_customer_cursor(*cursor, order) : std::nullopt;
    if (cursor && !after) refuse_cursor(parameters);
    parameters.check();

    CustomerPage page;
    if (!status || filter.status) page = customers.list(filter, order, after, limit);
    std::optional<std::string> next;
    if (page.next) next = to_cursor(*page.next, order);
    const auto write_all = [&](JsonWriter& json) {
        json.begin_array();
        for (const Customer& customer : page.customers) write_customer(json, customer);
        json.end_array();
    };
    JsonWriter json;
    if (is_bare) {
        write_all(json);
        Response response{.body = json.take()};
        if (next) response.headers.emplace_back("Link", next_link(request, *next));
        return response;
    }
    json.begin_object().member("success", true).key("data");
    write_all(json);
    write_next_cursor(json, next);
    json.member("total", page.total).end_object();
    return {.body = json.take()};
}

Response customer_answer(const Customer& customer, int status = 200) {
    Response response = data_answer([&](JsonWriter& json) { write_customer(json, customer); }, status);
    response.headers.emplace_back("ETag", entity_tag(customer.version));
    return response;
}

CustomerId read_id(const Request& request) {
    Parameters parameters(request);
    const CustomerId id{parameters.id()};
    parameters.check();
    return id;
}

Response add(CustomerService& customers, const Request& request) {
    const auto saved = customers.save(parse_new_customer(request));
    Response response = customer_answer(saved.customer, saved.created ? 201 : 200);
    if (saved.created) {
        response.headers.emplace_back("Location",
                                      "/api/customers/" + std::to_string(saved.customer.id.value));
    }
    return response;
}

Response update(CustomerService& customers, const Request& request) {
    const CustomerId id = read_id(request);
    const auto version = required_version(request);
    return customer_answer(customers.update(id, parse_customer_change(request), version));
}

Response remove(CustomerService& customers, const Request& request) {
    customers.remove(read_id(request), required_version(request));
    return no_content();
}

Response save_all(CustomerService& customers, const Request& request) {
    CustomerBulk bulk = parse_customer_bulk(request);
    auto result = customers.save_all(bulk.items);
    result.rejected.insert(result.rejected.end(), bulk.rejected.begin(), bulk.rejected.end());
    std::sort(result.rejected.begin(), result.rejected.end(),
              [](const RejectedItem& left, const RejectedItem& right) { return left.index < right.index; });
    return data_answer([&](JsonWriter& json) {
        json.begin_object().member("created", result.created).member("updated", result.updated);
        json.member("unchanged", result.unchanged);
        write_rejected(json, "errors", result.rejected);
        json.end_object();
    });
}

void write_session(JsonWriter& json, const CustomerSession& session) {
    const Timestamp end = session.ended_at.value_or(session.last_seen_at);
    json.begin_object().member("id", session.id.value).member("user", session.user_name);
    json.member("started_at", session.started_at).member("last_seen_at", session.last_seen_at);
    json.member("ended_at", session.ended_at).member("page_views", session.page_views);
    json.member("feature_uses", session.feature_uses);
    json.member("duration_seconds",
                std::chrono::duration_cast<std::chrono::seconds>(end - session.started_at).count());
    json.end_object();
}

Response sessions(CustomerService& customers, const Request& request) {
    Parameters parameters(request);
    const CustomerId id{parameters.id()};
    const std::int64_t limit = read_limit(parameters);
    const auto before = read_number_cursor(parameters, "sessions");
    parameters.check();
    auto found = customers.sessions(id, before ? std::optional{SessionId{*before}} : std::nullopt, limit + 1);
    std::optional<std::string> next;
    if (std::ssize(found) > limit) {
        found.pop_back();
        next = number_cursor("sessions", found.back().id.value);
    }
    JsonWriter json;
    json.begin_object().member("success", true).key("data").begin_array();
    for (const CustomerSession& session : found) write_session(json, session);
    json.end_array();
    write_next_cursor(json, next);
    json.end_object();
    return {.body = json.take()};
}

Response activity(CustomerService& customers, const Request& request) {
    Parameters parameters(request);
    const CustomerId id{parameters.id()};
    const auto days = parameters.integer("days", 1, kMaximumDays).value_or(90);
    parameters.check();
    const auto found = customers.activity(id, static_cast<int>(days));
    return data_answer([&](JsonWriter& json) {
        json.begin_object().member("from", found.from).member("until", found.until).key("days").begin_array();
        for (const ActiveDay& day : found.days) {
            json.begin_object().member("date", day.date).key("events").begin_object();
            for (const auto& [type, count] : day.events) json.member(type, count);
            json.end_object().end_object();
        }
        json.end_array().end_object();
    });
}

Route reading(std::string path, std::vector<std::string> parameters, Handler handle) {
    return {.method = Method::kGet,
            .path = std::move(path),
            .access = Access::kViewer,
            .audited = Audited::kNo,
            .idempotent = Idempotent::kByNature,
            .body = Body::kNone,
            .runs = Runs::kInline,
            .handle = std::move(handle),
            .parameters = std::move(parameters)};
}

}  // namespace

std::vector<Route> customer_routes(CustomerService& customers) {
    return {
        reading("/api/customers",
                {"health_status", "segment", "plan", "region", "scorecard", "search", "sort", "cursor",
                 "limit", "shape"},
                [&](const Request& request) { return list(customers, request); }),
        {.method = Method::kPost,
         .path = "/api/customers",
         .access = Access::kCsm,
         .audited = Audited::kYes,
         .idempotent = Idempotent::kByKey,
         .body = Body::kJson,
         .runs = Runs::kWaits,
         .handle = [&](const Request& request) { return add(customers, request); },
         .parameters = {}},
        {.method = Method::kPost,
         .path = "/api/customers/bulk",
         .access = Access::kCsm,
         .audited = Audited::kYes,
         .idempotent = Idempotent::kByNature,
         .body = Body::kBatch,
         .runs = Runs::kWaits,
         .handle = [&](const Request& request) { return save_all(customers, request); },
         .parameters = {}},
        reading("/api/customers/{id}", {},
                [&](const Request& request) { return customer_answer(customers.get(read_id(request))); }),
        {.method = Method::kPatch,
         .path = "/api/customers/{id}",
         .access = Access::kCsm,
         .audited = Audited::kYes,
         .idempotent = Idempotent::kByNature,
         .body = Body::kJson,
         .runs = Runs::kWaits,
         .handle = [&](const Request& request) { return update(customers, request); },
         .parameters = {}},
        {.method = Method::kDelete,
         .path = "/api/customers/{id}",
         .access = Access::kAdmin,
         .audited = Audited::kYes,
         .idempotent = Idempotent::kByNature,
         .body = Body::kNone,
         .runs = Runs::kWaits,
         .handle = [&](const Request& request) { return remove(customers, request); },
         .parameters = {}},
        reading("/api/customers/{id}/sessions", {"cursor", "limit"},
                [&](const Request& request) { return sessions(customers, request); }),
        reading("/api/customers/{id}/activity", {"days"},
                [&](const Request& request) { return activity(customers, request); }),
    };
}

}  // namespace keepwell::api
