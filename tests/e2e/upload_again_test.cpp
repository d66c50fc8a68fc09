#include <catch2/catch.hpp>

#include "tests/support/api_client.hpp"
#include "tests/support/metrics_csv.hpp"
#include "tests/support/running_app.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::testing {
namespace {

using Schema = test::TestDatabase::Schema;

struct Counts {
    int accounts_created = 0;
    int accounts_updated = 0;
    int metrics_created = 0;
    int metrics_updated = 0;
    bool operator==(const Counts&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Counts& counts) {
    return out << "accounts " << counts.accounts_created << " created, " << counts.accounts_updated
               << " updated; metrics " << counts.metrics_created << " created, " << counts.metrics_updated
               << " updated";
}

Counts uploaded(const ApiClient& client, const std::string& csv) {
    const Reply reply = client.upload("again.csv", csv);
    INFO(reply.body);
    REQUIRE(reply.status == 200);
    const auto result = json_of(reply);
    return {.accounts_created = result["accounts_created"].GetInt(),
            .accounts_updated = result["accounts_updated"].GetInt(),
            .metrics_created = result["metrics_created"].GetInt(),
            .metrics_updated = result["metrics_updated"].GetInt()};
}

}  // namespace

TEST_CASE("the same file again changes nothing, not even a time") {
    test::TestDatabase database(GENERATE(from_range(test::database_kinds())), Schema::kEmpty);
    CAPTURE(database.url());
    const RunningApp app(database.url());
    const ApiClient client(app.port());
    CHECK(uploaded(client, kSampleCsv) == Counts{5, 0, 15, 0});
    const auto before = client.pages();
    const auto detail = client.get("/accounts/1").body;
    CHECK(uploaded(client, kSampleCsv) == Counts{0, 5, 0, 0});
    CHECK(client.pages() == before);
    CHECK(client.get("/accounts/1").body == detail);
}

TEST_CASE("a later upload updates what differs and adds what is new") {
    test::TestDatabase database(GENERATE(from_range(test::database_kinds())), Schema::kEmpty);
    CAPTURE(database.url());
    const RunningApp app(database.url());
    const ApiClient client(app.port());
    uploaded(client, kSampleCsv);
    const auto counts = uploaded(client, kMetricsHeader +
                                             "Acme Corp,Enterprise,US,500000,2024-10-03,161,0.78,2,55,0.88\n"
                                             "Acme Corp,Enterprise,US,500000,2024-10-02,145,0.76,3,50,0.82\n"
                                             "SmartBiz Co,SMB,US,35000,2024-10-04,5,0.25,20,-40,0.15\n"
                                             "Newcomer,SMB,US,1000,2024-10-04,120,1,0,100,1\n");
    CHECK(counts == Counts{1, 2, 2, 1});
    const auto acme = client.json("/accounts/1");
    CHECK(acme["latest_metrics"]["daily_active_users"].GetInt() == 161);
    CHECK(client.json("/accounts/5")["latest_metrics"]["date"] == "2024-10-04");
    const auto newcomer = client.json("/accounts/6");
    CHECK(newcomer["account_name"] == "Newcomer");
    CHECK(newcomer["health_score"].GetDouble() == 100);
}

TEST_CASE("the newest attributes win, and an older row never takes their place") {
    test::TestDatabase database(GENERATE(from_range(test::database_kinds())), Schema::kEmpty);
    CAPTURE(database.url());
    const RunningApp app(database.url());
    const ApiClient client(app.port());
    uploaded(client, kMetricsHeader +
                         "Acme,SMB,EU,200,2024-10-02,1,0.5,1,,0.5\n"
                         "Acme,Old,XX,100,2024-10-01,1,0.5,1,,0.5\n");
    const auto attributes = [&] {
        const auto account = client.json("/accounts/1");
        return std::string{account["segment"].GetString()} + "/" + account["region"].GetString() + "/" +
               std::to_string(static_cast<int>(account["arr"].GetDouble()));
    };
    CHECK(attributes() == "SMB/EU/200");
    uploaded(client, kMetricsHeader + "Acme,Older,YY,50,2024-09-01,9,0.5,1,,0.5\n");
    CHECK(attributes() == "SMB/EU/200");
    CHECK(client.json("/accounts/1")["latest_metrics"]["date"] == "2024-10-02");
    uploaded(client, kMetricsHeader + "Acme,Enterprise,US,300,2024-10-03,1,0.5,1,,0.5\n");
    CHECK(attributes() == "Enterprise/US/300");
}

TEST_CASE("of a day that a file has twice, the last row counts") {
    test::TestDatabase database(GENERATE(from_range(test::database_kinds())), Schema::kEmpty);
    CAPTURE(database.url());
    const RunningApp app(database.url());
    const ApiClient client(app.port());
    CHECK(uploaded(client, kMetricsHeader + "Acme,SMB,EU,200,2024-10-02,1,0.5,1,,0.5\n"
                                            "Acme,SMB,EU,250,2024-10-02,7,0.5,1,10,0.5\n") ==
          Counts{1, 0, 1, 0});
    const auto account = client.json("/accounts/1");
    CHECK(account["latest_metrics"]["daily_active_users"].GetInt() == 7);
    CHECK(account["arr"].GetDouble() == 250);
}

TEST_CASE("a file that is sorted by day is as good as one that is sorted by account") {
    test::TestDatabase database(GENERATE(from_range(test::database_kinds())), Schema::kEmpty);
    CAPTURE(database.url());
    const RunningApp app(database.url());
    const ApiClient client(app.port());
    std::string csv = kMetricsHeader;
    for (int day = 1; day <= 9; ++day) {
        for (int account = 1; account <= 30; ++account) {
            csv += "Account " + std::to_string(account) + ",SMB,EU," + std::to_string(100 * account + day) +
                   ",2024-10-0" + std::to_string(day) + "," + std::to_string(day) + ",0.5,1,,0.5\n";
        }
    }
    CHECK(uploaded(client, csv) == Counts{30, 0, 270, 0});
    CHECK(uploaded(client, csv) == Counts{0, 30, 0, 0});
    const auto list = client.json("/accounts");
    CHECK(list["total"].GetInt() == 30);
    for (rapidjson::SizeType i = 0; i < list["accounts"].Size(); ++i) {
        const auto& account = list["accounts"][i];
        CHECK(account["account_name"].GetString() == "Account " + std::to_string(i + 1));
        CHECK(account["arr"].GetDouble() == 100 * (static_cast<int>(i) + 1) + 9);
        CHECK(account["latest_metrics"]["daily_active_users"].GetInt() == 9);
    }
}

}  // namespace keepwell::testing
