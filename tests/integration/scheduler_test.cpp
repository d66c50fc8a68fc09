#include "services/scheduler.hpp"

#include <catch2/catch.hpp>

#include "tests/support/scoring_world.hpp"

namespace keepwell::testing {
namespace {

using namespace std::chrono_literals;

ScheduledTask counting(int& count, std::chrono::seconds every) {
    return {.name = "count", .every = every, .step = [&count](Repositories&, Timestamp) {
                ++count;
                return false;
            }};
}

}  // namespace

TEST_CASE("Of several schedulers one runs each task, when its time has come") {
    ScoringWorld world(GENERATE(from_range(test::database_kinds())));
    int minutes = 0;
    int hours = 0;
    Scheduler one(world.unit_of_work(), world.clock, {.owner = "one"});
    Scheduler other(world.unit_of_work(), world.clock, {.owner = "other"});
    for (Scheduler* scheduler : {&one, &other}) {
        scheduler->add(counting(minutes, 1min));
        scheduler->add(counting(hours, 1h));
    }
    CHECK(one.look());
    CHECK_FALSE(other.look());
    CHECK(minutes == 1);
    CHECK(hours == 1);
    for (int i = 0; i < 6 * 30; ++i) {
        world.clock.advance(10s);
        CHECK(one.look());
        CHECK_FALSE(other.look());
    }
    CHECK(minutes == 31);
    CHECK(hours == 1);
}

TEST_CASE("Another scheduler takes over when the lease has run out, or is given up") {
    ScoringWorld world(GENERATE(from_range(test::database_kinds())));
    int runs = 0;
    Scheduler other(world.unit_of_work(), world.clock, {.owner = "other"});
    other.add(counting(runs, 1h));
    {
        Scheduler one(world.unit_of_work(), world.clock, {.owner = "one", .look = 1ms});
        REQUIRE(one.look());
        SECTION("run out") {
            world.clock.advance(29s);
            CHECK_FALSE(other.look());
            world.clock.advance(2s);
            CHECK(other.look());
            CHECK_FALSE(one.look());
        }
        SECTION("given up") {
            CHECK_FALSE(other.look());
            one.start();
            one.stop();
            CHECK(other.look());
        }
    }
    CHECK(runs == 1);
}

TEST_CASE("A task that fails holds no other up and is tried again in its time") {
    ScoringWorld world(GENERATE(from_range(test::database_kinds())));
    int tries = 0;
    int runs = 0;
    Scheduler scheduler(world.unit_of_work(), world.clock, {.owner = "one"});
    scheduler.add({.name = "fail", .every = 1min, .step = [&](Repositories&, Timestamp) -> bool {
                       ++tries;
                       throw std::runtime_error("no");
                   }});
    scheduler.add(counting(runs, 1min));
    CHECK(scheduler.look());
    world.clock.advance(1min);
    CHECK(scheduler.look());
    CHECK(tries == 2);
    CHECK(runs == 2);
}

TEST_CASE("Housekeeping closes silent sessions and removes what is beyond retention") {
    ScoringWorld world(GENERATE(from_range(test::database_kinds())));
    const CustomerId acme = world.add_customer("Acme");
    auto told = world.login(acme);
    told.message_id = "m-1";
    world.record({told});
    const auto job = transact(world.unit_of_work(), [&](Repositories& in) {
        const JobId id =
            in.jobs.add({.type = "t", .run_at = world.clock.now(), .dedupe_key = {}}, world.clock.now());
        in.jobs.claim({"t"}, "w", world.clock.now(), 1min, 1);
        in.jobs.succeed(id, "w", "{}", world.clock.now());
        return id;
    });
    const auto count = [&](const std::string& table) {
        return world.database.number("SELECT count(*) FROM " + table);
    };
    Scheduler scheduler(world.unit_of_work(), world.clock, {.owner = "one"});
    for (ScheduledTask& task : housekeeping(std::chrono::days{100})) scheduler.add(std::move(task));

    CHECK(scheduler.look());
    CHECK(count("sessions WHERE ended_at IS NULL") == 1);
    world.clock.advance(31min);
    CHECK(scheduler.look());
    CHECK(count("sessions WHERE ended_at IS NULL") == 0);

    world.clock.advance(8 * 24h);
    CHECK(scheduler.look());
    CHECK_FALSE(query(world.unit_of_work(), [&](Repositories& in) { return in.jobs.find(job); }));
    CHECK(count("customer_events") == 1);

    world.clock.advance(100 * 24h);
    world.record({world.login(acme)});
    CHECK(scheduler.look());
    // PostgreSQL drops whole months, so that the old event may still be there for some weeks.
    world.clock.advance(31 * 24h);
    CHECK(scheduler.look());
    CHECK(count("customer_events") == 1);
    CHECK(count("event_keys") == 0);
    CHECK(count("daily_activity") == 1);
}

}  // namespace keepwell::testing
