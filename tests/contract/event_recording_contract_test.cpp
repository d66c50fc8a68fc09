#include <catch2/catch.hpp>
#include <random>
#include <thread>

#include "services/event_recording.hpp"
#include "tests/support/event_samples.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::test {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using Events = std::vector<CustomerEvent>;

RecordedBatch record(UnitOfWork& unit_of_work, const Events& events) {
    return transact(unit_of_work, [&](Repositories& in) {
        return EventRecording::record(in, events, kEventNoon + 30 * days{1});
    });
}

/// Events of all customers in no order, over two months, with sums that doubles hold exactly.
Events random_events(const std::vector<CustomerId>& customers, int count, unsigned seed) {
    std::mt19937 random(seed);
    const auto any = [&](std::size_t below) { return random() % below; };
    const std::vector<std::string> types{"login", "page_view", "api_call", "logout", "support_ticket"};
    Events events;
    for (int i = 0; i < count; ++i) {
        const int day = any(4) == 0 ? static_cast<int>(any(60)) : 0;
        CustomerEvent event = event_of(
            customers[any(customers.size())], types[any(types.size())],
            kEventNoon - days{day} + std::chrono::seconds{any(3600)},
            {{"user", "user " + std::to_string(any(3))}, {"amount", static_cast<double>(any(100)) / 4}},
            std::to_string(seed) + "-" + std::to_string(i));
        if (event.type == "support_ticket") event.attributes["ticket_id"] = "T" + std::to_string(any(9));
        events.push_back(std::move(event));
    }
    return events;
}

std::vector<CustomerId> many_customers(UnitOfWork& unit_of_work) {
    std::vector<std::string> names;
    for (int i = 0; i < 30; ++i) names.push_back("Customer " + std::to_string(i));
    return add_customers(unit_of_work, names);
}

std::vector<DailyActivity> activity(UnitOfWork& unit_of_work, const std::vector<CustomerId>& customers) {
    return query(unit_of_work, [&](Repositories& in) {
        return in.activity.load(customers, kEventDay - days{100}, kEventDay + days{1}).activity;
    });
}

}  // namespace

TEST_CASE("a batch of events is stored, rolled up, followed and asks for scores") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const auto customers = add_customers(work, {"Acme", "Globex", "Initech"});
    const Events events{
        event_of(customers[1], "logout", kEventNoon + 20min, {{"user", std::string("bob")}}),
        event_of(customers[0], "login", kEventNoon, {{"user", std::string("ann")}}),
        event_of({404}, "login"),
        event_of(customers[1], "login", kEventNoon, {{"user", std::string("bob")}}, "m"),
        event_of(customers[1], "login", kEventNoon, {{"user", std::string("bob")}}, "m"),
        event_of(customers[1], "page_view", kEventNoon + 5min, {{"user", std::string("bob")}}),
        event_of(customers[0], "support_ticket", kEventNoon - days{40})};
    const RecordedBatch batch = record(work, events);
    REQUIRE(batch.outcomes.size() == events.size());
    CHECK(batch.added == 5);
    CHECK(batch.duplicates == 1);
    CHECK(batch.outcomes[2].outcome == EventOutcome::kUnknownCustomer);
    CHECK(batch.outcomes[4].outcome == EventOutcome::kDuplicate);
    CHECK(batch.outcomes[4].id == batch.outcomes[3].id);
    const auto stored = activity(work, customers);
    REQUIRE(stored.size() == 5);
    CHECK(stored[0].tickets.contains("event:" + std::to_string(batch.outcomes[6].id.value)));
    const auto sessions =
        query(work, [&](Repositories& in) { return in.sessions.list(customers[1], {}, 9); });
    REQUIRE(sessions.size() == 1);
    CHECK(sessions[0].page_views == 1);
    CHECK(sessions[0].ended_at == kEventNoon + 20min);
    CHECK(database.number("SELECT count(*) FROM recalculations") == 2);

    // Told again: nothing moves, and nobody is scored again for it.
    database.execute("DELETE FROM recalculations");
    CHECK(record(work, {events[3]}).added == 0);
    CHECK(activity(work, customers) == stored);
    CHECK(database.number("SELECT count(*) FROM recalculations") == 0);
    CHECK(record(work, {}).outcomes.empty());
}

TEST_CASE("sessions go on from batch to batch") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const CustomerId id = add_customers(work, {"Acme"})[0];
    record(work, {event_of(id, "login", kEventNoon)});
    record(work,
           {event_of(id, "page_view", kEventNoon + 10min), event_of(id, "feature_use", kEventNoon + 9min)});
    record(work, {event_of(id, "login", kEventNoon + 2h)});
    const auto sessions = query(work, [&](Repositories& in) { return in.sessions.list(id, {}, 9); });
    REQUIRE(sessions.size() == 2);
    CHECK(sessions[1].ended_at == kEventNoon + 10min);
    CHECK(sessions[1].page_views == 1);
    CHECK(sessions[1].feature_uses == 1);
    CHECK_FALSE(sessions[0].ended_at);
}

TEST_CASE("a batch that fails leaves nothing behind") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const auto customers = many_customers(work);
    const Events events = random_events(customers, 200, 1);
    CHECK_THROWS(work.run([&](Repositories& in) {
        EventRecording::record(in, events, kEventNoon);
        throw std::runtime_error("the power went");
    }));
    for (const char* table : {"customer_events", "event_keys", "daily_activity", "sessions", "recalculations",
                              "seen_event_types"}) {
        CAPTURE(table);
        CHECK(database.number("SELECT count(*) FROM " + std::string(table)) == 0);
    }
    CHECK(record(work, events).added == 200);
    CHECK(activity(work, customers) == roll_up(events));
}

TEST_CASE("threads that send the same events at once leave each of them once, in the rollups too") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const auto customers = many_customers(work);
    Events all;
    std::vector<Events> sources;
    for (unsigned source = 0; source < 3; ++source) {
        sources.push_back(random_events(customers, 400, source));
        all.insert(all.end(), sources.back().begin(), sources.back().end());
    }
    std::atomic<std::int64_t> added{0};
    std::atomic<int> failed{0};
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < 6; ++i) {
        threads.emplace_back([&, i] {
            Events mine = sources[i % sources.size()];
            std::shuffle(mine.begin(), mine.end(), std::mt19937(i));
            const std::size_t size = i < 3 ? 100 : 37;
            try {
                for (std::size_t start = 0; start < mine.size(); start += size) {
                    const auto begin = mine.begin() + static_cast<std::ptrdiff_t>(start);
                    const std::size_t end = std::min(size, mine.size() - start);
                    added += record(work, {begin, begin + static_cast<std::ptrdiff_t>(end)}).added;
                }
            } catch (const std::exception& error) {
                ++failed;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(failed == 0);
    CHECK(added == static_cast<std::int64_t>(all.size()));
    CHECK(database.number("SELECT count(*) FROM customer_events") == static_cast<std::int64_t>(all.size()));
    CHECK(activity(work, customers) == roll_up(all));
}

}  // namespace keepwell::test
