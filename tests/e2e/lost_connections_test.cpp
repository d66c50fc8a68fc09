#include <catch2/catch.hpp>
#include <random>

#include "tests/support/api_client.hpp"
#include "tests/support/fault_proxy.hpp"
#include "tests/support/metrics_csv.hpp"
#include "tests/support/process.hpp"
#include "tests/support/running_app.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::testing {
namespace {

using namespace std::chrono_literals;
using Kind = test::DatabaseKind;

}  // namespace

TEST_CASE("an import ends as usual although the database's connections are lost again and again") {
    if (test::database_kinds().size() < 2) return;
    const std::uint64_t seed = fault_seed();
    INFO("repeat it with KEEPWELL_FAULT_SEED=" << seed);
    test::TestDatabase database(Kind::kPostgresql, test::TestDatabase::Schema::kEmpty);
    FaultProxy network(port_in(database.url()), seed);
    ServerProcess server({{"DATABASE_URL", with_port(database.url(), network.port())}});
    const ApiClient client(server.port());
    std::string csv{kMetricsHeader};
    for (int row = 0; row < 60'000; ++row) {
        csv += "Account " + std::to_string(row / 200) + ",SMB,EU,1000," +
               keepwell::to_string(Date{std::chrono::days{19'000 + row % 200}}) + ",5,0.5,1,,0.5\n";
    }
    const Reply accepted = client.upload("many.csv", csv, "", "Prefer: respond-async\r\n");
    REQUIRE(accepted.status == 202);
    std::mt19937_64 random(seed);
    const std::string job = accepted.header("location");
    const auto ended = [&] {
        const Reply reply = client.get(job);
        return reply.status == 200 && json_of(reply)["status"] == "succeeded";
    };
    for (int round = 0; round < 5; ++round) {
        const std::chrono::milliseconds pause{std::uniform_int_distribution(10, 300)(random)};
        if (eventually(ended, pause)) break;
        network.cut_all();
    }
    REQUIRE(eventually(ended, 60s));
    CHECK(database.number("SELECT count(*) FROM account_metrics_daily") == 60'000);
    CHECK(database.number("SELECT count(*) FROM customers") == 300);
    CHECK(server.stop() == 0);
}

}  // namespace keepwell::testing
