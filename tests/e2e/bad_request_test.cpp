#include <catch2/catch.hpp>
#include <chrono>

#include "tests/support/api_client.hpp"
#include "tests/support/running_app.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::testing {
namespace {

using Schema = test::TestDatabase::Schema;

constexpr std::string_view kJson = "Content-Type: application/json\r\n";

struct BadGet {
    int status;
    const char* target;
};
constexpr BadGet kBadGets[]{
    {422, "/accounts?page=0"},
    {422, "/accounts?page=-1"},
    {422, "/accounts?page=abc"},
    {422, "/accounts?page="},
    {422, "/accounts?page=1.5"},
    {422, "/accounts?page=99999999999999999999"},
    {422, "/accounts?page=9007199254740991"},
    {422, "/accounts?page_size=0"},
    {422, "/accounts?page_size=1000"},
    {422, "/accounts?colour=red"},
    {422, "/accounts?page=1&page=2"},
    {422, "/accounts?sort=password"},
    {422, "/accounts?sort=--id"},
    {422, "/accounts?sort=id;drop"},
    {422, "/accounts?cursor=zzz"},
    {422, "/accounts?cursor=a"},
    {422, "/accounts?cursor=a-1"},
    {422, "/accounts?cursor=affffffffffffffffffff"},
    {422, "/accounts?cursor=a1&sort=-arr"},
    {422, "/accounts?search="},
    {400, "/accounts?search=%ff"},
    {400, "/accounts?search=%00"},
    {400, "/accounts?search=%zz"},
    {422, "/accounts/abc"},
    {422, "/accounts/0"},
    {422, "/accounts/-1"},
    {422, "/accounts/1.0"},
    {422, "/accounts/0x1"},
    {422, "/accounts/99999999999999999999"},
    {404, "/accounts/999"},
    {404, "/accounts/9007199254740991"},
    {422, "/accounts/9007199254740992"},
    {404, "/accounts/999/health"},
    {404, "/accounts/999/health-history"},
    {404, "/accounts/999/metrics-history"},
    {422, "/accounts/1?as_of=2024-02-30"},
    {422, "/accounts/1?as_of=yesterday"},
    {422, "/accounts/1?as_of=0000-00-00"},
    {422, "/accounts/1/health?as_of=2024-1-1"},
    {422, "/accounts/1/health-history?limit=0"},
    {422, "/accounts/1/health-history?limit=1001"},
    {422, "/accounts/1/health-history?days=0"},
    {422, "/accounts/1/metrics-history?days=99999999"},
    {422, "/portfolio/summary?as_of=2024-13-01"},
    {422, "/portfolio/summary?page=1"},
    {404, "/api/jobs/999"},
    {422, "/api/jobs/abc"},
    {404, "/api/imports/999/errors"},
    {422, "/api/imports/x/errors"},
    {404, "/unknown"},
    {404, "/accounts/"},
    {404, "/accounts/1/unknown"},
    {404, "/docs/assets/unknown.js"},
    {404, "/Accounts"},
    {400, "/accounts/%00"},
    {422, "/accounts/1%2F2"},
};

struct BadPost {
    int status;
    const char* what;
    std::string target;
    std::string type;
    std::string body;
};

std::vector<BadPost> bad_posts() {
    const std::string json{kJson};
    const std::string target = "/actions/recommend";
    std::string many = "[";
    for (int i = 0; i < 101; ++i) many += i == 0 ? "\"a\"" : ",\"a\"";
    return {
        {400, "broken JSON", target, json, R"({"risk_factors":)"},
        {400, "two values", target, json, "[] []"},
        {400, "a trailing comma", target, json, "[\"a\",]"},
        {400, "NaN", target, json, "[NaN]"},
        {400, "bytes that are no UTF-8", target, json, "[\"\xFF\"]"},
        {400, "half of a surrogate pair", target, json, R"(["\ud800"])"},
        {400, "a deep body", target, json, std::string(100'000, '[')},
        {400, "a deep body that is whole", target, json,
         std::string(400'000, '[') + std::string(400'000, ']')},
        {400, "a member twice", target, json, R"({"risk_factors":[],"risk_factors":["a"]})"},
        {422, "a number", target, json, "7"},
        {422, "a text", target, json, "\"Low NPS\""},
        {422, "null", target, json, "null"},
        {422, "risks that are none", target, json, R"({"risk_factors":"a"})"},
        {422, "numbers for risks", target, json, R"({"risk_factors":[1,2]})"},
        {422, "too many risks", target, json, many + "]"},
        {422, "a risk that is too long", target, json, "[\"" + std::string(201, 'x') + "\"]"},
        {415, "another type", target, "Content-Type: text/xml\r\n", "<a/>"},
        {415, "another coding", target, json + "Content-Encoding: br\r\n", "[]"},
        {400, "gzip that is none", target, json + "Content-Encoding: gzip\r\n", "[]"},
        {422, "a wrong account", target + "?account_id=abc", "", ""},
        {404, "an unknown account", target + "?account_id=999", "", ""},
        {422, "a wrong flag", "/ingest/csv?dry_run=perhaps", std::string{kFormType},
         form_with_file("a.csv", kSampleCsv)},
        {413, "a body that is too large", target, json, "[\"" + std::string(1'000'000, 'x') + "\"]"},
    };
}

}  // namespace

TEST_CASE("a request that makes no sense is answered with its mistake, and changes nothing") {
    test::TestDatabase database(GENERATE(from_range(test::database_kinds())), Schema::kEmpty);
    CAPTURE(database.url());
    const RunningApp app(database.url());
    const ApiClient client(app.port());
    REQUIRE(client.upload("sample.csv", kSampleCsv).status == 200);
    const auto before = client.pages();
    for (const BadGet& bad : kBadGets) {
        CAPTURE(bad.target);
        CHECK(client.get(bad.target).status == bad.status);
    }
    for (const BadPost& bad : bad_posts()) {
        CAPTURE(bad.what);
        CHECK(client.post(bad.target, bad.body, bad.type).status == bad.status);
    }
    CHECK(client.pages() == before);
}

TEST_CASE("every mistake in the parameters is named") {
    const RunningApp app;
    const ApiClient client(app.port());
    const auto problem = json_of(client.get("/accounts?page=0&page_size=1000&sort=x"));
    REQUIRE(problem["errors"].Size() == 3);
    CHECK(std::string{problem["errors"][0]["pointer"].GetString()} == "page");
    CHECK(std::string{problem["errors"][1]["pointer"].GetString()} == "page_size");
    CHECK(std::string{problem["errors"][2]["pointer"].GetString()} == "sort");
}

TEST_CASE("another method is refused with those that there are") {
    const RunningApp app;
    const ApiClient client(app.port());
    for (const char* method : {"POST", "PUT", "PATCH", "DELETE"}) {
        CAPTURE(method);
        const Reply reply = client.send(method, "/accounts", "", "");
        CHECK(reply.status == 405);
        CHECK(reply.header("allow") == "GET, HEAD, OPTIONS");
    }
    CHECK(client.get("/ingest/csv").header("allow") == "POST, OPTIONS");
    CHECK(client.send("HEAD", "/accounts", "", "").status == 200);
    CHECK(client.send("OPTIONS", "/accounts", "", "").status == 204);
}

TEST_CASE("a body over the limit is refused at once, and nothing of it stays") {
    api::Config config;
    config.upload_limit_mb = 1;
    const RunningApp app({}, config);
    const auto begin = std::chrono::steady_clock::now();
    RawClient announced(app.port());
    announced.send(
        "POST /ingest/csv HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\nContent-Length: "
        "5000000\r\n\r\n");
    CHECK(announced.receive().status == 413);
    RawClient chunked(app.port());
    chunked.send(
        "POST /ingest/csv HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\nTransfer-Encoding: "
        "chunked\r\n\r\n");
    const std::string chunk = "40000\r\n" + std::string(0x40000, 'x') + "\r\n";
    for (int i = 0; i < 5; ++i) chunked.send(chunk);
    CHECK(chunked.receive().status == 413);
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(1));
    CHECK(ApiClient(app.port()).accounts() == 0);
    // The server's own folder in there stays; what was uploaded must not.
    CHECK(eventually([&] {
        std::size_t files = 0;
        for (const auto& entry :
             std::filesystem::recursive_directory_iterator(app.folder() / "files" / "spill")) {
            files += entry.is_regular_file() ? 1 : 0;
        }
        return files == 0;
    }));
}

}  // namespace keepwell::testing
