#include <catch2/catch.hpp>
#include <string>

#include "tests/support/running_app.hpp"

namespace keepwell::testing {
namespace {

const std::string kHeader =
    "account_name,segment,region,arr,date,daily_active_users,feature_adoption_rate,support_tickets_open,nps_"
    "score,"
    "login_frequency\n";

std::string row(const std::string& account, int arr, const std::string& day) {
    return account + ",SMB,EU," + std::to_string(arr) + "," + day + ",10,0.5,1,20,0.5\n";
}

}  // namespace

TEST_CASE("A file in the order of the days is imported like one in the order of the accounts") {
    RunningApp app;
    const std::string file = kHeader + row("Alder", 100, "2024-10-01") + row("Birch", 200, "2024-10-01") +
                             row("Alder", 110, "2024-10-02") + row("Birch", 210, "2024-10-02");
    const Reply reply = app.upload("days.csv", file);
    INFO(reply.body);
    REQUIRE(reply.status == 200);
    const auto answer = json_of(reply);
    CHECK(answer["accounts_created"].GetInt() == 2);
    CHECK(answer["metrics_created"].GetInt() == 4);
    CHECK(json_of(app.get("/accounts/1"))["arr"].GetDouble() == 110);
    CHECK(json_of(app.get("/accounts/2"))["arr"].GetDouble() == 210);
}

TEST_CASE("An account keeps the attributes of its newest day, also when that came in a later chunk") {
    RunningApp app;
    std::string file = kHeader + row("Alder", 100, "2024-10-01");
    // More than a chunk of others in between.
    for (int i = 0; i < 9'000; ++i) file += row("Other " + std::to_string(i), 1, "2024-10-01");
    file += row("Alder", 100, "2024-10-03");
    REQUIRE(app.upload("new.csv", file).status == 200);
    REQUIRE(app.upload("old.csv", kHeader + row("Alder", 999, "2024-10-02")).status == 200);
    CHECK(json_of(app.get("/accounts/1"))["arr"].GetDouble() == 100);
}

}  // namespace keepwell::testing
