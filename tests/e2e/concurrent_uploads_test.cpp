#include <catch2/catch.hpp>
#include <future>

#include "tests/support/api_client.hpp"
#include "tests/support/metrics_csv.hpp"
#include "tests/support/running_app.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::testing {
namespace {

using Schema = test::TestDatabase::Schema;

constexpr int kUploads = 8;
constexpr int kAccounts = 40;
constexpr int kDays = 28;

/// What every second upload says of a day, and what the others say.
struct Version {
    const char* values;
    int daily_active_users;
    double feature_adoption_rate;
    double nps_score;
};
constexpr Version kVersions[]{{"11,0.25,1,10,0.25", 11, 0.25, 10}, {"22,0.75,2,20,0.75", 22, 0.75, 20}};

/// Half of the accounts, each upload another half, on all days but two.
std::string csv_of(int upload) {
    std::string csv = kMetricsHeader;
    for (int i = 0; i < kAccounts / 2; ++i) {
        const int account = (upload * 5 + i) % kAccounts;
        for (int day = 1; day <= kDays; ++day) {
            if (day == upload + 1 || day == upload + 2) continue;
            csv += "Account " + std::to_string(account) + ",SMB,EU," + std::to_string(1'000 * account) +
                   ",2024-02-" + (day < 10 ? "0" : "") + std::to_string(day) + "," +
                   kVersions[upload % 2].values + "\n";
        }
    }
    return csv;
}

}  // namespace

TEST_CASE("uploads at once about the same accounts and days lose nothing and double nothing") {
    test::TestDatabase database(GENERATE(from_range(test::database_kinds())), Schema::kEmpty);
    CAPTURE(database.url());
    api::Config config;
    config.job_threads = kUploads;
    const RunningApp app(database.url(), config);
    const ApiClient client(app.port());

    std::vector<std::future<Reply>> uploads;
    for (int upload = 0; upload < kUploads; ++upload) {
        uploads.push_back(std::async(
            std::launch::async, [&client, upload] { return client.upload("part.csv", csv_of(upload)); }));
    }
    int accounts_created = 0;
    int metrics_created = 0;
    for (auto& upload : uploads) {
        const Reply reply = upload.get();
        CAPTURE(reply.body);
        REQUIRE(reply.status == 200);
        const auto result = json_of(reply);
        CHECK(result["rows_rejected"].GetInt() == 0);
        CHECK(result["rows_read"].GetInt() == kAccounts / 2 * (kDays - 2));
        accounts_created += result["accounts_created"].GetInt();
        metrics_created += result["metrics_created"].GetInt();
    }
    CHECK(accounts_created == kAccounts);
    CHECK(metrics_created == kAccounts * kDays);
    CHECK(database.number("SELECT count(*) FROM account_metrics_daily") == kAccounts * kDays);
    CHECK(database.number("SELECT count(*) FROM customers") == kAccounts);

    double total_arr = 0;
    const auto list = client.json("/accounts?page_size=100");
    REQUIRE(list["accounts"].Size() == kAccounts);
    for (const auto& account : list["accounts"].GetArray()) {
        CAPTURE(account["account_name"].GetString());
        const std::string id = std::to_string(account["id"].GetInt());
        const auto history = client.json("/accounts/" + id + "/metrics-history");
        REQUIRE(history["history"].Size() == kDays);
        for (const auto& row : history["history"].GetArray()) {
            const Version& version = kVersions[row["daily_active_users"].GetInt() == 11 ? 0 : 1];
            CHECK(row["daily_active_users"].GetInt() == version.daily_active_users);
            CHECK(row["feature_adoption_rate"].GetDouble() == version.feature_adoption_rate);
            CHECK(row["nps_score"].GetDouble() == version.nps_score);
        }
        // Scored from the row that is there in the end.
        CHECK(account["latest_metrics"]["date"] == "2024-02-28");
        CHECK(account["health_score"].GetDouble() == account["latest_metrics"]["health_score"].GetDouble());
        total_arr += account["arr"].GetDouble();
    }
    CHECK(client.json("/portfolio/summary")["total_arr"].GetDouble() == total_arr);
    CHECK(total_arr == 1'000.0 * kAccounts * (kAccounts - 1) / 2);
}

}  // namespace keepwell::testing
