#include "api/problem.hpp"

#include "services/json_writer.hpp"

namespace keepwell::api {
namespace {

struct Kind {
    int status;
    std::string_view title;
    std::string_view code;
};

constexpr Kind kKinds[]{
    {400, "Bad Request", "unreadable"},
    {401, "Unauthorized", "unauthenticated"},
    {403, "Forbidden", "permission_denied"},
    {404, "Not Found", "not_found"},
    {405, "Method Not Allowed", "method_not_allowed"},
    {406, "Not Acceptable", "not_acceptable"},
    {408, "Request Timeout", "timeout"},
    {409, "Conflict", "conflict"},
    {411, "Length Required", "unreadable"},
    {412, "Precondition Failed", "precondition_failed"},
    {413, "Content Too Large", "too_large"},
    {414, "URI Too Long", "too_large"},
    {415, "Unsupported Media Type", "unsupported_type"},
    {417, "Expectation Failed", "unreadable"},
    {422, "Unprocessable Content", "invalid"},
    {429, "Too Many Requests", "too_many_requests"},
    {431, "Request Header Fields Too Large", "too_large"},
    {500, "Internal Server Error", "internal"},
    {501, "Not Implemented", "unreadable"},
    {503, "Service Unavailable", "unavailable"},
    {505, "HTTP Version Not Supported", "unreadable"},
    {507, "Insufficient Storage", "unavailable"},
};

const Kind& kind_of(int status) {
    static constexpr Kind kOther{500, "Error", "internal"};
    for (const Kind& kind : kKinds) {
        if (kind.status == status) return kind;
    }
    return kOther;
}

constexpr const char* kRetryAfterSeconds = "2";

}  // namespace

int status_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::kUnreadable:
            return 400;
        case ErrorCode::kInvalid:
            return 422;
        case ErrorCode::kUnauthenticated:
            return 401;
        case ErrorCode::kPermissionDenied:
            return 403;
        case ErrorCode::kNotFound:
            return 404;
        case ErrorCode::kConflict:
            return 409;
        case ErrorCode::kPreconditionFailed:
            return 412;
        case ErrorCode::kTooLarge:
            return 413;
        case ErrorCode::kUnsupportedType:
            return 415;
        case ErrorCode::kTooManyRequests:
            return 429;
        case ErrorCode::kUnavailable:
            return 503;
    }  // No default: a new code must choose its status here.
    return 500;
}

std::string_view status_title(int status) {
    return kind_of(status).title;
}

Response problem_response(const Problem& problem) {
    const Kind& kind = kind_of(problem.status);
    const std::string detail = problem.detail.empty() ? std::string{kind.title} : problem.detail;
    JsonWriter json;
    json.begin_object();
    json.member("type", "about:blank").member("title", kind.title).member("status", problem.status);
    json.member("detail", detail);
    if (!problem.instance.empty()) json.member("instance", problem.instance);
    json.member("code", kind.code);
    if (!problem.errors.empty()) {
        json.key("errors").begin_array();
        for (const FieldError& error : problem.errors) {
            json.begin_object()
                .member("pointer", error.pointer)
                .member("message", error.message)
                .end_object();
        }
        json.end_array();
    }
    if (!problem.request_id.empty()) json.member("request_id", problem.request_id);
    json.member("success", false)
        .member("error", problem.error.empty() ? detail : problem.error)
        .member("message", detail)
        .end_object();
    Response response;
    response.status = problem.status;
    response.content_type = "application/problem+json";
    response.body = json.take();
    if (problem.status == 429 || problem.status == 503)
        response.headers.emplace_back("Retry-After", kRetryAfterSeconds);
    return response;
}

}  // namespace keepwell::api
