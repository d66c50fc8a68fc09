#include <catch2/catch.hpp>
#include <set>

#include "tests/support/json_client.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::testing {
namespace {

using Schema = test::TestDatabase::Schema;

/// Ties in every column, names of every kind, values that are missing.
void add_customers(const ApiClient& client, int count) {
    std::string body = R"({"customers":[)";
    for (int i = 0; i < count; ++i) {
        body += i == 0 ? "" : ",";
        body += R"({"name":"Müller \"%\" )" + std::to_string(i % 7) + R"(","external_id":"c)" +
                std::to_string(i) + R"(","email":"c)" + std::to_string(i) + R"(@example.com","segment":")" +
                (i % 3 == 0   ? "SMB"
                 : i % 3 == 1 ? ""
                              : "Enterprise") +
                R"(","region":"EU","plan":")" + (i % 2 == 0 ? "Pro" : "Basic") + R"(","arr":)" +
                std::to_string(i % 5 + 1) + "000.25}";
    }
    const auto result = json_of(post_json(client, "/api/customers/bulk", body + "]}"));
    REQUIRE(result["data"]["created"].GetInt() == count);
}

std::vector<std::int64_t> walk(const ApiClient& client, const std::string& query) {
    std::vector<std::int64_t> ids;
    std::string cursor;
    do {
        const auto page = client.json("/api/customers?limit=7" + query + cursor);
        for (const auto& customer : page["data"].GetArray()) ids.push_back(customer["id"].GetInt64());
        if (page["next_cursor"].IsNull()) return ids;
        cursor = std::string{"&cursor="} + page["next_cursor"].GetString();
    } while (ids.size() < 1000);
    return ids;
}

}  // namespace

TEST_CASE("paging in any order shows every customer exactly once") {
    test::TestDatabase database(GENERATE(from_range(test::database_kinds())), Schema::kEmpty);
    CAPTURE(database.url());
    const RunningApp app(database.url());
    const ApiClient client(app.port());
    REQUIRE(client.upload("sample.csv", kSampleCsv).status == 200);  // Some with scores, most without.
    add_customers(client, 40);
    for (const std::string name : {"id", "name", "health_score", "arr", "updated_at", "segment", "region"}) {
        const auto up = walk(client, "&sort=" + name);
        const auto down = walk(client, "&sort=-" + name);
        CAPTURE(name);
        CHECK(up.size() == 45);
        CHECK(std::set(up.begin(), up.end()).size() == 45);
        CHECK(down.size() == 45);
        CHECK(std::set(down.begin(), down.end()).size() == 45);
    }
    CHECK(walk(client, "&plan=Pro").size() == 20);
    CHECK(walk(client, "&segment=SMB&sort=-arr").size() == 16);
    CHECK(walk(client, "&search=m%C3%BCller&sort=name").size() == 40);
    CHECK(walk(client, "&health_status=healthy").size() == 3);
    CHECK(walk(client, "&health_status=splendid").empty());
    CHECK(client.json("/api/customers?scorecard=metrics")["total"].GetInt() == 5);
    CHECK(client.json("/api/customers?sort=-health_score&limit=1")["data"][0]["health_score"].GetDouble() ==
          89.75);
}

TEST_CASE("a cursor belongs to its order, and a bare list links to its next page") {
    const RunningApp app;
    const ApiClient client(app.port());
    add_customers(client, 5);
    const std::string cursor = client.json("/api/customers?sort=name&limit=2")["next_cursor"].GetString();
    CHECK(client.get("/api/customers?sort=name&cursor=" + cursor).status == 200);
    CHECK(client.get("/api/customers?sort=-name&cursor=" + cursor).status == 422);
    CHECK(client.get("/api/customers?cursor=" + cursor).status == 422);
    for (const char* bad : {"x", "00", "zz", "63757374", "637573746f6d6572730a69640a310a2d0a78"}) {
        CAPTURE(bad);
        CHECK(client.get(std::string{"/api/customers?cursor="} + bad).status == 422);
    }

    std::string target = "/api/customers?shape=bare&limit=2&search=%22%25%22";
    std::size_t seen = 0;
    for (int pages = 0; pages < 10; ++pages) {
        const Reply page = client.get(target);
        seen += json_of(page).Size();
        const std::string link = page.header("link");
        if (link.empty()) break;
        REQUIRE(link.ends_with(">; rel=\"next\""));
        target = link.substr(1, link.find('>') - 1);
    }
    CHECK(seen == 5);
}

