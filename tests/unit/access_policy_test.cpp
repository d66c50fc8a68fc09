#include "api/access_policy.hpp"

#include <catch2/catch.hpp>

#include "domain/error.hpp"

namespace keepwell::api {
namespace {

Request from(std::vector<std::pair<std::string, std::string>> headers) {
    Request request;
    request.headers = std::move(headers);
    return request;
}

ErrorCode refusal_of(const Principal& principal, Access needed) {
    try {
        AccessPolicy::admit(principal, needed);
    } catch (const Error& error) {
        return error.code();
    }
    return ErrorCode::kConflict;  // Admitted: a code that no refusal has.
}
constexpr ErrorCode kAdmitted = ErrorCode::kConflict;

}  // namespace

TEST_CASE("a local request in development is the admin local") {
    const AccessPolicy policy{Config{}};
    const auto host =
        GENERATE(as<std::string>{}, "localhost", "localhost:8000", "127.0.0.1:9", "[::1]:8000", "127.0.0.2");
    CAPTURE(host);
    CHECK(policy.identify(from({{"host", host}})).role == Access::kAdmin);
    CHECK(policy.identify(from({{"host", host}, {"origin", "http://localhost:5173"}})).role ==
          Access::kAdmin);
    CHECK(policy.identify(from({{"host", host}, {"sec-fetch-site", "same-origin"}})).role == Access::kAdmin);
}

TEST_CASE("what another site or a proxy sends is nobody") {
    const AccessPolicy policy{Config{}};
    const auto request = GENERATE(
        from({}), from({{"host", "evil.example"}}), from({{"host", "localhost.evil.example"}}),
        from({{"host", "127.evil.example"}}), from({{"host", "localhost"}, {"forwarded", "for=1.2.3.4"}}),
        from({{"host", "localhost"}, {"x-forwarded-for", "1.2.3.4"}}),
        from({{"host", "localhost"}, {"x-forwarded-proto", "https"}}),
        from({{"host", "localhost"}, {"origin", "https://evil.example"}}),
        from({{"host", "localhost"}, {"origin", "null"}}),
        from({{"host", "localhost"}, {"sec-fetch-site", "cross-site"}}));
    const Principal principal = policy.identify(request);
    CHECK(principal.role == Access::kPublic);
    CHECK_FALSE(principal.refusal.empty());
    CHECK(refusal_of(principal, Access::kViewer) == ErrorCode::kUnauthenticated);
    CHECK(refusal_of(principal, Access::kPublic) == kAdmitted);
}

TEST_CASE("tokens open what they are for") {
    Config config;
    config.environment = "production";
    config.secret_key = std::string(32, 's');
    config.admin_token = std::string(32, 'a');
    config.metrics_token = std::string(32, 'm');
    const AccessPolicy policy{config};
    const auto bearing = [&](const std::string& token) {
        return policy.identify(from({{"host", "localhost"}, {"authorization", "Bearer " + token}}));
    };
    CHECK(refusal_of(policy.identify(from({{"host", "localhost"}})), Access::kViewer) ==
          ErrorCode::kUnauthenticated);
    CHECK(refusal_of(bearing(config.admin_token), Access::kAdmin) == kAdmitted);
    CHECK(refusal_of(bearing(config.admin_token), Access::kMetrics) == kAdmitted);
    CHECK(refusal_of(bearing(config.metrics_token), Access::kMetrics) == kAdmitted);
    CHECK(refusal_of(bearing(config.metrics_token), Access::kViewer) == ErrorCode::kPermissionDenied);
    CHECK(refusal_of(bearing(config.secret_key), Access::kViewer) == ErrorCode::kUnauthenticated);
    CHECK(refusal_of(bearing(""), Access::kMetrics) == ErrorCode::kUnauthenticated);
}

TEST_CASE("a role includes the lower ones only") {
    const Principal csm{.name = "c", .role = Access::kCsm, .refusal = {}};
    CHECK(refusal_of(csm, Access::kViewer) == kAdmitted);
    CHECK(refusal_of(csm, Access::kCsm) == kAdmitted);
    CHECK(refusal_of(csm, Access::kAdmin) == ErrorCode::kPermissionDenied);
    CHECK(refusal_of(csm, Access::kMetrics) == ErrorCode::kPermissionDenied);
    const Principal viewer{.name = "v", .role = Access::kViewer, .refusal = {}};
    CHECK(refusal_of(viewer, Access::kCsm) == ErrorCode::kPermissionDenied);
}

}  // namespace keepwell::api
