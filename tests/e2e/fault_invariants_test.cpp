#include <catch2/catch.hpp>

#include "tests/support/event_invariants.hpp"
#include "tests/support/event_load.hpp"
#include "tests/support/process.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::testing {

using namespace std::chrono_literals;

TEST_CASE("the fault harness notices whatever is lost, doubled, wrong or missing") {
    test::TestDatabase database(test::DatabaseKind::kSqlite, test::TestDatabase::Schema::kEmpty);
    ServerProcess server({{"DATABASE_URL", database.url()}});
    EventLedger ledger;
    EventLoad load({server.port()}, {.seed = 1, .clients = 2, .customers = 6}, ledger);
    REQUIRE(eventually([&] { return ledger.size() > 200; }, 30s));
    load.finish();
    const ApiClient client(server.port());
    REQUIRE(broken_invariants(client, database, load.customers(), ledger).empty());

    const auto customer = [&](std::size_t number) { return std::to_string(load.customers().at(number)); };
    const std::string columns = "occurred_at, event_type, event_data, message_id, received_at";
    database.execute(
        "DELETE FROM customer_events WHERE id = (SELECT max(id) FROM customer_events WHERE customer_id = " +
        customer(0) + ")");
    database.execute(
        "INSERT INTO customer_events (customer_id, id, " + columns + ") SELECT customer_id, 9000000, " +
        columns +
        " FROM customer_events WHERE id = (SELECT max(id) FROM customer_events WHERE customer_id = " +
        customer(1) + ")");
    database.execute("UPDATE daily_activity SET events = events + 1 WHERE customer_id = " + customer(2));
    database.execute("UPDATE customers SET health_score = 1.5 WHERE id = " + customer(3));
    database.execute("UPDATE factor_scores SET score = 1.5 WHERE customer_id = " + customer(4));
    database.execute(
        "UPDATE recalculations SET requested_at = run_at, run_at = '2999-01-01T00:00:00.000000Z' WHERE "
        "customer_id = " +
        customer(5));
    ledger.object("answered with 500");

    std::string told;
    for (const std::string& each : broken_invariants(client, database, load.customers(), ledger, 1s))
        told += each + "\n";
    for (const char* words :
         {"is lost", "is there twice", "is not what its events come to", "own row has the score",
          "is not what its data says", "1 calculations are never done", "answered with 500"})
        CHECK_THAT(told, Catch::Contains(words));
    CHECK(server.stop() == 0);
}

}  // namespace keepwell::testing
