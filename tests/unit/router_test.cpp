#include "api/router.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

namespace keepwell::api {
namespace {

Route route(Method method, std::string path) {
    return {.method = method,
            .path = std::move(path),
            .access = Access::kPublic,
            .audited = Audited::kNo,
            .idempotent = Idempotent::kByNature,
            .body = Body::kNone,
            .runs = Runs::kInline,
            .handle = {},
            .parameters = {}};
}

std::string matched(const Router& router, Method method, const std::vector<std::string>& segments) {
    const auto match = router.match(method, segments);
    return match.route == nullptr ? "" : match.route->path;
}

}  // namespace

TEST_CASE("the router finds rows by segments, fixed ones before parameters before the rest") {
    const Router router({route(Method::kGet, "/"), route(Method::kGet, "/accounts"),
                         route(Method::kGet, "/accounts/{id}"), route(Method::kGet, "/accounts/all"),
                         route(Method::kGet, "/accounts/{id}/health"), route(Method::kGet, "/app/"),
                         route(Method::kGet, "/app/{path...}"), route(Method::kPost, "/accounts")});
    CHECK(matched(router, Method::kGet, {}) == "/");
    CHECK(matched(router, Method::kGet, {"accounts"}) == "/accounts");
    CHECK(matched(router, Method::kGet, {"accounts", "all"}) == "/accounts/all");
    CHECK(matched(router, Method::kGet, {"accounts", "7"}) == "/accounts/{id}");
    CHECK(matched(router, Method::kGet, {"accounts", "7", "health"}) == "/accounts/{id}/health");
    CHECK(matched(router, Method::kGet, {"app", ""}) == "/app/");
    CHECK(matched(router, Method::kGet, {"app", "a", "b.js"}) == "/app/{path...}");
    CHECK(router.match(Method::kGet, {"app", "a", "b.js"}).parameters.at("path") == "a/b.js");
    CHECK(router.match(Method::kGet, {"accounts", "a/b"}).parameters.at("id") == "a/b");
}

TEST_CASE("the router tells an unknown path from a wrong method") {
    const Router router({route(Method::kGet, "/accounts"), route(Method::kPost, "/accounts")});
    CHECK(router.match(Method::kGet, {"nothing"}).allowed.empty());
    CHECK(router.match(Method::kGet, {"accounts", ""}).allowed.empty());
    const auto wrong = router.match(Method::kDelete, {"accounts"});
    CHECK(wrong.route == nullptr);
    CHECK(wrong.allowed == std::vector{Method::kGet, Method::kPost});
}

TEST_CASE("two rows for the same method and path are a mistake in the program") {
    CHECK_THROWS_AS(Router({route(Method::kGet, "/a"), route(Method::kGet, "/a")}), std::logic_error);
}

}  // namespace keepwell::api
