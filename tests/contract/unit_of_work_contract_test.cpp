#include <catch2/catch.hpp>
#include <latch>
#include <thread>

#include "domain/error.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::test {
namespace {

struct Failure : std::runtime_error {
    Failure() : std::runtime_error("the work failed") {}
};

JobId add_job(Repositories& in, const std::string& type) {
    return in.jobs.add({.type = type, .payload = "{}", .run_at = {}, .max_attempts = 1, .dedupe_key = ""},
                       {});
}

std::size_t count_jobs(UnitOfWork& work) {
    return query(work, [](Repositories& in) { return in.jobs.list({}, 1000).size(); });
}

}  // namespace

TEST_CASE("a work is committed when it returns and gone when it throws") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    work.run([](Repositories& in) { add_job(in, "kept"); });
    CHECK_THROWS_AS(work.run([](Repositories& in) {
        add_job(in, "lost");
        throw Failure();
    }),
                    Failure);
    CHECK(count_jobs(work) == 1);
    CHECK(database.column("SELECT type FROM jobs") == std::vector<std::string>{"kept"});
}

TEST_CASE("works of many threads are all committed, and those that throw take nobody with them") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    constexpr int kThreads = 16;
    constexpr int kRounds = 10;
    std::latch start(kThreads);
    std::atomic<int> failed{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) {
        threads.emplace_back([&, i] {
            start.arrive_and_wait();
            for (int round = 0; round < kRounds; ++round) {
                try {
                    work.run([&](Repositories& in) {
                        add_job(in, i % 4 == 0 ? "lost" : "kept");
                        if (i % 4 == 0) throw Failure();
                    });
                } catch (const Failure&) {
                    ++failed;
                }
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(failed == kThreads / 4 * kRounds);
    CHECK(database.column("SELECT DISTINCT type FROM jobs") == std::vector<std::string>{"kept"});
    CHECK(count_jobs(work) == kThreads / 4 * 3 * kRounds);
}

TEST_CASE("what a commit acknowledged is there for every reader, in this process and in another") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    const JobId id = transact(database.unit_of_work(), [](Repositories& in) { return add_job(in, "x"); });
    CHECK(query(database.unit_of_work(), [&](Repositories& in) { return in.jobs.find(id).has_value(); }));
    data::Database other({.url = database.url()});
    data::SociUnitOfWork other_work(other);
    CHECK(query(other_work, [&](Repositories& in) { return in.jobs.find(id).has_value(); }));
    other_work.run([](Repositories& in) { add_job(in, "y"); });
    CHECK(count_jobs(database.unit_of_work()) == 2);
}

TEST_CASE("statements are counted on the thread that asked for them") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    work.run([](Repositories& in) { add_job(in, "warm up"); });
    std::latch start(4);
    std::vector<std::thread> threads;
    std::vector<int> counts(4);
    for (int& count : counts) {
        threads.emplace_back([&] {
            start.arrive_and_wait();
            database_use() = {};
            work.run([](Repositories& in) {
                for (int i = 0; i < 3; ++i) in.portfolio.data_version();
            });
            work.read([](Repositories& in) { in.portfolio.data_version(); });
            count = database_use().queries;
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(counts == std::vector<int>(4, 4));
}

TEST_CASE("no free session in time is an error that says to try again") {
    const DatabaseKind kind = GENERATE(from_range(database_kinds()));
    TestDatabase test(kind);
    data::Database database(
        {.url = test.url(), .sessions = 1, .lease_timeout = std::chrono::milliseconds{20}});
    data::SociUnitOfWork work(database);
    work.read([&](Repositories&) {
        std::thread([&] {
            try {
                work.read([](Repositories&) {});
                FAIL("there was a second session");
            } catch (const Error& error) {
                CHECK(error.code() == ErrorCode::kUnavailable);
            }
        }).join();
    });
    work.read([](Repositories& in) { in.portfolio.data_version(); });
}

TEST_CASE("a database that can't be reached is unavailable, not a crash") {
    data::Database database({.url = "postgresql://nobody@127.0.0.1:1/none"});
    data::SociUnitOfWork work(database);
    for (int i = 0; i < 2; ++i) {
        try {
            work.run([](Repositories&) {});
            FAIL("it was reached");
        } catch (const Error& error) {
            CHECK(error.code() == ErrorCode::kUnavailable);
        }
    }
}

TEST_CASE("urls that name no database are refused with what to write instead") {
    for (const char* url : {"", "mysql://localhost/x", "sqlite://keepwell.db", "sqlite:///", "keepwell.db",
                            "sqlite:////nowhere/at/all/keepwell.db"}) {
        try {
            data::Database database({.url = url});
            FAIL(url << " was accepted");
        } catch (const Error& error) {
            CHECK(error.code() == ErrorCode::kInvalid);
            CHECK(std::string(error.what()).find("DATABASE_URL") != std::string::npos);
        }
    }
    CHECK(data::Database({.url = "postgresql://user:secret@host:5433/name?sslmode=require"}).description() ==
          "PostgreSQL at host:5433/name");
}

TEST_CASE("a second process that holds SQLite's writer makes others wait, then tells them it is busy") {
    TestDatabase test(DatabaseKind::kSqlite);
    data::Database impatient({.url = test.url(), .busy_timeout = std::chrono::milliseconds{20}});
    data::SociUnitOfWork impatient_work(impatient);
    test.unit_of_work().run([&](Repositories& in) {
        add_job(in, "first");
        try {
            impatient_work.run([](Repositories& other) { add_job(other, "second"); });
            FAIL("two wrote at the same time");
        } catch (const Error& error) {
            CHECK(error.code() == ErrorCode::kUnavailable);
        }
        // Readers don't wait.
        CHECK(count_jobs(impatient_work) == 0);
    });
    impatient_work.run([](Repositories& in) { add_job(in, "second"); });
    CHECK(count_jobs(test.unit_of_work()) == 2);
}

TEST_CASE("after PostgreSQL dropped every connection, everything works again by itself") {
    if (database_kinds().size() < 2) return;
    TestDatabase database(DatabaseKind::kPostgresql);
    UnitOfWork& work = database.unit_of_work();
    for (int i = 0; i < 2; ++i) {
        work.run([](Repositories& in) { add_job(in, "x"); });
        CHECK(count_jobs(work) == static_cast<std::size_t>(2 * i + 1));
        database.drop_connections();
        // A read is repeated; a run finds out before it begins.
        CHECK(count_jobs(work) == static_cast<std::size_t>(2 * i + 1));
        database.drop_connections();
        work.run([](Repositories& in) { add_job(in, "y"); });
    }
    // In the middle of a run nobody can know, so the caller is told.
    int runs = 0;
    try {
        work.run([&](Repositories& in) {
            ++runs;
            database.drop_connections();
            add_job(in, "z");
        });
        FAIL("a dead connection committed");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::kUnavailable);
    }
    CHECK(runs == 1);
    CHECK(count_jobs(work) == 4);
}

TEST_CASE("works that lock crosswise are run again until both are through") {
    if (database_kinds().size() < 2) return;
    TestDatabase database(DatabaseKind::kPostgresql);
    UnitOfWork& work = database.unit_of_work();
    const JobId first = transact(work, [](Repositories& in) { return add_job(in, "a"); });
    const JobId second = transact(work, [](Repositories& in) { return add_job(in, "b"); });
    database.execute("UPDATE jobs SET state = 'running', lease_owner = 'me'");
    std::latch both(2);
    std::atomic<int> runs{0};
    const auto cross = [&](JobId one, JobId other) {
        work.run([&, met = false](Repositories& in) mutable {
            ++runs;
            in.jobs.extend(one, "me", 50, {});
            if (!std::exchange(met, true)) both.arrive_and_wait();
            in.jobs.extend(other, "me", 60, {});
        });
    };
    std::thread other([&] { cross(second, first); });
    cross(first, second);
    other.join();
    CHECK(runs >= 3);
    CHECK(database.column("SELECT count(*)::text FROM jobs WHERE progress >= 50") ==
          std::vector<std::string>{"2"});
}

TEST_CASE("a pooler in transaction mode finds nothing left on its connections") {
    if (database_kinds().size() < 2) return;
    TestDatabase test(DatabaseKind::kPostgresql);
    data::Database database({.url = test.url(), .sessions = 1, .transaction_pooler = true});
    data::SociUnitOfWork work(database);
    work.run([](Repositories& in) { add_job(in, "x"); });
    // With another server connection behind each transaction, a prepared statement would not be found.
    test.drop_connections();
    CHECK(count_jobs(work) == 1);
}

}  // namespace keepwell::test
