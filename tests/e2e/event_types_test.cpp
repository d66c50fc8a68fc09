#include <catch2/catch.hpp>

#include "tests/support/json_client.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::testing {
namespace {

using Schema = test::TestDatabase::Schema;

Reply put(const ApiClient& client, std::string_view target, std::string_view body) {
    return send_json(client, "PUT", target, body);
}

}  // namespace

TEST_CASE("what events must have can be said by type, and holds at once") {
    test::TestDatabase database(GENERATE(from_range(test::database_kinds())), Schema::kEmpty);
    CAPTURE(database.url());
    const RunningApp app(database.url());
    const ApiClient client(app.port());
    add_customer(client, R"({"name":"Acme"})");
    const auto seats = [&](const std::string& data) {
        return post_json(client, "/api/customers/1/events",
                         R"({"event_type":"seats_added","event_data":)" + data + "}")
            .status;
    };
    CHECK(client.json("/api/event-types")["data"].Size() == 10);
    CHECK(seats("{}") == 200);
    const std::string type =
        R"({"description":"Seats were bought","attributes":[{"name":"seats","type":"number","required":true,"above":0},)"
        R"({"name":"plan.name","type":"string","choices":["Pro","Basic"]}]})";
    REQUIRE(put(client, "/api/event-types/seats_added", type).status == 200);
    CHECK(seats("{}") == 400);
    CHECK(seats(R"({"seats":0})") == 400);
    CHECK(seats(R"({"seats":1,"plan":{"name":"Gold"}})") == 400);
    CHECK(seats(R"({"seats":1,"plan":{"name":"pro"}})") == 200);
    const auto types = client.json("/api/event-types");
    CHECK(types["data"].Size() == 11);
    CHECK(client.send("DELETE", "/api/event-types/seats_added", "", "").status == 204);
    CHECK(client.send("DELETE", "/api/event-types/seats_added", "", "").status == 404);
    CHECK(seats("{}") == 200);
}

TEST_CASE("a built-in type may be extended, but keeps what it requires") {
    test::TestDatabase database(GENERATE(from_range(test::database_kinds())), Schema::kEmpty);
    CAPTURE(database.url());
    const RunningApp app(database.url());
    const ApiClient client(app.port());
    const std::string login = "/api/event-types/login";
    CHECK(client.send("DELETE", login, "", "").status == 409);
    for (const char* body :
         {R"({"attributes":[]})", R"({"attributes":[{"name":"ip_address","type":"string"}]})",
          R"({"attributes":[{"name":"ip_address","type":"number","required":true}]})"}) {
        CAPTURE(body);
        CHECK(put(client, login, body).status == 422);
    }
    const Reply extended = put(client, login,
                               R"({"attributes":[{"name":"ip_address","type":"string","required":true},)"
                               R"({"name":"tenant","type":"string","required":true}]})");
    REQUIRE(extended.status == 200);
    CHECK(json_of(extended)["data"]["built_in"].GetBool());
    add_customer(client, R"({"name":"Acme"})");
    CHECK(post_json(client, "/api/customers/1/events",
                    R"({"event_type":"login","event_data":{"ip_address":"192.0.2.1"}})")
              .status == 400);
}

TEST_CASE("a type of events that makes no sense is refused with every mistake") {
    const RunningApp app;
    const ApiClient client(app.port());
    const std::string target = "/api/event-types/x";
    for (const char* body :
         {"[]", "{}", R"({"attributes":{}})", R"({"attributes":[{}]})", R"({"attributes":["a"]})",
          R"({"attributes":[{"name":"a","type":"date"}]})", R"({"attributes":[{"name":"","type":"string"}]})",
          R"({"attributes":[{"name":"a","type":"string","minimum":1}]})",
          R"({"attributes":[{"name":"a","type":"number","choices":["x"]}]})",
          R"({"attributes":[{"name":"a","type":"string","choices":["x\ny"]}]})",
          R"({"attributes":[{"name":"a","type":"number","minimum":2,"maximum":1}]})",
          R"({"attributes":[{"name":"a","type":"number","above":1,"maximum":1}]})",
          R"({"attributes":[{"name":"a","type":"number"},{"name":"a","type":"number"}]})",
          R"({"attributes":[{"name":"a","type":"number","required":"yes"}]})",
          R"({"attributes":[],"colour":"red"})",
          R"({"attributes":[{"name":"a","type":"string","colour":1}]})", R"({"attributes":[],"name":"y"})"}) {
        CAPTURE(body);
        CHECK(put(client, target, body).status == 422);
    }
    CHECK(put(client, target, "{").status == 400);
    CHECK(put(client, "/api/event-types/" + std::string(101, 'x'), R"({"attributes":[]})").status == 422);
    CHECK(put(client, "/api/event-types/a%0Ab", R"({"attributes":[]})").status == 422);
    const auto problem = json_of(put(client, target, R"({"attributes":[{"name":1,"type":2,"required":3}]})"));
    CHECK(problem["errors"].Size() == 3);
    CHECK(client.json("/api/event-types")["data"].Size() == 10);
}

