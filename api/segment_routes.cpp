#include "api/segment_routes.hpp"

#include "api/answer.hpp"
#include "api/json_body.hpp"
#include "api/json_members.hpp"
#include "api/parameters.hpp"

namespace keepwell::api {
namespace {

constexpr std::size_t kMaximumName = 100;
constexpr std::int64_t kMaximumCalls = 1'000'000'000;

void write_segment(JsonWriter& json, const Segment& segment) {
    json.begin_object().member("name", segment.name).member("folded_name", folded_segment(segment.name));
    json.member("expected_api_calls", segment.expected_api_calls).end_object();
}

Response list(SegmentService& segments) {
    const auto all = segments.list();
    return data_answer([&](JsonWriter& json) {
        json.begin_array();
        for (const Segment& segment : all) write_segment(json, segment);
        json.end_array();
    });
}

std::string read_name(const Request& request) {
    Parameters parameters(request);
    std::string name = parameters.path_text("name", kMaximumName);
    parameters.check();
    return name;
}

Segment parse_segment(const Request& request, std::string name) {
    const rapidjson::Document body = parse_json_body(request);
    std::vector<FieldError> mistakes;
    Segment segment{.name = std::move(name)};
    // As it is listed, so that what was read can be changed and sent back.
    JsonMembers members(body, "", {"name", "folded_name", "expected_api_calls"}, mistakes);
    members.require("expected_api_calls");
    segment.expected_api_calls = members.integer("expected_api_calls", 1, kMaximumCalls).value_or(0);
    if (!mistakes.empty()) throw invalid(std::move(mistakes));
    return segment;
}

Response save(SegmentService& segments, const Request& request) {
    const Segment saved = segments.save(parse_segment(request, read_name(request)));
    return data_answer([&](JsonWriter& json) { write_segment(json, saved); });
}

Response remove(SegmentService& segments, const Request& request) {
    segments.remove(read_name(request));
    return no_content();
}

}  // namespace

std::vector<Route> segment_routes(SegmentService& segments) {
    return {
        {.method = Method::kGet,
         .path = "/api/segments",
         .access = Access::kViewer,
         .audited = Audited::kNo,
         .idempotent = Idempotent::kByNature,
         .body = Body::kNone,
         .runs = Runs::kInline,
         .handle = [&](const Request&) { return list(segments); },
         .parameters = {}},
        {.method = Method::kPut,
         .path = "/api/segments/{name}",
         .access = Access::kAdmin,
         .audited = Audited::kYes,
         .idempotent = Idempotent::kByNature,
         .body = Body::kJson,
         .runs = Runs::kWaits,
         .handle = [&](const Request& request) { return save(segments, request); },
         .parameters = {}},
        {.method = Method::kDelete,
         .path = "/api/segments/{name}",
         .access = Access::kAdmin,
         .audited = Audited::kYes,
         .idempotent = Idempotent::kByNature,
         .body = Body::kNone,
         .runs = Runs::kWaits,
         .handle = [&](const Request& request) { return remove(segments, request); },
         .parameters = {}},
    };
}

}  // namespace keepwell::api
