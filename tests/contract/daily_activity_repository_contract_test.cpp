#include <catch2/catch.hpp>

#include "tests/support/event_samples.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::test {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

void merge(UnitOfWork& unit_of_work, const std::vector<CustomerEvent>& events) {
    unit_of_work.run([&](Repositories& in) { in.activity.merge(roll_up(events)); });
}

DailyActivityRepository::Loaded load(UnitOfWork& unit_of_work, const std::vector<CustomerId>& ids, Date from,
                                     Date until) {
    return query(unit_of_work, [&](Repositories& in) { return in.activity.load(ids, from, until); });
}

/// A month of events of every kind.
std::vector<CustomerEvent> sample_events(const std::vector<CustomerId>& customers) {
    std::vector<CustomerEvent> events;
    for (int i = 0; i < 600; ++i) {
        const CustomerId id = customers[static_cast<std::size_t>(i * 7 + i / 11) % customers.size()];
        const Timestamp at = kEventNoon + days{i % 20} + 17s * i;
        switch (i % 5) {
            case 0:
                events.push_back(event_of(id, "api_call", at,
                                          {{"endpoint", "/v1/" + std::to_string(i % 4)},
                                           {"status_code", i % 3 == 0 ? 500.0 : 200.0},
                                           {"response_time", 12.5 + i}}));
                break;
            case 1:
                events.push_back(
                    event_of(id, "login", at,
                             {{"user", "user " + std::to_string(i % 3)}, {"session_duration", 30.0 * i}}));
                break;
            case 2:
                events.push_back(
                    event_of(id, "payment", at, {{"amount", 10.25}, {"status", std::string("paid")}}));
                break;
            case 3:
                events.push_back(event_of(id, "support_ticket", at,
                                          {{"ticket_id", "T-" + std::to_string(i % 7)},
                                           {"status", std::string(i % 2 == 0 ? "open" : "resolved")},
                                           {"satisfaction", 1.0 + i % 5}}));
                break;
            default:
                events.push_back(event_of(id, "ünusual; k3:abc=", at, {{"text", std::string("a=b;\n'\\x")}}));
        }
    }
    return events;
}

}  // namespace

TEST_CASE("activity that comes in many batches is that of all events together") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    std::vector<std::string> names;
    for (int i = 0; i < 12; ++i) names.push_back("Customer " + std::to_string(i));
    const auto customers = add_customers(work, names);
    const auto events = sample_events(customers);
    // From single rows to many, dense and scattered ones.
    const std::size_t batch = GENERATE(1, 9, 100, 600);
    for (std::size_t start = 0; start < events.size(); start += batch) {
        const auto begin = events.begin() + static_cast<std::ptrdiff_t>(start);
        merge(work, {begin, begin + static_cast<std::ptrdiff_t>(std::min(batch, events.size() - start))});
    }
    const auto loaded = load(work, customers, kEventDay, kEventDay + days{40});
    CHECK(loaded.activity == roll_up(events));
    CHECK(loaded.first_days.size() == customers.size());
}

TEST_CASE("activity is loaded by days, with the tickets of all days before") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const auto customers = add_customers(work, {"Acme", "Globex", "Initech", "Umbrella"});
    const auto on = [&](std::size_t customer, const char* type, int day) {
        return event_of(customers[customer], type, kEventNoon + days{day});
    };
    merge(work, {on(0, "login", -100), on(0, "support_ticket", -90), on(0, "login", -5), on(0, "login", 0),
                 on(0, "api_call", 0), on(0, "login", 1), on(1, "login", 5), on(3, "login", 0)});
    const auto loaded =
        load(work, {customers[0], customers[1], customers[2]}, kEventDay - days{5}, kEventDay);
    std::vector<std::string> rows;
    for (const DailyActivity& row : loaded.activity) {
        rows.push_back(std::to_string(row.customer_id.value - customers[0].value) + " " + to_string(row.day) +
                       " " + row.event_type);
    }
    CHECK(rows == std::vector<std::string>{"0 2025-12-10 support_ticket", "0 2026-03-05 login",
                                           "0 2026-03-10 api_call", "0 2026-03-10 login"});
    CHECK(loaded.first_days == std::map<std::int64_t, Date>{{customers[0].value, kEventDay - days{100}}});
    CHECK(load(work, {}, kEventDay, kEventDay).activity.empty());
}

TEST_CASE("the first day of each type in each segment is kept") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const auto customers = add_customers(work, {"Acme", "Globex"});
    database.execute("UPDATE customers SET segment = 'SMB' WHERE name = 'Globex'");
    const auto seen = [&] {
        std::vector<std::string> rows;
        for (const auto& type : query(work, [](Repositories& in) { return in.activity.seen_types(); })) {
            rows.push_back(type.folded_segment + " " + type.event_type + " " + to_string(type.first_day));
        }
        return rows;
    };
    merge(work, {event_of(customers[0], "login"), event_of(customers[0], "login", kEventNoon + days{1})});
    CHECK(seen() == std::vector<std::string>{"midmarket login 2026-03-10"});
    merge(work, {event_of(customers[0], "login", kEventNoon - days{1}),
                 event_of(customers[1], "login", kEventNoon + days{2}), event_of(customers[0], "payment")});
    CHECK(seen() == std::vector<std::string>{"midmarket login 2026-03-09", "midmarket payment 2026-03-10",
                                             "smb login 2026-03-12"});
    // What was rolled back was not seen, and is noted when it comes again.
    CHECK_THROWS(work.run([&](Repositories& in) {
        in.activity.merge(roll_up(std::vector{event_of(customers[1], "note")}));
        throw std::runtime_error("rolled back");
    }));
    CHECK(seen().size() == 3);
    merge(work, {event_of(customers[1], "note")});
    CHECK(seen().size() == 4);
}

TEST_CASE("days beyond retention go, a few at a time") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const auto customers = add_customers(work, {"Acme", "Globex"});
    std::vector<CustomerEvent> events;
    for (int day = 0; day < 5; ++day) {
        for (const CustomerId id : customers) {
            events.push_back(event_of(id, "login", kEventNoon + days{day}));
            events.push_back(event_of(id, "support_ticket", kEventNoon + days{day}));
        }
    }
    merge(work, events);
    const auto remove = [&](Date before) {
        return transact(work, [&](Repositories& in) { return in.activity.remove_before(before, 5); });
    };
    CHECK(remove(kEventDay + days{2}) == 5);
    CHECK(remove(kEventDay + days{2}) == 3);
    CHECK(remove(kEventDay + days{2}) == 0);
    CHECK(load(work, customers, kEventDay, kEventDay + days{9}).activity.size() == 12);
}

}  // namespace keepwell::test