TEST_CASE("segments are listed, changed in any spelling and removed") {
    test::TestDatabase database(GENERATE(from_range(test::database_kinds())), Schema::kEmpty);
    CAPTURE(database.url());
    const RunningApp app(database.url());
    const ApiClient client(app.port());
    const auto count = [&] { return client.json("/api/segments")["data"].Size(); };
    const auto before = count();
    const Reply saved = put(client, "/api/segments/Mid%20Market", R"({"expected_api_calls":800})");
    REQUIRE(saved.status == 200);
    CHECK(std::string{json_of(saved)["data"]["folded_name"].GetString()} == "midmarket");
    CHECK(count() == before);
    CHECK(put(client, "/api/segments/Public%20Sector", R"({"expected_api_calls":50})").status == 200);
    CHECK(count() == before + 1);
    CHECK(client.send("DELETE", "/api/segments/public-sector", "", "").status == 204);
    CHECK(client.send("DELETE", "/api/segments/public-sector", "", "").status == 404);
    CHECK(client.send("DELETE", "/api/segments/other", "", "").status == 409);
    CHECK(client.send("DELETE", "/api/segments/OTHER", "", "").status == 409);
    for (const char* body : {"{}", "[]", R"({"expected_api_calls":0})", R"({"expected_api_calls":1.5})",
                             R"({"expected_api_calls":"1"})", R"({"expected_api_calls":1,"colour":1})"}) {
        CAPTURE(body);
        CHECK(put(client, "/api/segments/x", body).status == 422);
    }
    CHECK(put(client, "/api/segments/123", R"({"expected_api_calls":1})").status == 422);
    CHECK(count() == before);
}

TEST_CASE("jobs are listed by state and type, and only failed ones are replayed") {
    test::TestDatabase database(GENERATE(from_range(test::database_kinds())), Schema::kEmpty);
    CAPTURE(database.url());
    const RunningApp app(database.url());
    const ApiClient client(app.port());
    REQUIRE(client.upload("sample.csv", kSampleCsv).status == 200);
    REQUIRE(client.post("/health/recompute").status == 200);
    // Nobody runs jobs of this type, so it stays as it is.
    database.unit_of_work().run([](Repositories& in) {
        const Timestamp now{};
        in.jobs.bury({.type = "left", .payload = "{}", .run_at = now, .max_attempts = 5, .dedupe_key = {}},
                     "it was too much", now);
    });
    const auto all = client.json("/api/jobs");
    REQUIRE(all["data"].Size() == 3);
    const auto dead = client.json("/api/jobs?state=dead");
    REQUIRE(dead["data"].Size() == 1);
    CHECK(std::string{dead["data"][0]["error"].GetString()} == "it was too much");
    CHECK(client.json("/api/jobs?type=csv_import")["data"][0]["rows_read"].GetInt() == 15);
    const auto first = client.json("/api/jobs?limit=2");
    CHECK(client.json(std::string{"/api/jobs?limit=2&cursor="} + first["next_cursor"].GetString())["data"]
              .Size() == 1);

    const std::string target = "/api/jobs/" + std::to_string(dead["data"][0]["id"].GetInt64()) + "/replay";
    const Reply replayed = client.post(target);
    CHECK(replayed.status == 202);
    CHECK(std::string{json_of(replayed)["data"]["status"].GetString()} == "queued");
    CHECK(client.post(target).status == 409);
    CHECK(client.post("/api/jobs/1/replay").status == 409);
    CHECK(client.post("/api/jobs/999/replay").status == 404);
    CHECK(client.json("/api/jobs?state=dead")["data"].Empty());
}

}  // namespace keepwell::testing
