#include <catch2/catch.hpp>
#include <set>

#include "api/edge/gzip.hpp"
#include "tests/support/json_client.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::testing {
namespace {

using namespace std::chrono_literals;
using Schema = test::TestDatabase::Schema;

constexpr std::string_view kLines = "Content-Type: application/x-ndjson\r\n";
constexpr std::string_view kGzip = "Content-Encoding: gzip\r\n";
constexpr const char* kBatch = "/api/events/batch";

std::string ahead(std::chrono::microseconds time) {
    return to_string(
        std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now()) + time);
}

std::string events_of(std::int64_t customer) {
    return "/api/customers/" + std::to_string(customer) + "/events";
}

std::size_t count_events(const ApiClient& client, std::int64_t customer) {
    return client.json(events_of(customer) + "?limit=200")["data"].Size();
}

}  // namespace

TEST_CASE("an event is stored once, shown as it came, and counted") {
    test::TestDatabase database(GENERATE(from_range(test::database_kinds())), Schema::kEmpty);
    CAPTURE(database.url());
    const RunningApp app(database.url());
    const ApiClient client(app.port());
    const auto id = add_customer(client, R"({"name":"Acme","segment":"Enterprise"})");

    const std::string time = ahead(-1h);
    const std::string data =
        R"({ "ip_address":"192.0.2.1", "n":1.50,"user":"Zoë \u20ac \"x\"","deep":{"list":[1,null]}})";
    const std::string login = R"({"event_type":"login","event_data":)" + data + R"(,"timestamp":")" + time +
                              R"(","message_id":"m-1","by":1})";
    const Reply first = post_json(client, events_of(id), login);
    REQUIRE(first.status == 200);
    const auto answer = json_of(first);
    CHECK(std::string{answer["message"].GetString()} == "Event recorded successfully");
    CHECK(std::string{answer["data"]["customer_name"].GetString()} == "Acme");
    CHECK(std::string{answer["data"]["timestamp"].GetString()} == time);
    CHECK_FALSE(answer["data"]["duplicate"].GetBool());
    const auto again = json_of(post_json(client, events_of(id), login));
    CHECK(again["data"]["duplicate"].GetBool());
    CHECK(again["data"]["event_id"].GetInt64() == answer["data"]["event_id"].GetInt64());
    CHECK(post_json(client, events_of(id), R"({"event_type":"note","message_id":"m-1"})").status == 409);

    // Without a time of its own a retry is the same event, too.
    CHECK(post_json(client, events_of(id), R"({"event_type":"page_view","message_id":"m-2"})").status == 200);
    CHECK(json_of(post_json(client, events_of(id),
                            R"({"event_type":"page_view","message_id":"m-2"})"))["data"]["duplicate"]
              .GetBool());
    CHECK(post_json(client, events_of(id), R"({"event_type":"our own"})").status == 200);

    const Reply listed = client.get(events_of(id));
    CHECK_THAT(listed.body, Catch::Contains("\"event_data\":" + data));
    const auto events = json_of(listed);
    REQUIRE(events["data"].Size() == 3);
    CHECK(std::string{events["data"][2]["message_id"].GetString()} == "m-1");
    CHECK(events["data"][0]["message_id"].IsNull());
    CHECK(client.json(events_of(id) + "?type=login")["data"].Size() == 1);
    CHECK(client.json(events_of(id) + "?from=" + ahead(-10min))["data"].Size() == 2);
    CHECK(client.json(events_of(id) + "?to=" + ahead(-10min))["data"].Size() == 1);
    CHECK(client.json(events_of(id) + "?to=2020-01-01")["data"].Empty());

    const auto activity = client.json("/api/customers/" + std::to_string(id) + "/activity?days=2");
    std::int64_t counted = 0;
    for (const auto& day : activity["data"]["days"].GetArray()) {
        for (const auto& type : day["events"].GetObject()) counted += type.value.GetInt64();
    }
    CHECK(counted == 3);
    const auto sessions = client.json("/api/customers/" + std::to_string(id) + "/sessions");
    REQUIRE(sessions["data"].Size() == 1);
    CHECK(std::string{sessions["data"][0]["started_at"].GetString()} == time);
}

