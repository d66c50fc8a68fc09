#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "tests/support/json_client.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::testing {
namespace {

using Schema = test::TestDatabase::Schema;

constexpr std::string_view kUsage =
    R"({"name":"usage","description":"What they do","factors":[{"factor":"login_frequency","weight":3},)"
    R"({"factor":"feature_adoption","weight":1,"missing":"neutral",)"
    R"("curve":{"kind":"segment_relative","points":[{"value":0,"score":0},{"value":1,"score":100}],)"
    R"("expected":{"Mid-Market":4},"expected_otherwise":2}}],"bands":{"healthy_from":80,"at_risk_from":40},)"
    R"("caps":[{"name":"silent","reason":"Nobody is there","subject":"days_since_last_activity",)"
    R"("comparison":">=","threshold":14,"maximum":30,"expires":"2099-01-01"}]})";

std::string pointers_of(const Reply& reply) {
    const auto problem = json_of(reply);
    std::string all;
    for (const auto& mistake : problem["errors"].GetArray())
        all += std::string{mistake["pointer"].GetString()} + " ";
    return all;
}

/// Of what may be a job: the result, once it is there.
rapidjson::Document result_of(const ApiClient& client, const Reply& reply) {
    if (reply.status == 200) return json_of(reply);
    REQUIRE(reply.status == 202);
    const std::string job = "/api/jobs/" + std::to_string(json_of(reply)["job_id"].GetInt64());
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{60};
    while (std::chrono::steady_clock::now() < deadline) {
        auto state = client.json(job);
        rapidjson::Document result;
        if (!state["result"].IsNull())
            return result.CopyFrom(state["result"], result.GetAllocator()), std::move(result);
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }
    FAIL("the job doesn't end");
    return {};
}

std::string login(std::string_view customer, std::chrono::system_clock::time_point at) {
    const auto time = std::chrono::floor<std::chrono::microseconds>(at);
    return R"({"event_type":"login","customer_name":")" + std::string{customer} +
           R"(","event_data":{"ip_address":"192.0.2.1"},"timestamp":")" + to_string(time) + "\"},";
}

/// A year in which six of twenty customers stop signing in and leave a month later.
void live_through_a_year(const ApiClient& client) {
    const auto now = std::chrono::system_clock::now();
    const auto days_ago = [&](int days) { return now - std::chrono::hours{24 * days}; };
    for (int i = 0; i < 40; ++i) {
        const bool leaves = i % 3 == 0;
        const std::string name = "Customer " + std::to_string(i);
        std::string body = R"({"name":")" + name + R"(","segment":"SMB","scorecard":"usage")";
        if (leaves) {
            const auto left = std::chrono::floor<std::chrono::microseconds>(days_ago(130));
            body += R"(,"is_active":false,"churned_at":")" + to_string(left) + '"';
        }
        REQUIRE(post_json(client, "/api/customers", body + "}").status == 201);
        std::string events;
        for (int day = 360; day > (leaves ? 170 : 1); day -= 2) events += login(name, days_ago(day));
        events.pop_back();
        const Reply reply = post_json(client, "/api/events/batch", "[" + events + "]");
        REQUIRE(reply.status == 200);
        REQUIRE(json_of(reply)["rejected"].Empty());
    }
}

}  // namespace

