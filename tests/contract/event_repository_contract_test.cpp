#include <catch2/catch.hpp>
#include <thread>

#include "tests/support/event_samples.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::test {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

std::vector<RecordedEvent> add(UnitOfWork& unit_of_work, const std::vector<CustomerEvent>& events) {
    return transact(unit_of_work, [&](Repositories& in) { return in.events.add(events); });
}

std::vector<CustomerEvent> list(UnitOfWork& unit_of_work, CustomerId id,
                                const EventRepository::Page& page = {}) {
    return query(unit_of_work, [&](Repositories& in) { return in.events.list(id, page); });
}

std::vector<std::int64_t> ids(const std::vector<CustomerEvent>& events) {
    std::vector<std::int64_t> ids;
    for (const CustomerEvent& event : events) ids.push_back(event.id.value);
    return ids;
}

std::vector<EventOutcome> outcomes(const std::vector<RecordedEvent>& recorded) {
    std::vector<EventOutcome> outcomes;
    for (const RecordedEvent& event : recorded) outcomes.push_back(event.outcome);
    return outcomes;
}

constexpr auto kAdded = EventOutcome::kAdded;
constexpr auto kDuplicate = EventOutcome::kDuplicate;
constexpr auto kReused = EventOutcome::kMessageIdReused;

}  // namespace

TEST_CASE("an event comes back as it was given, with its attributes read from its data") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const CustomerId id = add_customers(work, {"Acme"})[0];
    CustomerEvent given = event_of(id, "login", kEventNoon + 123456us, {}, "m-1");
    given.data = R"( {"ip_address":"::1", "device": {"os" : "Línux \"6\" \ud83e\udd84\n", "cores":8.5e0},)"
                 R"( "list":[1,{"a":"]"}], "nothing":null, "known":true, "empty":{}} )";
    given.received_at = kEventNoon + 1h + 7us;
    const auto recorded = add(work, {given});
    REQUIRE(outcomes(recorded) == std::vector{kAdded});
    CHECK(recorded[0].id.value > 0);
    const auto events = list(work, id);
    REQUIRE(events.size() == 1);
    CHECK(events[0].customer_id == id);
    CHECK(events[0].id == recorded[0].id);
    CHECK(events[0].type == "login");
    CHECK(events[0].data == given.data);
    CHECK(events[0].occurred_at == given.occurred_at);
    CHECK(events[0].received_at == given.received_at);
    CHECK(events[0].message_id == "m-1");
    CHECK(events[0].attributes == Attributes{{"ip_address", std::string("::1")},
                                             {"device.os", std::string("Línux \"6\" 🦄\n")},
                                             {"device.cores", 8.5},
                                             {"known", true}});
}

TEST_CASE("a message_id means one event of a customer, in one batch and over many") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    // A few rows and many go different ways.
    const int others = GENERATE(0, 50);
    const auto customers = add_customers(work, {"Acme", "Globex"});
    std::vector<CustomerEvent> events{event_of(customers[0], "login", kEventNoon, {}, "a"),
                                      event_of(customers[0], "login", kEventNoon, {}, "a"),
                                      event_of(customers[0], "logout", kEventNoon, {}, "a"),
                                      event_of(customers[1], "login", kEventNoon, {}, "a"),
                                      event_of(customers[0], "login", kEventNoon),
                                      event_of(customers[0], "login", kEventNoon)};
    for (int i = 0; i < others; ++i) {
        events.push_back(event_of(customers[1], "login", kEventNoon, {}, "first " + std::to_string(i)));
    }
    const auto first = add(work, events);
    std::vector<EventOutcome> expected{kAdded, kDuplicate, kReused, kAdded, kAdded, kAdded};
    expected.resize(events.size(), kAdded);
    CHECK(outcomes(first) == expected);
    CHECK(first[1].id == first[0].id);
    CHECK(first[2].id == first[0].id);

    events[4].message_id = "b";
    events[5] = event_of(customers[0], "login", kEventNoon + 1s, {}, "a");
    for (int i = 0; i < others; ++i) {
        events.push_back(event_of(customers[0], "login", kEventNoon, {}, "second " + std::to_string(i)));
    }
    const auto second = add(work, events);
    expected = {kDuplicate, kDuplicate, kReused, kDuplicate, kAdded, kReused};
    expected.resize(6 + static_cast<std::size_t>(others), kDuplicate);
    expected.resize(events.size(), kAdded);
    CHECK(outcomes(second) == expected);
    CHECK(second[0].id == first[0].id);
    CHECK(second[3].id == first[3].id);
    CHECK(query(work, [&](Repositories& in) { return in.events.count(customers[0]); }) == 4 + others);
    CHECK(query(work, [&](Repositories& in) { return in.events.count(customers[1]); }) == 1 + others);
}

