#include "api/json_body.hpp"

#include <catch2/catch.hpp>

#include "domain/error.hpp"

namespace keepwell::api {
namespace {

Request request_with(std::string body, std::string type = "application/json") {
    Request request;
    request.body = std::move(body);
    if (!type.empty()) request.headers.emplace_back("content-type", std::move(type));
    return request;
}

std::string refusal(const Request& request) {
    try {
        parse_json_body(request);
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

}  // namespace

TEST_CASE("JSON that can't be read exactly is refused") {
    const auto body =
        GENERATE(as<std::string>{}, "", "{", "{\"a\":1,}", "nul", "[1] [2]", "{\"a\":NaN}", "{\"a\":1e999}",
                 "\"\xff\"", "\"\\ud800\"", "{\"a\":1,\"a\":2}", "{\"x\":{\"a\":1,\"a\":2}}");
    CAPTURE(body);
    CHECK_FALSE(refusal(request_with(body)).empty());
}

TEST_CASE("JSON is taken up to 64 levels, and a million are refused without a crash") {
    CHECK(refusal(request_with(std::string(64, '[') + std::string(64, ']'))).empty());
    CHECK_THAT(refusal(request_with(std::string(65, '[') + std::string(65, ']'))),
               Catch::Contains("64 levels"));
    CHECK_THAT(refusal(request_with(std::string(1'000'000, '['))), Catch::Contains("64 levels"));
    CHECK(refusal(request_with("[\"" + std::string(500, '[') + "\\\"[[\"]")).empty());
}

TEST_CASE("another media type than JSON is refused, none at all is taken") {
    CHECK(refusal(request_with("[]", "application/json; charset=utf-8")).empty());
    CHECK(refusal(request_with("[]", "application/merge-patch+json")).empty());
    CHECK(refusal(request_with("[]", "")).empty());
    CHECK_THAT(refusal(request_with("[]", "text/plain")), Catch::Contains("application/json"));
}

}  // namespace keepwell::api