TEST_CASE("an event that makes no sense is answered with its mistake, and nothing is stored") {
    test::TestDatabase database(GENERATE(from_range(test::database_kinds())), Schema::kEmpty);
    CAPTURE(database.url());
    const RunningApp app(database.url());
    const ApiClient client(app.port());
    const auto id = add_customer(client, R"({"name":"Acme"})");
    const std::vector<std::pair<int, std::string>> bad{
        {400, "{"},
        {400, "[]"},
        {400, R"({"event_type":"note","event_data":{"a":NaN}})"},
        {400, R"({"event_type":"note","event_data":{"a":1,"a":2}})"},
        {400, R"({"event_type":"note","event_data":)" + std::string(100'000, '[')},
        {400, R"({"event_type":"login"})"},
        {400, R"({"event_type":"login","event_data":{"ip_address":" "}})"},
        {400, R"({"event_type":"api_call","event_data":{"method":"GET"}})"},
        {400, R"({"event_type":"feature_use","event_data":{"feature_name":7}})"},
        {400, R"({"event_type":"payment","event_data":{"amount":0}})"},
        {400, R"({"event_type":"payment","event_data":{"amount":"much"}})"},
        {400, R"({"event_type":"payment","event_data":{"amount":5,"status":"eaten"}})"},
        {400, R"({"event_type":"nps_response","event_data":{"score":11}})"},
        {422, "{}"},
        {422, R"({"event_type":""})"},
        {422, R"({"event_type":"note","event_data":"{}"})"},
        {422, R"({"event_type":"note","timestamp":"soon"})"},
        {422, R"({"event_type":"note","timestamp":")" + ahead(25h) + "\"}"},
        {422, R"({"event_type":"note","timestamp":"1999-01-01T00:00:00Z"})"},
        {413, R"({"event_type":"note","event_data":{"a":")" + std::string(33 * 1024, 'x') + "\"}}"},
    };
    for (const auto& [status, body] : bad) {
        CAPTURE(body.substr(0, 200));
        CHECK(post_json(client, events_of(id), body).status == status);
    }
    CHECK(client.post(events_of(id), "<a/>", "Content-Type: text/xml\r\n").status == 415);
    CHECK(post_json(client, events_of(id), R"({"event_type":"note","timestamp":")" + ahead(23h) + "\"}")
              .status == 200);
    CHECK(count_events(client, id) == 1);

    const auto login = json_of(post_json(client, events_of(id), R"({"event_type":"login"})"));
    CHECK(std::string{login["error"].GetString()} == "Invalid event data");
    CHECK(std::string{login["detail"].GetString()} ==
          "Required fields missing or empty for login event: ip_address");
    CHECK_FALSE(login["success"].GetBool());
    // The data are looked at before the customer is.
    CHECK(post_json(client, events_of(99), R"({"event_type":"login"})").status == 400);
    const Reply unknown = post_json(client, events_of(99), R"({"event_type":"note"})");
    CHECK(unknown.status == 404);
    CHECK(std::string{json_of(unknown)["error"].GetString()} == "Customer not found");
}

TEST_CASE("a batch is stored but for its bad events, whatever form it comes in") {
    test::TestDatabase database(GENERATE(from_range(test::database_kinds())), Schema::kEmpty);
    CAPTURE(database.url());
    const RunningApp app(database.url());
    const ApiClient client(app.port());
    const auto id = add_customer(client, R"({"name":"Acme","external_id":"a"})");
    REQUIRE(post_json(client, events_of(id), R"({"event_type":"note","message_id":"old"})").status == 200);

    const std::vector<std::pair<std::string, std::string>> entries{
        {"", R"({"event_type":"note","external_id":"a","message_id":"new"})"},
        {"unknown_customer", R"({"event_type":"note","customer_id":99})"},
        {"unknown_customer", R"({"event_type":"note","account_name":"Nobody"})"},
        {"unreadable", R"({"event_type":"note","external_id":"a","event_data":{"a":NaN}})"},
        {"invalid", R"({"event_type":"note"})"},
        {"invalid_event_data", R"({"event_type":"login","external_id":"a"})"},
        {"too_large",
         R"({"event_type":"note","external_id":"a","event_data":{"a":")" + std::string(33'000, 'x') + "\"}}"},
        {"in_the_future", R"({"event_type":"note","external_id":"a","timestamp":"2999-01-01T00:00:00Z"})"},
        {"beyond_retention", R"({"event_type":"note","external_id":"a","timestamp":"1999-01-01T00:00:00Z"})"},
        {"message_id_reused", R"({"event_type":"page_view","external_id":"a","message_id":"old"})"},
        {"message_id_reused", R"({"event_type":"page_view","external_id":"a","message_id":"new"})"},
        {"duplicate", R"({"event_type":"note","external_id":"a","message_id":"old"})"},
        {"duplicate", R"({"event_type":"note","external_id":"a","message_id":"new"})"},
        {"", R"({"event_type":"note","customer_id":)" + std::to_string(id) + "}"},
    };
    std::string array;
    std::string lines;
    for (const auto& [code, entry] : entries) {
        array += (array.empty() ? "" : ",") + entry;
        lines += entry + "\n";
    }
    const int form = GENERATE(0, 1, 2, 3);
    CAPTURE(form);
    const Reply reply = form == 0   ? post_json(client, kBatch, R"({"events":[)" + array + "]}")
                        : form == 1 ? post_json(client, kBatch, "[" + array + "]")
                        : form == 2
                            ? client.post(kBatch, lines, kLines)
                            : client.post(kBatch, api::gzipped(lines), std::string{kLines}.append(kGzip));
    REQUIRE(reply.status == 200);
    const auto result = json_of(reply);
    CHECK(result["accepted"].GetInt() == 2);
    CHECK(result["duplicates"].GetInt() == 2);
    const auto& rejected = result["rejected"];
    REQUIRE(rejected.Size() == 10);
    for (const auto& one : rejected.GetArray()) {
        CAPTURE(one["index"].GetInt());
        CHECK(entries.at(one["index"].GetUint()).first == one["code"].GetString());
    }
    CHECK(count_events(client, id) == 3);
}

