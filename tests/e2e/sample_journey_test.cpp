#include <catch2/catch.hpp>
#include <map>

#include "tests/support/api_client.hpp"
#include "tests/support/process.hpp"
#include "tests/support/running_app.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::testing {
namespace {

using Schema = test::TestDatabase::Schema;

struct Expected {
    const char* name;
    double score;
    const char* bucket;
};
// In the order of the file, which is the order of the numbers.
constexpr Expected kExpected[]{{"Acme Corp", 84.325, "Healthy"},
                               {"TechStart Inc", 43.575, "At-Risk"},
                               {"Global Solutions", 75.0, "Healthy"},
                               {"DataFlow Systems", 89.75, "Healthy"},
                               {"SmartBiz Co", 20.5, "Critical"}};

void check_accounts(const ApiClient& client) {
    const auto list = client.json("/accounts");
    CHECK(list["total"].GetInt() == 5);
    CHECK(list["next_cursor"].IsNull());
    REQUIRE(list["accounts"].Size() == 5);
    for (rapidjson::SizeType i = 0; i < 5; ++i) {
        const auto& account = list["accounts"][i];
        CAPTURE(i);
        CHECK(account["id"].GetInt() == static_cast<int>(i) + 1);
        CHECK(std::string{account["account_name"].GetString()} == kExpected[i].name);
        CHECK(account["health_score"].GetDouble() == Approx(kExpected[i].score).margin(1e-9));
        CHECK(std::string{account["health_bucket"].GetString()} == kExpected[i].bucket);
        CHECK(std::string{account["latest_metrics"]["date"].GetString()} == "2024-10-03");
        CHECK(account["latest_metrics"]["health_score"].GetDouble() == account["health_score"].GetDouble());
    }
    const auto critical = client.json("/accounts?bucket=Critical");
    CHECK(critical["total"].GetInt() == 1);
    CHECK(client.json("/accounts?bucket=critical-ish")["total"].GetInt() == 0);
    CHECK(client.json("/accounts?segment=SMB&region=US")["accounts"][0]["id"].GetInt() == 5);
    CHECK(client.json("/accounts?search=ACME")["accounts"][0]["id"].GetInt() == 1);
    CHECK(client.json("/accounts?sort=-arr&page_size=2&page=1")["accounts"][0]["id"].GetInt() == 4);
    CHECK(client.json("/accounts?sort=health_score")["accounts"][0]["id"].GetInt() == 5);
}

void check_details(const ApiClient& client) {
    const auto today = client.json("/accounts/1");
    for (const char* trend : {"trend_30d", "trend_60d", "trend_90d"}) CHECK(today[trend].IsNull());
    const auto then = client.json("/accounts/1?as_of=2024-10-03");
    CHECK(then["trend_30d"]["days"].GetInt() == 30);
    CHECK(then["trend_90d"]["days"].GetInt() == 90);
    CHECK(std::string{then["trend_30d"]["engagement_trend"].GetString()} == "stable");
    CHECK(then["trend_30d"]["arr_change"].GetDouble() == 0);
    CHECK(then["health_history"].Size() == 3);
    CHECK(client.json("/accounts/1?as_of=2024-10-01")["health_history"].Size() == 1);
    CHECK(client.json("/accounts/1?as_of=2000-01-01")["latest_metrics"].IsNull());

    const auto health = client.json("/accounts/5/health");
    double sum = 0;
    for (const auto& factor : health["factors"].GetArray()) sum += factor["contribution"].GetDouble();
    CHECK(sum == Approx(20.5).margin(1e-9));
    CHECK(health["coverage"].GetDouble() == 1);
    CHECK(std::string{health["risk_factors"][0].GetString()} == "Critical health score");
    CHECK(client.json("/accounts/1/health-history?limit=2")["history"].Size() == 2);
    CHECK(client.json("/accounts/1/metrics-history")["history"].Size() == 3);
    CHECK(client.json("/accounts/1/metrics-history?days=30")["history"].Size() == 0);
}

void check_summary(const ApiClient& client) {
    const auto summary = client.json("/portfolio/summary");
    CHECK(summary["total_accounts"].GetInt() == 5);
    CHECK(summary["total_arr"].GetDouble() == 1'535'000);
    CHECK(summary["avg_health_score"].GetDouble() == 62.63);
    const std::map<std::string, std::pair<double, double>> buckets{
        {"Healthy", {1'450'000, 60}}, {"At-Risk", {50'000, 20}}, {"Critical", {35'000, 20}}};
    CHECK(summary["arr_by_bucket"].MemberCount() == buckets.size());
    for (const auto& [bucket, expected] : buckets) {
        CAPTURE(bucket);
        CHECK(summary["arr_by_bucket"][bucket].GetDouble() == expected.first);
        CHECK(summary["risk_breakdown"][bucket].GetDouble() == expected.second);
    }
    CHECK(summary["accounts_by_segment"]["Enterprise"].GetInt() == 2);
    CHECK(summary["accounts_by_segment"]["Mid-Market"].GetInt() == 1);
    CHECK(client.json("/portfolio/summary?as_of=2024-10-03")["total_accounts"].GetInt() == 5);
}

std::map<int, double> recommended(const Reply& reply) {
    std::map<int, double> scores;
    REQUIRE(reply.status == 200);
    const auto answer = json_of(reply);
    for (const auto& match : answer["recommendations"].GetArray())
        scores[match["playbook"]["id"].GetInt()] = match["relevance_score"].GetDouble();
    return scores;
}

void check_playbooks(const ApiClient& client) {
    CHECK(client.json("/playbooks").Size() == 10);
    const auto reply = client.post("/actions/recommend?account_id=5");
    CHECK(recommended(reply) == std::map<int, double>{{9, 0.7}, {4, 0.6}, {1, 0.53}, {2, 0.53}, {3, 0.53}});
    std::vector<int> order;
    const auto answer = json_of(reply);
    for (const auto& match : answer["recommendations"].GetArray())
        order.push_back(match["playbook"]["id"].GetInt());
    CHECK(order == std::vector<int>{9, 4, 1, 2, 3});

    const std::string risks = R"(["Critical health score","High support ticket volume"])";
    const auto json = "Content-Type: application/json\r\n";
    const auto of_object =
        recommended(client.post("/actions/recommend", R"({"risk_factors":)" + risks + "}", json));
    CHECK(of_object.size() == 5);
    CHECK(of_object == recommended(client.post("/actions/recommend", risks, json)));
    CHECK(recommended(client.post("/actions/recommend", "[]", json)).empty());
    CHECK(recommended(client.post("/actions/recommend")).empty());
    CHECK(client.post("/actions/recommend?account_id=99").status == 404);
}

}  // namespace

