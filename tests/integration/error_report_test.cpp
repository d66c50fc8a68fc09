#include <catch2/catch.hpp>
#include <filesystem>
#include <string>

#include "tests/support/running_app.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::testing {
namespace {

std::string file_with_bad_rows(int count) {
    std::string file =
        "account_name,segment,region,arr,date,daily_active_users,feature_adoption_rate,support_tickets_open,"
        "nps_score,login_frequency\n";
    for (int i = 0; i < count; ++i) file += "Alder,SMB,EU,much,2024-10-01,10,0.5,1,20,0.5\n";
    return file;
}

}  // namespace

TEST_CASE("The error report names every bad row once and in order, and leaves no file behind") {
    constexpr int kRows = 12'345;
    const test::TestDatabase fresh(GENERATE(from_range(test::database_kinds())),
                                   test::TestDatabase::Schema::kEmpty);
    const RunningApp app(fresh.url());
    REQUIRE(app.upload("bad.csv", file_with_bad_rows(kRows)).status == 200);
    const Reply report = app.get("/api/imports/1/errors");
    REQUIRE(report.status == 200);
    CHECK(report.header("content-type") == "text/csv; charset=utf-8");
    std::size_t at = report.body.find("\r\n") + 2;
    for (int line = 2; line < kRows + 2; ++line) {
        const std::string begin = std::to_string(line) + ",arr,not_a_number,";
        REQUIRE(report.body.compare(at, begin.size(), begin) == 0);
        at = report.body.find("\r\n", at) + 2;
    }
    CHECK(at == report.body.size());
    CHECK(std::filesystem::is_empty(app.folder() / "files" / "imports"));
}

}  // namespace keepwell::testing