TEST_CASE("a batch that can't be taken as a whole changes nothing") {
    const RunningApp app;
    const ApiClient client(app.port());
    const auto id = add_customer(client, R"({"name":"Acme"})");
    const std::string event = R"({"event_type":"note","customer_id":)" + std::to_string(id) + "}";
    std::string many = event;
    for (int i = 0; i < 2000; ++i) many += "," + event;
    CHECK(post_json(client, kBatch, "[" + many + "]").status == 413);
    CHECK(post_json(client, kBatch, "[" + event + ",").status == 400);
    CHECK(post_json(client, kBatch, "").status == 400);
    CHECK(post_json(client, kBatch, R"({"event":[]})").status == 422);
    CHECK(post_json(client, kBatch, "[" + event + std::string(10'000'000, ' ') + "]").status == 413);
    CHECK(client.post(kBatch, event, "Content-Type: text/csv\r\n").status == 415);
    // 100 MB that weigh 100 KB on the wire.
    const std::string bomb = api::gzipped(std::string(100'000'000, ' '));
    CHECK(post_json(client, kBatch, bomb, kGzip).status == 413);
    CHECK(post_json(client, kBatch, api::gzipped(event).substr(0, 20), kGzip).status == 400);
    CHECK(count_events(client, id) == 0);
    const auto empty = json_of(post_json(client, kBatch, "[]"));
    CHECK(empty["accepted"].GetInt() == 0);
}

TEST_CASE("a batch makes customers of new names when it may") {
    test::TestDatabase database(GENERATE(from_range(test::database_kinds())), Schema::kEmpty);
    CAPTURE(database.url());
    const RunningApp app(database.url());
    const ApiClient client(app.port());
    const std::string body =
        R"([{"event_type":"note","account_name":"New"},{"event_type":"note","customer_name":"New"},)"
        R"({"event_type":"note","account_name":"Newer"},{"event_type":"note","external_id":"x"}])";
    const auto refused = json_of(post_json(client, kBatch, body));
    CHECK(refused["accepted"].GetInt() == 0);
    CHECK(client.json("/api/customers")["total"].GetInt() == 0);
    const std::string target = std::string{kBatch} + "?create_customers=true";
    for (int times = 1; times <= 2; ++times) {
        const auto taken = json_of(post_json(client, target, body));
        CHECK(taken["accepted"].GetInt() == 3);
        CHECK(taken["rejected"].Size() == 1);
        CHECK(client.json("/api/customers")["total"].GetInt() == 2);
    }
    CHECK(client.get(target + "&create_customers=false").status == 405);
    CHECK(post_json(client, std::string{kBatch} + "?create_customers=perhaps", body).status == 422);
}

TEST_CASE("paging through events shows each exactly once, those of one moment too") {
    test::TestDatabase database(GENERATE(from_range(test::database_kinds())), Schema::kEmpty);
    CAPTURE(database.url());
    const RunningApp app(database.url());
    const ApiClient client(app.port());
    const auto id = add_customer(client, R"({"name":"Acme","external_id":"a"})");
    const std::vector<std::string> moments{ahead(-72h), ahead(-48h), ahead(-24h)};
    std::string body = "[";
    for (std::size_t i = 0; i < 25; ++i) {
        body += (i == 0 ? "" : ",") + std::string{R"({"event_type":"note","external_id":"a","timestamp":")"} +
                moments[i / 10] + "\"}";
    }
    REQUIRE(json_of(post_json(client, kBatch, body + "]"))["accepted"].GetInt() == 25);
    std::set<std::int64_t> seen;
    std::string cursor;
    for (int pages = 0; pages < 20; ++pages) {
        const auto page = client.json(events_of(id) + "?limit=4" + cursor);
        for (const auto& event : page["data"].GetArray()) CHECK(seen.insert(event["id"].GetInt64()).second);
        if (page["next_cursor"].IsNull()) break;
        cursor = std::string{"&cursor="} + page["next_cursor"].GetString();
    }
    CHECK(seen.size() == 25);
}

}  // namespace keepwell::testing