TEST_CASE("the documented sample gives the documented results, on each database") {
    test::TestDatabase database(GENERATE(from_range(test::database_kinds())), Schema::kEmpty);
    CAPTURE(database.url());
    // Nothing else differs between the two.
    ServerProcess server({{"DATABASE_URL", database.url()}});
    const ApiClient client(server.port());

    const Reply uploaded = client.upload("sample.csv", kSampleCsv);
    REQUIRE(uploaded.status == 200);
    const auto result = json_of(uploaded);
    CHECK(std::string{result["message"].GetString()} == "CSV processed successfully");
    CHECK(result["accounts_created"].GetInt() == 5);
    CHECK(result["accounts_updated"].GetInt() == 0);
    CHECK(result["metrics_created"].GetInt() == 15);
    CHECK(result["rows_read"].GetInt() == 15);
    CHECK(result["errors"].Empty());
    CHECK(result["report_url"].IsNull());

    check_accounts(client);
    check_details(client);
    check_summary(client);
    check_playbooks(client);

    const auto recomputed = json_of(client.post("/health/recompute"));
    CHECK(recomputed["accounts_updated"].GetInt() == 5);
    check_accounts(client);
    CHECK(server.stop() == 0);
}

TEST_CASE("all that can be asked for is answered as the contract says") {
    test::TestDatabase database(GENERATE(from_range(test::database_kinds())), Schema::kEmpty);
    CAPTURE(database.url());
    const RunningApp app(database.url());
    const ApiClient client(app.port());
    const Reply empty_summary = client.get("/portfolio/summary");
    CHECK(json_of(empty_summary)["avg_health_score"].GetDouble() == 0);
    CHECK(client.accounts() == 0);
    std::string sample = kSampleCsv;
    sample.append("No Score,SMB,US,1,2024-10-03,1,0.5,1,,0.5\nBad Row,SMB,US,12k,2024-10-03,1,0.5,1,,0.5\n");
    REQUIRE(client.upload("sample.csv", sample).status == 200);
    CHECK(client.upload("sample.csv", sample, "?dry_run=true").status == 200);
    CHECK(client.upload("sample.csv", sample, "", "Prefer: respond-async\r\n").status == 202);
    for (const char* target :
         {"/", "/livez", "/readyz", "/health", "/metrics", "/openapi.json", "/docs", "/redoc", "/api/jobs/1",
          "/api/imports", "/api/imports/1/errors", "/accounts", "/accounts/1", "/accounts/6",
          "/accounts/1/health", "/accounts/1/health-history", "/accounts/6/metrics-history",
          "/portfolio/summary", "/playbooks"}) {
        CAPTURE(target);
        CHECK(client.get(target).status == 200);  // The client compares type and body with the contract.
    }
}

}  // namespace keepwell::testing