TEST_CASE("a retry is the same event although its time was filled in anew") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const CustomerId id = add_customers(work, {"Acme"})[0];
    CustomerEvent event = event_of(id, "login", kEventNoon, {}, "a");
    event.timestamp_given = false;
    add(work, {event});
    event.occurred_at += 5s;
    CHECK(outcomes(add(work, {event})) == std::vector{kDuplicate});
    event.data = R"({"user":"ann"})";
    CHECK(outcomes(add(work, {event})) == std::vector{kReused});
}

TEST_CASE("events of customers that don't exist are told and stored nowhere") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const CustomerId id = add_customers(work, {"Acme"})[0];
    const auto recorded = add(work, {event_of({404}, "login", kEventNoon, {}, "a"), event_of(id, "login"),
                                     event_of({404}, "login")});
    CHECK(outcomes(recorded) ==
          std::vector{EventOutcome::kUnknownCustomer, kAdded, EventOutcome::kUnknownCustomer});
    CHECK(database.number("SELECT count(*) FROM customer_events") == 1);
    CHECK(database.number("SELECT count(*) FROM event_keys") == 0);
    CHECK(add(work, {}).empty());
}

TEST_CASE("events are listed newest first, page by page, by type and time") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const auto customers = add_customers(work, {"Acme", "Globex"});
    std::vector<CustomerEvent> events;
    for (int i = 0; i < 20; ++i) {
        // Over three months, some at the same moment.
        events.push_back(event_of(customers[0], i % 3 == 0 ? "login" : "api_call",
                                  kEventNoon + days{(i / 2) * 7} - days{35}));
    }
    events.push_back(event_of(customers[1], "login"));
    add(work, events);
    const auto all = list(work, customers[0]);
    REQUIRE(all.size() == 20);
    CHECK(std::is_sorted(all.begin(), all.end(), [](const CustomerEvent& left, const CustomerEvent& right) {
        return std::tie(left.occurred_at, left.id) > std::tie(right.occurred_at, right.id);
    }));
    std::vector<std::int64_t> paged;
    EventRepository::Page page{.limit = 3};
    for (auto events_of_page = list(work, customers[0], page); !events_of_page.empty();
         events_of_page = list(work, customers[0], page)) {
        for (const std::int64_t id : ids(events_of_page)) paged.push_back(id);
        page.before = events_of_page.back().occurred_at;
        page.before_id = events_of_page.back().id;
    }
    CHECK(paged == ids(all));
    CHECK(list(work, customers[0], {.type = "login"}).size() == 7);
    CHECK(list(work, customers[0], {.from = kEventNoon, .before = kEventNoon + days{7}}).size() == 2);
    CHECK(list(work, customers[0], {.before = kEventNoon}).size() == 10);
}

TEST_CASE("a scan answers the newest events of each customer, oldest first") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const auto customers = add_customers(work, {"Acme", "Globex", "Initech"});
    std::vector<CustomerEvent> events;
    for (int day = 0; day < 5; ++day) {
        events.push_back(event_of(customers[1], "login", kEventNoon + days{day}));
        events.push_back(event_of(customers[0], "login", kEventNoon + days{day}));
    }
    add(work, events);
    const auto found = query(work, [&](Repositories& in) {
        return in.events.scan(customers, kEventNoon, kEventNoon + days{4}, 3);
    });
    std::vector<std::pair<CustomerId, Timestamp>> expected;
    for (const CustomerId id : {customers[0], customers[1]}) {
        for (int day = 1; day < 4; ++day) expected.emplace_back(id, kEventNoon + days{day});
    }
    std::vector<std::pair<CustomerId, Timestamp>> given;
    for (const CustomerEvent& event : found) given.emplace_back(event.customer_id, event.occurred_at);
    CHECK(given == expected);
}

