#include "api/health_routes.hpp"

#include <rapidjson/document.h>

#include <algorithm>

#include "api/health_json.hpp"
#include "api/json_body.hpp"
#include "api/parameters.hpp"

namespace keepwell::api {
namespace {

constexpr std::int64_t kMaximumDays = 1'000;
constexpr std::int64_t kDefaultDays = 90;
constexpr std::int64_t kOverrides = 200;
constexpr std::chrono::days kUsualComparison{30};

/// `{"success": true, "data": …}`.
template <typename Write>
Response envelope(Write write) {
    JsonWriter json;
    json.begin_object().member("success", true).key("data");
    write(json);
    json.end_object();
    return {.body = json.take()};
}

Response report(const HealthReport& found, const HealthService& health) {
    return envelope([&](JsonWriter& json) { write_health_report(json, found, health); });
}

Response get(HealthService& health, const Request& request) {
    Parameters parameters(request);
    const CustomerId id{parameters.id()};
    const auto as_of = parameters.date("as_of");
    parameters.check();
    return report(health.get(id, as_of), health);
}

void refuse_backwards(Parameters& parameters, std::optional<Date> from, std::optional<Date> to) {
    if (from && to && *from > *to) parameters.refuse("from", "must not be after to");
}

Response history(HealthService& health, const Request& request) {
    Parameters parameters(request);
    const CustomerId id{parameters.id()};
    const auto from = parameters.date("from");
    const auto to = parameters.date("to");
    const auto limit = parameters.integer("limit", 1, kMaximumDays).value_or(kDefaultDays);
    refuse_backwards(parameters, from, to);
    parameters.check();
    const auto scores = health.history(id, from, to, limit);
    return envelope([&](JsonWriter& json) {
        json.begin_array();
        for (const HealthScore& score : scores) write_day(json, score);
        json.end_array();
    });
}

Response changes(HealthService& health, const Request& request) {
    Parameters parameters(request);
    const CustomerId id{parameters.id()};
    const auto from = parameters.date("from");
    const Date to = parameters.date("to").value_or(health.today());
    refuse_backwards(parameters, from, to);
    parameters.check();
    const Date start = from.value_or(to - kUsualComparison);
    const HealthMove move = health.changes(id, start, to);
    return envelope([&](JsonWriter& json) { write_health_move(json, move, start, to); });
}

NewOverride parse_override(const HealthService& health, const Request& request) {
    const rapidjson::Document body = parse_json_body(request);
    if (!body.IsObject()) throw invalid({{"", "must be an object with score and reason"}});
    NewOverride said{.author = request.principal.name};
    std::vector<FieldError> mistakes;
    bool has_score = false;
    bool has_reason = false;
    for (const auto& member : body.GetObject()) {
        const std::string name{member.name.GetString(), member.name.GetStringLength()};
        const rapidjson::Value& value = member.value;
        const auto refuse = [&](const char* message) { mistakes.push_back({"/" + name, message}); };
        if (name == "score") {
            has_score = true;
            value.IsNumber() ? static_cast<void>(said.score = value.GetDouble())
                             : refuse("must be a number from 0 to 100");
        } else if (name == "reason") {
            has_reason = true;
            value.IsString()
                ? static_cast<void>(said.reason.assign(value.GetString(), value.GetStringLength()))
                : refuse("must be a text");
        } else if (name == "expires_at") {
            if (value.IsNull()) continue;
            if (value.IsString())
                said.expires_at = parse_timestamp({value.GetString(), value.GetStringLength()});
            if (!said.expires_at) refuse("must be a time as in RFC 3339, e.g. 2026-12-24T18:00:00Z");
        } else {
            refuse("is not known here");
        }
    }
    if (!has_score) mistakes.push_back({"/score", "is required"});
    if (!has_reason) mistakes.push_back({"/reason", "is required"});
    for (FieldError& mistake : health.mistakes_in(said)) {
        const bool is_told = std::any_of(mistakes.begin(), mistakes.end(), [&](const FieldError& told) {
            return told.pointer == mistake.pointer;
        });
        if (!is_told) mistakes.push_back(std::move(mistake));
    }
    if (!mistakes.empty()) throw invalid(std::move(mistakes));
    return said;
}

Response set_override(HealthService& health, const Request& request) {
    Parameters parameters(request);
    const CustomerId id{parameters.id()};
    parameters.check();
    return report(health.set_override(id, parse_override(health, request)), health);
}

Response remove_override(HealthService& health, const Request& request) {
    Parameters parameters(request);
    const CustomerId id{parameters.id()};
    parameters.check();
    return report(health.remove_override(id), health);
}

Response overrides(HealthService& health, const Request& request) {
    Parameters parameters(request);
    const CustomerId id{parameters.id()};
    parameters.check();
    const auto all = health.overrides(id, kOverrides);
    return envelope([&](JsonWriter& json) {
        json.begin_array();
        for (const HealthOverride& override : all) write_override(json, override);
        json.end_array();
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

Route judging(Method method, Body body, Handler handle) {
    return {.method = method,
            .path = "/api/customers/{id}/health/override",
            .access = Access::kCsm,
            .audited = Audited::kYes,
            .idempotent = Idempotent::kByNature,
            .body = body,
            .runs = Runs::kInline,
            .handle = std::move(handle),
            .parameters = {}};
}

}  // namespace

std::vector<Route> health_routes(HealthService& health) {
    const std::string base = "/api/customers/{id}/health";
    return {
        reading(base, {"as_of"}, [&](const Request& request) { return get(health, request); }),
        reading(base + "/history", {"from", "to", "limit"},
                [&](const Request& request) { return history(health, request); }),
        reading(base + "/changes", {"from", "to"},
                [&](const Request& request) { return changes(health, request); }),
        reading(base + "/overrides", {}, [&](const Request& request) { return overrides(health, request); }),
        judging(Method::kPut, Body::kJson,
                [&](const Request& request) { return set_override(health, request); }),
        judging(Method::kDelete, Body::kNone,
                [&](const Request& request) { return remove_override(health, request); }),
    };
}

}  // namespace keepwell::api