TEST_CASE("the dashboard counts customers by health") {
    test::TestDatabase database(GENERATE(from_range(test::database_kinds())), Schema::kEmpty);
    CAPTURE(database.url());
    const RunningApp app(database.url());
    const ApiClient client(app.port());
    const auto empty = client.json("/api/dashboard/stats");
    CHECK(empty["data"]["total_customers"].GetInt() == 0);
    CHECK(empty["data"]["distribution"]["healthy_percent"].GetDouble() == 0);
    REQUIRE(client.upload("sample.csv", kSampleCsv).status == 200);
    const auto stats = client.json("/api/dashboard/stats");
    CHECK(stats["data"]["total_customers"].GetInt() == 5);
    CHECK(stats["data"]["healthy_customers"].GetInt() == 3);
    CHECK(stats["data"]["at_risk_customers"].GetInt() == 1);
    CHECK(stats["data"]["critical_customers"].GetInt() == 1);
    CHECK(stats["data"]["insufficient_data_customers"].GetInt() == 0);
    CHECK(stats["data"]["distribution"]["healthy_percent"].GetDouble() == 60);
    CHECK(stats["data"]["average_health_score"].GetDouble() == 62.63);
}

TEST_CASE("a request about customers that makes no sense is answered with its mistake") {
    test::TestDatabase database(GENERATE(from_range(test::database_kinds())), Schema::kEmpty);
    CAPTURE(database.url());
    const RunningApp app(database.url());
    const ApiClient client(app.port());
    add_customer(client, R"({"name":"Acme"})");
    for (const char* target :
         {"/api/customers?sort=password", "/api/customers?sort=--id", "/api/customers?limit=0",
          "/api/customers?limit=201", "/api/customers?shape=round", "/api/customers?page=1",
          "/api/customers?search=", "/api/customers/x", "/api/customers/0",
          "/api/customers/1?as_of=2024-01-01", "/api/customers/1/activity?days=0",
          "/api/customers/1/activity?days=366", "/api/customers/1/sessions?cursor=1",
          "/api/customers/1/events?from=yesterday", "/api/customers/1/events?cursor=6a",
          "/api/jobs?state=lost", "/api/jobs?cursor=a"}) {
        CAPTURE(target);
        CHECK(client.get(target).status == 422);
    }
    for (const char* target : {"/api/customers/99", "/api/customers/99/sessions",
                               "/api/customers/99/activity", "/api/customers/99/events"}) {
        CAPTURE(target);
        CHECK(client.get(target).status == 404);
    }
    const std::vector<std::pair<int, std::string>> bad{
        {400, "{"},
        {400, R"({"name":"a","name":"b"})"},
        {400, R"({"name":"a","mrr":NaN})"},
        {422, "[]"},
        {422, "{}"},
        {422, R"({"name":null})"},
        {422, R"({"name":"  "})"},
        {422, R"({"name":7})"},
        {422, R"({"name":"a\u0000b"})"},
        {422, R"({"name":")" + std::string(201, 'x') + "\"}"},
        {422, R"({"name":"a","email":"nobody"})"},
        {422, R"({"name":"a","mrr":1.005})"},
        {422, R"({"name":"a","arr":-1})"},
        {422, R"({"name":"a","arr":1e15})"},
        {422, R"({"name":"a","signup_date":"2025-02-30"})"},
        {422, R"({"name":"a","is_active":"yes"})"},
        {422, R"({"name":"a","churned_at":5})"},
        {422, R"({"name":"a","custom":[]})"},
        {422, R"({"name":"a","custom":{"b":{}}})"},
        {422, R"({"name":"a","scorecard":"nonesuch"})"},
    };
    for (const auto& [status, body] : bad) {
        CAPTURE(body);
        CHECK(post_json(client, "/api/customers", body).status == status);
        const bool is_change = body != "{}";
        if (is_change) CHECK(send_json(client, "PATCH", "/api/customers/1", body).status == status);
    }
    const Reply many = post_json(client, "/api/customers", R"({"email":"x","mrr":"y","is_active":1})");
    CHECK(json_of(many)["errors"].Size() == 4);
    CHECK(client.post("/api/customers", "{}", "Content-Type: text/xml\r\n").status == 415);
    CHECK(send_json(client, "PATCH", "/api/customers/99", "{}").status == 404);
    for (const char* body : {"{}", R"({"customers":{}})", R"({"customers":[],"more":1})"}) {
        CAPTURE(body);
        CHECK(post_json(client, "/api/customers/bulk", body).status == 422);
    }
    CHECK(client.json("/api/customers")["total"].GetInt() == 1);
    CHECK(client.send("PUT", "/api/customers/1", "{}", kJsonType).status == 405);
}

}  // namespace keepwell::testing