TEST_CASE("old events go with their keys, and the young ones stay") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const CustomerId id = add_customers(work, {"Acme"})[0];
    std::vector<CustomerEvent> events;
    for (const Date day : {Date{std::chrono::year{1987} / 5 / 5}, kEventDay - days{70}, kEventDay - days{41},
                           kEventDay - days{37}, kEventDay}) {
        events.push_back(event_of(id, "login", Timestamp{day}, {}, to_string(day)));
        events.push_back(event_of(id, "login", Timestamp{day}));
    }
    add(work, events);
    const Date first_of_month{std::chrono::year{2026} / 2 / 1};
    const auto remove = [&] {
        return transact(
            work, [&](Repositories& in) { return in.events.remove_before(Timestamp{first_of_month}, 3); });
    };
    int calls = 0;
    while (remove() > 0) REQUIRE(++calls < 20);
    CHECK(calls >= 2);
    CHECK(list(work, id).size() == 4);
    CHECK(database.number("SELECT count(*) FROM event_keys") == 2);
    // What went may come again: nothing remembers it.
    CHECK(outcomes(add(work, {events[0]})) == std::vector{kAdded});
}

TEST_CASE("months that are missing are made by whoever meets them first") {
    if (database_kinds().size() < 2) return;
    TestDatabase database(DatabaseKind::kPostgresql);
    UnitOfWork& work = database.unit_of_work();
    std::vector<std::string> names;
    for (int i = 0; i < 8; ++i) names.push_back("Customer " + std::to_string(i));
    const auto customers = add_customers(work, names);
    std::atomic<int> failed{0};
    std::vector<std::thread> threads;
    for (const CustomerId id : customers) {
        threads.emplace_back([&, id] {
            try {
                for (int month = 0; month < 6; ++month) {
                    add(work, {event_of(id, "login", kEventNoon + days{31 * month})});
                }
            } catch (const std::exception&) {
                ++failed;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(failed == 0);
    CHECK(database.number("SELECT count(*) FROM customer_events") == 48);
    CHECK(database.number("SELECT count(*) FROM pg_inherits WHERE inhparent = 'customer_events'::regclass") ==
          6);
    work.run([](Repositories& in) {
        in.events.prepare_months(kEventDay, kEventDay + days{400});
        in.events.prepare_months(kEventDay, kEventDay + days{400});
    });
    CHECK(database.number("SELECT count(*) FROM pg_inherits WHERE inhparent = 'customer_events'::regclass") ==
          14);
}

TEST_CASE("a month that was made in vain, or dropped since, is made again") {
    if (database_kinds().size() < 2) return;
    TestDatabase test(DatabaseKind::kPostgresql);
    data::Database database({.url = test.url(), .sessions = 1});
    data::SociUnitOfWork work(database);
    const CustomerId id = add_customers(work, {"Acme"})[0];
    CHECK_THROWS(work.run([&](Repositories& in) {
        in.events.add(std::vector{event_of(id, "login")});
        in.events.add(std::vector{event_of(id, "login")});
        throw std::runtime_error("rolled back");
    }));
    CHECK(outcomes(add(work, {event_of(id, "login")})) == std::vector{kAdded});
    CHECK(outcomes(add(work, {event_of(id, "login")})) == std::vector{kAdded});
    test.execute("DROP TABLE customer_events_2026_03");
    CHECK(outcomes(add(work, {event_of(id, "login")})) == std::vector{kAdded});
    CHECK(list(work, id).size() == 1);
}

TEST_CASE("adding to one month goes on while another is made") {
    if (database_kinds().size() < 2) return;
    TestDatabase database(DatabaseKind::kPostgresql);
    UnitOfWork& work = database.unit_of_work();
    const auto customers = add_customers(work, {"Acme", "Globex"});
    add(work, {event_of(customers[0], "login")});
    work.run([&](Repositories& in) {
        in.events.add(std::vector{event_of(customers[0], "login", kEventNoon + days{40})});
        data::Database other({.url = database.url() + "?options=-c%20lock_timeout%3D1s"});
        data::SociUnitOfWork other_work(other);
        CHECK(outcomes(add(other_work, {event_of(customers[1], "login")})) == std::vector{kAdded});
        CHECK(list(other_work, customers[0]).size() == 1);
    });
    CHECK(list(work, customers[0]).size() == 2);
}

}  // namespace keepwell::test
