#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <catch2/catch.hpp>

#include "tests/support/json_client.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::testing {
namespace {

using Schema = test::TestDatabase::Schema;

std::string customer(std::int64_t id) {
    return "/api/customers/" + std::to_string(id);
}

}  // namespace

TEST_CASE("a customer that comes by file, by event and by form is one row with one number") {
    test::TestDatabase database(GENERATE(from_range(test::database_kinds())), Schema::kEmpty);
    CAPTURE(database.url());
    const RunningApp app(database.url());
    const ApiClient client(app.port());

    REQUIRE(client.upload("sample.csv", kSampleCsv).status == 200);
    const std::int64_t id = client.json("/accounts?search=Acme")["accounts"][0]["id"].GetInt64();

    const auto batch = json_of(post_json(
        client, "/api/events/batch?create_customers=true",
        R"([{"event_type":"login","account_name":"Acme Corp","event_data":{"ip_address":"192.0.2.1"}}])"));
    CHECK(batch["accepted"].GetInt() == 1);

    const Reply met = post_json(client, "/api/customers",
                                R"({"name":"Acme Corp","email":"Ops@Acme.example","company":"Acme Corp",)"
                                R"("external_id":"a-1","plan":"Pro","unknown":{"x":1}})");
    REQUIRE(met.status == 200);
    CHECK(json_of(met)["data"]["id"].GetInt64() == id);

    CHECK(client.accounts() == 5);
    const auto account = client.json("/accounts/" + std::to_string(id));
    CHECK(std::string{account["account_name"].GetString()} == "Acme Corp");
    const auto shown = client.json(customer(id));
    CHECK(std::string{shown["data"]["plan"].GetString()} == "Pro");
    CHECK(std::string{shown["data"]["segment"].GetString()} == "Enterprise");
    CHECK(shown["data"]["arr"].GetDouble() == 500'000);
    CHECK(shown["data"]["mrr"].GetDouble() == Approx(41'666.67).margin(0.01));
    CHECK(shown["data"]["health_score"].GetDouble() == account["health_score"].GetDouble());
    const auto listed = client.json("/api/customers?search=acme");
    REQUIRE(listed["total"].GetInt() == 1);
    CHECK(listed["data"][0]["id"].GetInt64() == id);
    CHECK(client.json(customer(id) + "/events")["data"].Size() == 1);

    // And by every key from now on, whatever its case for e-mail.
    const auto again = json_of(post_json(
        client, "/api/events/batch",
        R"({"events":[{"event_type":"note","external_id":"a-1"},{"event_type":"note","email":"OPS@acme.example"},)"
        R"({"event_type":"note","customer_name":"Acme Corp"},{"event_type":"note","customer_id":)" +
            std::to_string(id) + "}]}"));
    CHECK(again["accepted"].GetInt() == 4);
    CHECK(client.json(customer(id) + "/events")["data"].Size() == 5);
    CHECK(client.accounts() == 5);
}

TEST_CASE("a customer is added, read, changed and removed") {
    test::TestDatabase database(GENERATE(from_range(test::database_kinds())), Schema::kEmpty);
    CAPTURE(database.url());
    const RunningApp app(database.url());
    const ApiClient client(app.port());

    const Reply added = post_json(
        client, "/api/customers",
        R"({"name":" Zoe\u0308 & Co ","email":"zoe@example.com","signupDate":"2025-03-01T10:00:00.000Z","mrr":"100.50",)"
        R"("externalId":"z","isActive":true,"segment":null,"custom":{"tier":"gold","seats":12,"eu":true,"gone":null}})");
    REQUIRE(added.status == 201);
    const auto first = json_of(added);
    const std::int64_t id = first["data"]["id"].GetInt64();
    CHECK(added.header("location") == customer(id));
    CHECK(std::string{first["data"]["name"].GetString()} == "Zoë & Co");
    CHECK(std::string{first["data"]["signup_date"].GetString()} == "2025-03-01");
    CHECK(first["data"]["arr"].GetDouble() == 1206);
    CHECK(first["data"]["mrr"].GetDouble() == 100.5);
    CHECK(first["data"]["custom"].MemberCount() == 3);
    CHECK(std::string{first["data"]["custom"]["seats"].GetString()} == "12");
    CHECK(first["data"]["health_score"].IsNull());
    CHECK(std::string{first["data"]["healthStatus"].GetString()} == "insufficient_data");

    const Reply read = client.get(customer(id));
    const std::string tag = read.header("etag");
    CHECK(tag == added.header("etag"));

    SECTION("with the ETag of what was read") {
        const auto if_match = [&](const std::string& value) { return "If-Match: " + value + "\r\n"; };
        const Reply changed = send_json(
            client, "PATCH", customer(id),
            R"({"email":null,"plan":"Pro","custom":{"seats":null,"tier":"silver"}})", if_match(tag));
        REQUIRE(changed.status == 200);
        const auto now = json_of(changed);
        CHECK(now["data"]["email"].IsNull());
        CHECK(std::string{now["data"]["custom"]["tier"].GetString()} == "silver");
        CHECK(now["data"]["custom"].MemberCount() == 2);
        CHECK(now["data"]["mrr"].GetDouble() == 100.5);
        CHECK(changed.header("etag") != tag);
        for (const std::string& old :
             {tag, std::string{"\"x\""}, std::string{"7"}, "W/" + changed.header("etag")}) {
            CAPTURE(old);
            CHECK(send_json(client, "PATCH", customer(id), R"({"plan":"Old"})", if_match(old)).status == 412);
            CHECK(client.send("DELETE", customer(id), "", if_match(old)).status == 412);
        }
        CHECK(send_json(client, "PATCH", customer(id), R"({"plan":"Any"})", if_match("*")).status == 200);
    }
    SECTION("as it was read, nothing changes") {
        const auto all = json_of(read);
        rapidjson::StringBuffer text;
        rapidjson::Writer<rapidjson::StringBuffer> writer(text);
        all["data"].Accept(writer);
        const Reply same = send_json(client, "PATCH", customer(id), text.GetString());
        CHECK(same.status == 200);
        CHECK(same.header("etag") == tag);
    }
    SECTION("going and coming back") {
        const auto gone = json_of(send_json(client, "PATCH", customer(id), R"({"is_active":false})"));
        CHECK_FALSE(gone["data"]["isActive"].GetBool());
        CHECK(gone["data"]["churned_at"].IsString());
        const auto back = json_of(send_json(client, "PATCH", customer(id), R"({"isActive":true})"));
        CHECK(back["data"]["churned_at"].IsNull());
    }
    SECTION("removed with its events") {
        const std::string event = R"({"event_type":"note","message_id":"m"})";
        REQUIRE(post_json(client, customer(id) + "/events", event).status == 200);
        CHECK(client.send("DELETE", customer(id), "", "").status == 204);
        CHECK(client.get(customer(id)).status == 404);
        CHECK(client.get(customer(id) + "/events").status == 404);
        CHECK(client.send("DELETE", customer(id), "", "").status == 404);
        CHECK(post_json(client, customer(id) + "/events", event).status == 404);
        CHECK(add_customer(client, R"({"name":"Zoë & Co","external_id":"z"})") != id);
    }
}

TEST_CASE("what is one customer's only is nobody else's") {
    test::TestDatabase database(GENERATE(from_range(test::database_kinds())), Schema::kEmpty);
    CAPTURE(database.url());
    const RunningApp app(database.url());
    const ApiClient client(app.port());
    add_customer(client, R"({"name":"One","external_id":"1","email":"one@example.com"})");
    const auto two = add_customer(client, R"({"name":"Two","external_id":"2","email":"two@example.com"})");
    const Reply email = send_json(client, "PATCH", customer(two), R"({"email":"ONE@example.com"})");
    CHECK(email.status == 409);
    CHECK(std::string{json_of(email)["errors"][0]["pointer"].GetString()} == "/email");
    CHECK(send_json(client, "PATCH", customer(two), R"({"external_id":"1"})").status == 409);
    CHECK(post_json(client, "/api/customers", R"({"name":"X","external_id":"1","email":"two@example.com"})")
              .status == 409);
    CHECK(std::string{client.json(customer(two))["data"]["email"].GetString()} == "two@example.com");
}

TEST_CASE("many customers at once: one that is wrong costs only itself") {
    test::TestDatabase database(GENERATE(from_range(test::database_kinds())), Schema::kEmpty);
    CAPTURE(database.url());
    const RunningApp app(database.url());
    const ApiClient client(app.port());
    add_customer(client, R"({"name":"There","external_id":"there","plan":"Pro"})");
    add_customer(client, R"({"name":"Other","external_id":"other","email":"other@example.com"})");
    const auto result = json_of(post_json(client, "/api/customers/bulk", R"({"customers":[
        {"name":"New","external_id":"new"},
        {"external_id":"there","plan":"Basic"},
        {"external_id":"there","plan":"Basic"},
        {"external_id":"nameless"},
        {"name":"","external_id":"x"},
        {"name":"Typo","extrenal_id":"x"},
        {"external_id":"there","email":"other@example.com"},
        "Acme",
        {"name":"Wrong","mrr":"much","arr":-1,"signup_date":"2025-02-30"},
        {"name":"Card","scorecard":"nonesuch"}]})"));
    CHECK(result["data"]["created"].GetInt() == 1);
    CHECK(result["data"]["updated"].GetInt() == 1);
    CHECK(result["data"]["unchanged"].GetInt() == 1);
    const auto& errors = result["data"]["errors"];
    REQUIRE(errors.Size() == 7);
    const std::vector<std::pair<std::string, std::string>> expected{
        {"invalid", "/name"}, {"invalid", "/name"}, {"invalid", "/extrenal_id"}, {"conflict", "/email"},
        {"invalid", ""},      {"invalid", "/mrr"},  {"invalid", "/scorecard"}};
    for (rapidjson::SizeType i = 0; i < errors.Size(); ++i) {
        CAPTURE(i);
        CHECK(errors[i]["index"].GetInt() == static_cast<int>(i) + 3);
        CHECK(std::string{errors[i]["code"].GetString()} == expected[i].first);
        CHECK(std::string{errors[i]["pointer"].GetString()} == expected[i].second);
    }
    CHECK(client.json("/api/customers")["total"].GetInt() == 3);
    CHECK(std::string{client.json("/api/customers?search=There")["data"][0]["plan"].GetString()} == "Basic");

    std::string many = R"({"customers":[{})";
    for (int i = 1; i < 1001; ++i) many += ",{}";
    CHECK(post_json(client, "/api/customers/bulk", many + "]}").status == 413);
}

}  // namespace keepwell::testing
