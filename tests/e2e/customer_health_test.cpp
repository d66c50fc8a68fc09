#include <catch2/catch.hpp>

#include "tests/support/api_client.hpp"
#include "tests/support/running_app.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::testing {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kJson = "Content-Type: application/json\r\n";

/// A server with one customer that has sent events.
class HealthJourney {
public:
    HealthJourney()
        : database_(GENERATE(from_range(test::database_kinds())), test::TestDatabase::Schema::kEmpty),
          app_(database_.url()),
          client_(app_.port()) {}

    /// Its id, once it has been scored.
    std::string add_customer() {
        const Reply added =
            client_.post("/api/customers", R"({"name":"Acme","segment":"SMB","mrr":1000})", kJson);
        REQUIRE(added.status == 201);
        const auto id = std::to_string(json_of(added)["data"]["id"].GetInt64());
        for (int i = 0; i < 12; ++i) {
            const Reply told =
                client_.post("/api/customers/" + id + "/events",
                             R"({"event_type":"login","event_data":{"ip_address":"10.0.0.1"}})", kJson);
            REQUIRE(told.status == 200);
        }
        // The score first: once there is one, the health is the stored one.
        REQUIRE(eventually([&] { return score(id).has_value() && scored_logins(id) == 12; }));
        return id;
    }
    /// How many the stored score was made from; the events themselves are there at once.
    double scored_logins(const std::string& id) {
        const auto stored = client_.json(health(id));
        const auto& logins = stored["data"]["factors"]["login_frequency"]["value"];
        return logins.IsNumber() ? logins.GetDouble() : 0;
    }
    std::optional<double> score(const std::string& id) {
        const auto customer = client_.json("/api/customers/" + id);
        const auto& value = customer["data"]["health_score"];
        return value.IsNull() ? std::nullopt : std::optional{value.GetDouble()};
    }
    Reply put_override(const std::string& id, std::string_view body) {
        return client_.send("PUT", health(id) + "/override", body, kJson);
    }
    static std::string health(const std::string& id) { return "/api/customers/" + id + "/health"; }
    ApiClient& client() { return client_; }

private:
    test::TestDatabase database_;
    RunningApp app_;
    ApiClient client_;
};

}  // namespace

TEST_CASE("A customer's health tells every factor, its history and what moved it") {
    HealthJourney journey;
    const std::string id = journey.add_customer();
    auto health = journey.client().json(journey.health(id));
    const auto& data = health["data"];
    CHECK(data["customer_name"] == "Acme");
    CHECK(data["scorecard"] == "activity");
    CHECK(data["factors"].MemberCount() == 5);
    CHECK(data["factors"]["login_frequency"]["score"].IsNumber());
    CHECK(data["factors"]["api_usage"]["score"].IsNull());
    double contributions = 0;
    for (const auto& factor : data["factors"].GetObject())
        contributions += factor.value["contribution"].GetDouble();
    CHECK(contributions == Approx(data["raw_score"].GetDouble()).margin(1e-9));
    CHECK(data["data_summary"]["customer_segment"] == "SMB");
    CHECK(data["recommendations"].Size() > 0);

    const auto history = journey.client().json(journey.health(id) + "/history");
    REQUIRE(history["data"].Size() == 1);
    CHECK(history["data"][0]["date"] == data["as_of"]);

    const auto changes = journey.client().json(journey.health(id) + "/changes");
    CHECK(changes["data"]["from"]["overall_score"].IsNull());
    double points = 0;
    for (const auto& line : changes["data"]["lines"].GetArray()) points += line["points"].GetDouble();
    CHECK(points == Approx(changes["data"]["difference"].GetDouble()).margin(1e-9));
    CHECK(changes["data"]["difference"].GetDouble() == Approx(journey.score(id).value()));

    const auto before = journey.client().json(journey.health(id) + "?as_of=2020-01-01");
    CHECK(before["data"]["overall_score"].IsNull());
    CHECK(before["data"]["status"] == "insufficient_data");
    CHECK(before["data"]["as_of"] == "2020-01-01");
}