TEST_CASE("a scorecard is written, tried on the customers, changed and retired") {
    test::TestDatabase database(GENERATE(from_range(test::database_kinds())), Schema::kEmpty);
    CAPTURE(database.url());
    const RunningApp app(database.url());
    const ApiClient client(app.port());
    CHECK(client.json("/api/scorecards")["data"].Size() == 2);
    CHECK(client.json("/api/factors")["data"].Size() >= 10);

    const Reply added = post_json(client, "/api/scorecards", kUsage);
    REQUIRE(added.status == 201);
    CHECK(added.header("location") == "/api/scorecards/usage");
    CHECK(added.header("etag") == "\"1\"");
    CHECK(post_json(client, "/api/scorecards", kUsage).status == 409);
    live_through_a_year(client);

    // What was read can be sent back: nothing changes.
    const Reply read = client.get("/api/scorecards/usage");
    const auto card = json_of(read);
    CHECK(card["data"]["customers"].GetInt() == 40);
    CHECK(card["data"]["factors"][1]["curve"]["expected"]["midmarket"].GetDouble() == 4);
    const std::string contents = read.body.substr(read.body.find("\"data\":") + 7);
    const Reply same =
        send_json(client, "PUT", "/api/scorecards/usage", contents.substr(0, contents.size() - 1));
    REQUIRE(same.status == 200);
    CHECK(same.header("etag") == "\"1\"");

    const auto preview =
        result_of(client, post_json(client, "/api/scorecards/usage/preview",
                                    R"({"scorecard":{"factors":[{"factor":"login_frequency","weight":1}],)"
                                    R"("bands":{"healthy_from":99,"at_risk_from":98}}})"));
    CHECK(preview["data"]["customers"].GetInt() == 40);
    CHECK(preview["data"]["after"]["critical"].GetInt() == 40);
    CHECK(preview["data"]["before"]["at_risk"].GetInt() + preview["data"]["before"]["critical"].GetInt() ==
          40);
    CHECK(preview["data"]["movers"].Size() == 20);

    const auto backtest = result_of(
        client, post_json(client, "/api/scorecards/usage/backtest", R"({"horizon_days":60,"step_days":10})"));
    CHECK(backtest["data"]["churned"].GetInt() == 14);
    CHECK(backtest["data"]["enough_data"].GetBool());
    CHECK(backtest["data"]["auc"].GetDouble() > 0.6);

    const std::string simpler = R"({"factors":[{"factor":"login_frequency","weight":1}]})";
    CHECK(send_json(client, "PUT", "/api/scorecards/usage", simpler, "If-Match: \"7\"\r\n").status == 412);
    const Reply changed = send_json(client, "PUT", "/api/scorecards/usage", simpler, "If-Match: \"1\"\r\n");
    REQUIRE(changed.status == 200);
    CHECK(changed.header("etag") == "\"2\"");
    CHECK(client.json("/api/scorecards/usage/versions")["data"].Size() == 2);
    CHECK(client.json("/api/scorecards/usage?version=1")["data"]["caps"].Size() == 1);
    CHECK(client.send("DELETE", "/api/scorecards/usage", "", "").status == 204);
    CHECK(client.json("/api/scorecards/usage")["data"]["retired"].GetBool());
}

TEST_CASE("a scorecard with mistakes is refused with all of them at once") {
    const RunningApp app;
    const ApiClient client(app.port());
    const Reply reply = post_json(
        client, "/api/scorecards",
        R"({"name":"No Name","factors":[{"factor":"shoe_size","weight":0},{"factor":"nps","weight":"1"},)"
        R"({"factor":"login_rate","weight":1,"missing":"perhaps","curve":{"kind":"linear","points":)"
        R"([{"value":2,"score":10},{"value":1,"score":101}]}}],"bands":{"healthy_from":40,"at_risk_from":60},)"
        R"("caps":[{"name":"c","reason":"r","subject":"moon","comparison":"=","threshold":1,"maximum":40}]})");
    CHECK(reply.status == 422);
    CHECK(pointers_of(reply) ==
          "/factors/1/weight /factors/2/missing /caps/0/comparison /name /factors/0/factor /factors/0/weight "
          "/factors/2/curve/points/1/value /factors/2/curve/points/1/score /bands /caps/0/subject ");
    const Reply rules =
        send_json(client, "PUT", "/api/scorecard-rules",
                  R"({"rules":[{"scorecard":"moon","conditions":[{"field":"size","operation":"=",)"
                  R"("value":"1"}]},{"scorecard":"metrics","conditions":[{"field":"tenure_days",)"
                  R"("operation":"~","value":"x"}]}]})");
    CHECK(rules.status == 422);
    CHECK(pointers_of(rules) ==
          "/rules/0/conditions/0/field /rules/1/conditions/0/operation "
          "/rules/1/conditions/0/value /rules/0/scorecard ");
    CHECK(client.get("/api/scorecards/moon").status == 404);
    CHECK(client.get("/api/scorecards/metrics?version=0").status == 422);
    CHECK(post_json(client, "/api/scorecards/metrics/backtest", R"({"horizon_days":0})").status == 422);
    CHECK(post_json(client, "/api/scorecards/metrics/preview", "{}").status == 422);
    CHECK(post_json(client, "/api/scorecards/moon/preview", R"({"scorecard":{}})").status == 404);
    CHECK(client.send("DELETE", "/api/scorecards/metrics", "", "").status == 409);
}

}  // namespace keepwell::testing
