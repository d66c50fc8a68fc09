#include <catch2/catch.hpp>

#include "tests/support/api_client.hpp"
#include "tests/support/process.hpp"
#include "tests/support/running_app.hpp"

namespace keepwell::testing {
namespace {

using namespace std::chrono_literals;

const std::string kSecret(32, 's');
const std::string kAdminToken(32, 'a');
const std::string kMetricsToken(32, 'm');

std::string bearer(const std::string& token) {
    return "Authorization: Bearer " + token + "\r\n";
}

/// How the program ends that is told to serve so; 124 when it does not end.
int ends_with(const Environment& environment, std::string& output) {
    const TemporaryFolder folder;
    Process process({"serve", "--api-port", "0"}, environment, folder.path());
    const int status = process.wait(10s).value_or(124);
    output = process.output();
    return status;
}

}  // namespace

TEST_CASE("without signing in, only what comes from this machine's own pages and programs is let in") {
    const RunningApp app;
    const ApiClient client(app.port());
    for (const char* headers :
         {"Host: evil.example\r\n", "Host: localhost.evil.example\r\n", "Host: 127.0.0.1.evil.example\r\n",
          "Host: 192.168.0.1\r\n", "X-Forwarded-For: 10.0.0.1\r\n", "X-Forwarded-Host: localhost\r\n",
          "Forwarded: for=10.0.0.1\r\n", "Origin: https://evil.example\r\n", "Origin: null\r\n",
          "Origin: http://localhost.evil.example\r\n", "Sec-Fetch-Site: cross-site\r\n"}) {
        CAPTURE(headers);
        for (const char* target :
             {"/accounts", "/portfolio/summary", "/api/imports", "/metrics", "/health"}) {
            CAPTURE(target);
            CHECK(client.get(target, headers).status == 401);
        }
        CHECK(client.upload("sample.csv", kSampleCsv, "", headers).status == 401);
        CHECK(client.post("/health/recompute", "", headers).status == 401);
        CHECK(client.get("/livez", headers).status == 200);
        CHECK(client.get("/readyz", headers).status == 200);
    }
    for (const char* headers : {"Host: localhost:8000\r\n", "Host: 127.0.0.1\r\n", "Host: [::1]:8000\r\n",
                                "Origin: http://localhost:5173\r\n", "Sec-Fetch-Site: same-origin\r\n"}) {
        CAPTURE(headers);
        CHECK(client.get("/accounts", headers).status == 200);
    }
    CHECK(client.accounts() == 0);
}

TEST_CASE("pages of the allowed origins may call, and no others are told that they may") {
    const RunningApp app;
    const ApiClient client(app.port());
    const Reply allowed = client.get("/accounts", "Origin: http://localhost:3000\r\n");
    CHECK(allowed.header("access-control-allow-origin") == "http://localhost:3000");
    CHECK(client.get("/livez", "Origin: https://evil.example\r\n")
              .header("access-control-allow-origin")
              .empty());
    const Reply preflight = client.send("OPTIONS", "/accounts", "", "Origin: http://localhost:3000\r\n");
    CHECK(preflight.status == 204);
    CHECK_FALSE(preflight.header("access-control-allow-methods").empty());
}

TEST_CASE("the admin's token opens everything, the token of the metrics nothing but them") {
    const ServerProcess server({{"ENVIRONMENT", "production"},
                                {"SECRET_KEY", kSecret},
                                {"ADMIN_TOKEN", kAdminToken},
                                {"METRICS_TOKEN", kMetricsToken}});
    const ApiClient client(server.port());
    for (const std::string& headers : {std::string{}, bearer("x"), bearer(kAdminToken + "a"), bearer(""),
                                       "Authorization: Basic " + kAdminToken + "\r\n"}) {
        CAPTURE(headers);
        for (const char* target : {"/accounts", "/metrics", "/health", "/api/jobs/1"})
            CHECK(client.get(target, headers).status == 401);
        CHECK(client.upload("sample.csv", kSampleCsv, "", headers).status == 401);
    }
    CHECK(client.get("/livez").status == 200);
    CHECK(client.get("/accounts", bearer(kAdminToken)).status == 200);
    CHECK(client.upload("sample.csv", kSampleCsv, "", bearer(kAdminToken)).status == 200);
    CHECK(client.get("/metrics", bearer(kAdminToken)).status == 200);
    CHECK(client.get("/metrics", bearer(kMetricsToken)).status == 200);
    CHECK(client.get("/accounts", bearer(kMetricsToken)).status == 403);
}

TEST_CASE("an unsafe start is refused with what is missing") {
    std::string output;
    CHECK(ends_with({{"ENVIRONMENT", "production"}}, output) != 0);
    CHECK_THAT(output, Catch::Contains("SECRET_KEY"));
    CHECK(ends_with({{"API_HOST", "0.0.0.0"}}, output) != 0);
    CHECK_THAT(output, Catch::Contains("SECRET_KEY") && Catch::Contains("API_HOST"));
    CHECK(ends_with({{"ENVIRONMENT", "production"}, {"SECRET_KEY", "short-secret"}}, output) != 0);
    CHECK_THAT(output, Catch::Contains("SECRET_KEY") && !Catch::Contains("short-secret"));
}

TEST_CASE("a start with settings that can't work ends with the reason") {
    std::string output;
    CHECK(ends_with({{"API_PORT", "x"}, {"LOG_LEVEL", "loud"}}, output) != 0);
    CHECK_THAT(output, Catch::Contains("LOG_LEVEL"));
    CHECK(ends_with({{"DATABASE_URL", "mysql://there"}}, output) != 0);
    CHECK_THAT(output, Catch::Contains("DATABASE_URL"));
    CHECK(ends_with({{"DATABASE_URL", "sqlite:////no/such/folder/keepwell.db"}}, output) != 0);
    CHECK_THAT(output, Catch::Contains("/no/such/folder"));
    CHECK(ends_with({{"DATABASE_URL", "postgresql://nobody:hunter2@127.0.0.1:1/none"}}, output) != 0);
    CHECK_THAT(output, Catch::Contains("DATABASE_URL") && !Catch::Contains("hunter2"));
    const RunningApp other;
    const TemporaryFolder folder;
    Process second({"serve", "--api-port", std::to_string(other.port())}, {}, folder.path());
    CHECK(second.wait(10s).value_or(0) != 0);
    CHECK_THAT(second.output(), Catch::Contains(std::to_string(other.port())));
}

}  // namespace keepwell::testing
