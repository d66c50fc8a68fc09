#include <catch2/catch.hpp>
#include <future>

#include "data/database.hpp"
#include "data/migrations.hpp"
#include "data/soci_unit_of_work.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::testing {
namespace {

constexpr Date kDay = std::chrono::year{2024} / 10 / 1;

CustomerId add_customer(UnitOfWork& unit_of_work) {
    return transact(unit_of_work, [](Repositories& in) {
        const AccountAttributes alder{.name = "Alder",
                                      .segment = "SMB",
                                      .region = "EU",
                                      .arr = {100},
                                      .custom = {},
                                      .as_of = kDay,
                                      .arr_since = {},
                                      .first_day = {}};
        return in.customers.upsert_accounts({&alder, 1}, Timestamp{kDay}).front().id;
    });
}

bool is_marked(UnitOfWork& unit_of_work) {
    return query(unit_of_work, [](Repositories& in) { return !in.customers.list_stale({}, 1).empty(); });
}

}  // namespace

TEST_CASE("A mark that is set while the score before it is being stored is not lost") {
    const auto kind = GENERATE(from_range(test::database_kinds()));
    const test::TestDatabase fresh(kind, test::TestDatabase::Schema::kEmpty);
    data::Database database({.url = fresh.url()});
    data::migrate(database);
    data::SociUnitOfWork unit_of_work(database);
    const CustomerId alder = add_customer(unit_of_work);
    const auto mark = [&] {
        unit_of_work.run([&](Repositories& in) { in.customers.mark_stale({&alder, 1}); });
    };
    mark();

    std::future<void> second_mark;
    unit_of_work.run([&](Repositories& in) {
        in.customers.lock({&alder, 1});
        second_mark = std::async(std::launch::async, mark);
        // It has to wait for the end of this transaction; a moment to go wrong in.
        CHECK(second_mark.wait_for(std::chrono::milliseconds{200}) == std::future_status::timeout);
        const CustomerScore score{.id = alder,
                                  .score = 50,
                                  .status = HealthStatus::kAtRisk,
                                  .scorecard = "metrics",
                                  .latest_metrics_date = {}};
        in.customers.save_scores({&score, 1}, Timestamp{kDay});
    });
    second_mark.get();
    CHECK(is_marked(unit_of_work));
}

}  // namespace keepwell::testing