TEST_CASE("A customer without any score is explained nevertheless") {
    HealthJourney journey;
    const Reply added = journey.client().post("/api/customers", R"({"name":"Silent"})", kJson);
    const auto id = std::to_string(json_of(added)["data"]["id"].GetInt64());
    const auto health = journey.client().json(journey.health(id));
    CHECK(health["data"]["overall_score"].IsNull());
    CHECK(health["data"]["status"] == "insufficient_data");
    CHECK(health["data"]["data_summary"]["first_event_day"].IsNull());
}

TEST_CASE("A person's override holds at once, beside the computed score, until it is removed") {
    HealthJourney journey;
    const std::string id = journey.add_customer();
    const double computed = journey.score(id).value();
    const Reply said = journey.put_override(id, R"({"score":91,"reason":"I know them"})");
    REQUIRE(said.status == 200);
    const auto data = json_of(said);
    CHECK(data["data"]["overall_score"].GetDouble() == 91);
    CHECK(data["data"]["computed_score"].GetDouble() == Approx(computed));
    CHECK(data["data"]["override"]["author"] == "local");
    CHECK(data["data"]["override"]["points"].GetDouble() == Approx(91 - computed));
    CHECK(journey.score(id) == 91);

    const Reply removed = journey.client().send("DELETE", journey.health(id) + "/override", "", "");
    REQUIRE(removed.status == 200);
    CHECK(json_of(removed)["data"]["override"].IsNull());
    CHECK(journey.score(id).value() == Approx(computed));
    const auto all = journey.client().json(journey.health(id) + "/overrides");
    REQUIRE(all["data"].Size() == 1);
    CHECK(all["data"][0]["reason"] == "I know them");
    CHECK(all["data"][0]["removed_at"].IsString());
    CHECK(journey.client().send("DELETE", journey.health(id) + "/override", "", "").status == 200);
}

TEST_CASE("An override that makes no sense is refused with every mistake") {
    HealthJourney journey;
    const std::string id = journey.add_customer();
    const auto mistakes = [&](std::string_view body) {
        const Reply reply = journey.put_override(id, body);
        REQUIRE(reply.status == 422);
        std::string pointers;
        const auto json = json_of(reply);
        for (const auto& error : json["errors"].GetArray())
            pointers += std::string{error["pointer"].GetString()} + " ";
        return pointers;
    };
    CHECK(mistakes("{}") == "/score /reason ");
    CHECK(mistakes(R"({"score":"9","reason":7,"who":"me"})") == "/score /reason /who ");
    CHECK(mistakes(R"({"score":100.5,"reason":"  "})") == "/score /reason ");
    CHECK(mistakes(R"({"score":-1,"reason":"x","expires_at":"tomorrow"})") == "/expires_at /score ");
    CHECK(mistakes(R"({"score":1,"reason":"x","expires_at":"2020-01-01T00:00:00Z"})") == "/expires_at ");
    CHECK(mistakes(R"({"score":1,"reason":"x","expires_at":"2999-01-01T00:00:00Z"})") == "/expires_at ");
    CHECK(journey.put_override(id, "[]").status == 422);
    CHECK(journey.put_override(id, "{").status == 400);
    CHECK(journey.put_override("999999", R"({"score":1,"reason":"x"})").status == 404);

    const Reply added = journey.client().post("/api/customers", R"({"name":"Silent"})", kJson);
    const auto silent = std::to_string(json_of(added)["data"]["id"].GetInt64());
    CHECK(journey.put_override(silent, R"({"score":1,"reason":"x"})").status == 409);
    CHECK(journey.client().json(journey.health(silent) + "/overrides")["data"].Size() == 0);
}

TEST_CASE("The health routes refuse what they don't know") {
    HealthJourney journey;
    for (const char* path : {"/health", "/health/history", "/health/changes", "/health/overrides"})
        CHECK(journey.client().get("/api/customers/424242" + std::string{path}).status == 404);
    CHECK(journey.client().get("/api/customers/x/health").status == 422);
    CHECK(journey.client().get("/api/customers/1/health?as_of=2026-02-30").status == 422);
    CHECK(journey.client().get("/api/customers/1/health?asof=2026-02-20").status == 422);
    CHECK(journey.client().get("/api/customers/1/health/changes?from=2026-02-20&to=2026-02-19").status ==
          422);
    CHECK(journey.client().get("/api/customers/1/health/history?limit=0").status == 422);
}

}  // namespace keepwell::testing
