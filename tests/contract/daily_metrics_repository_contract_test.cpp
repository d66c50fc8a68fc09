#include <catch2/catch.hpp>
#include <thread>

#include "tests/support/test_database.hpp"

namespace keepwell::test {
namespace {

using std::chrono::days;

constexpr Date kDay{std::chrono::year{2026} / 3 / 1};

DailyMetrics row(std::int64_t customer, int day, std::int64_t users = 10) {
    DailyMetrics metrics;
    metrics.customer_id = {customer};
    metrics.date = kDay + days{day};
    metrics.daily_active_users = users;
    metrics.feature_adoption_rate = 0.1 + 0.2;  // Not what 0.3 is.
    metrics.support_tickets_open = 2;
    metrics.nps_score = -12.5;
    metrics.login_frequency = 1.0 / 3;
    metrics.arr = {123'456'789'01};
    metrics.health_score = 62.629999999999995;
    return metrics;
}

std::vector<CustomerId> make_customers(UnitOfWork& work, int count) {
    return transact(work, [&](Repositories& in) {
        std::vector<AccountAttributes> accounts;
        for (int i = 0; i < count; ++i) {
            AccountAttributes account;
            account.name = "account " + std::to_string(i);
            account.segment = "smb";
            account.region = "EU";
            account.as_of = kDay;
            accounts.push_back(account);
        }
        std::vector<CustomerId> ids;
        for (const auto& answer : in.customers.upsert_accounts(accounts, Timestamp{kDay})) {
            ids.push_back(answer.id);
        }
        return ids;
    });
}

MetricsWritten upsert(UnitOfWork& work, const std::vector<DailyMetrics>& rows) {
    return transact(work, [&](Repositories& in) { return in.daily_metrics.upsert(rows); });
}

std::vector<DailyMetrics> all(UnitOfWork& work) {
    return query(work, [](Repositories& in) { return in.daily_metrics.scan({}, Date{}, 1'000'000); });
}

}  // namespace

TEST_CASE("metrics rows come back exactly, whatever their order and whether a value is missing") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    make_customers(work, 2);
    DailyMetrics bare = row(1, 0);
    bare.nps_score.reset();
    bare.health_score.reset();
    bare.arr = {};
    const MetricsWritten written = upsert(work, {row(2, 0), row(1, 1), bare});
    CHECK(written.created == 3);
    CHECK(written.updated == 0);
    CHECK(written.unchanged == 0);
    CHECK(written.touched == std::vector<CustomerId>{{1}, {2}});
    CHECK(all(work) == std::vector<DailyMetrics>{bare, row(1, 1), row(2, 0)});
}

TEST_CASE("an upsert tells created, updated and unchanged rows apart, and days far apart are no exception") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    const int spread = GENERATE(1, 400);  // The second takes the path for scattered keys.
    UnitOfWork& work = database.unit_of_work();
    make_customers(work, 60);
    std::vector<DailyMetrics> rows;
    for (int i = 0; i < 60; ++i) rows.push_back(row(i + 1, i * spread));
    CHECK(upsert(work, rows).created == 60);
    const MetricsWritten again = upsert(work, rows);
    CHECK(again.created == 0);
    CHECK(again.updated == 0);
    CHECK(again.unchanged == 60);
    CHECK(again.touched.empty());

    rows[3].daily_active_users = 99;
    rows[5].nps_score.reset();
    rows[7].arr = {1};
    rows.push_back(row(60, 60 * spread));
    const MetricsWritten mixed = upsert(work, rows);
    CHECK(mixed.created == 1);
    CHECK(mixed.updated == 3);
    CHECK(mixed.unchanged == 57);
    CHECK(mixed.touched == std::vector<CustomerId>{{4}, {6}, {8}, {60}});
    CHECK(all(work) == rows);
}

TEST_CASE("no rows are no work") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    CHECK(upsert(database.unit_of_work(), {}).touched.empty());
}

TEST_CASE("eight threads that upload the same rows write each of them once") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    make_customers(work, 20);
    std::vector<DailyMetrics> rows;
    for (int customer = 1; customer <= 20; ++customer) {
        for (int day = 0; day < 50; ++day) rows.push_back(row(customer, day));
    }
    std::vector<MetricsWritten> written(8);
    std::vector<std::thread> threads;
    for (MetricsWritten& mine : written) threads.emplace_back([&] { mine = upsert(work, rows); });
    for (std::thread& thread : threads) thread.join();
    std::int64_t created = 0;
    for (const MetricsWritten& mine : written) {
        created += mine.created;
        CHECK(mine.created + mine.unchanged == 1000);
    }
    CHECK(created == 1000);
    CHECK(all(work) == rows);
}

TEST_CASE("the latest rows are the newest not after the day, and customers without one are left out") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const auto ids = make_customers(work, 3);
    upsert(work, {row(1, 0), row(1, 5), row(1, 9), row(2, 9)});
    const auto latest = [&](int day) {
        return query(work, [&](Repositories& in) { return in.daily_metrics.latest(ids, kDay + days{day}); });
    };
    CHECK(latest(20) == std::vector<DailyMetrics>{row(1, 9), row(2, 9)});
    CHECK(latest(8) == std::vector<DailyMetrics>{row(1, 5)});
    CHECK(latest(-1).empty());
    CHECK(query(work, [&](Repositories& in) { return in.daily_metrics.latest({}, kDay); }).empty());
}

TEST_CASE("history is the newest rows of a span of days, oldest first") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    make_customers(work, 2);
    upsert(work, {row(1, 0), row(1, 1), row(1, 2), row(1, 3), row(2, 2)});
    const auto history = [&](int from, int as_of, std::int64_t limit) {
        return query(work, [&](Repositories& in) {
            return in.daily_metrics.history({1}, kDay + days{from}, kDay + days{as_of}, limit);
        });
    };
    CHECK(history(0, 9, 9) == std::vector<DailyMetrics>{row(1, 0), row(1, 1), row(1, 2), row(1, 3)});
    CHECK(history(1, 2, 9) == std::vector<DailyMetrics>{row(1, 1), row(1, 2)});
    CHECK(history(0, 9, 2) == std::vector<DailyMetrics>{row(1, 2), row(1, 3)});
}

TEST_CASE("scores of rows are rewritten alone and a scan goes on behind a key") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    make_customers(work, 2);
    upsert(work, {row(1, 0), row(1, 1), row(2, 0)});
    DailyMetrics other = row(1, 1, 999);
    other.health_score = 1.5;
    work.run([&](Repositories& in) { in.daily_metrics.save_row_scores(std::vector<DailyMetrics>{other}); });
    other.daily_active_users = 10;
    CHECK(all(work) == std::vector<DailyMetrics>{row(1, 0), other, row(2, 0)});
    const auto scan = [&](std::int64_t customer, int day, std::int64_t limit) {
        return query(work, [&](Repositories& in) {
            return in.daily_metrics.scan({customer}, kDay + days{day}, limit);
        });
    };
    CHECK(scan(1, 0, 1) == std::vector<DailyMetrics>{other});
    CHECK(scan(1, 1, 9) == std::vector<DailyMetrics>{row(2, 0)});
    CHECK(scan(2, 0, 9).empty());
}

}  // namespace keepwell::test
