#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "tests/support/test_database.hpp"

namespace keepwell::test {
namespace {

using namespace std::chrono_literals;

constexpr Timestamp kNow = Timestamp{Date{std::chrono::year{2026} / 3 / 1}} + 8h + 7us;

std::optional<std::int64_t> acquire(UnitOfWork& work, std::string_view owner, Timestamp now = kNow,
                                    std::string_view name = "scheduler") {
    return transact(work, [&](Repositories& in) { return in.leases.acquire(name, owner, now, 10s); });
}

}  // namespace

TEST_CASE("a lease is kept by its owner and free for others once it has run out") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    CHECK(acquire(work, "a") == 1);
    CHECK_FALSE(acquire(work, "b", kNow + 9s));
    CHECK(acquire(work, "a", kNow + 9s) == 1);
    CHECK_FALSE(acquire(work, "b", kNow + 18s));
    CHECK(acquire(work, "b", kNow + 19s) == 2);
    CHECK_FALSE(acquire(work, "a", kNow + 20s));
    CHECK(acquire(work, "a", kNow, "another name") == 1);
}

TEST_CASE("a lease that its owner gives up is free at once, and its epoch goes on") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    CHECK(acquire(work, "a") == 1);
    work.run([](Repositories& in) { in.leases.release("scheduler", "b"); });
    CHECK_FALSE(acquire(work, "b"));
    work.run([](Repositories& in) { in.leases.release("scheduler", "a"); });
    CHECK(acquire(work, "b") == 2);
    work.run([](Repositories& in) { in.leases.release("scheduler", "b"); });
    CHECK(acquire(work, "b") == 3);
}

TEST_CASE("of many that want a lease at the same time one gets it") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    std::atomic<int> owners = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 6; ++i) {
        threads.emplace_back([&, i] {
            if (acquire(database.unit_of_work(), std::to_string(i))) ++owners;
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(owners == 1);
}

}  // namespace keepwell::test
