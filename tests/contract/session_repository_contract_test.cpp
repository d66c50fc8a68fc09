#include <catch2/catch.hpp>

#include "tests/support/event_samples.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::test {
namespace {

using namespace std::chrono_literals;

CustomerSession session_of(CustomerId customer, std::string user, Timestamp at) {
    return {.customer_id = customer, .user_name = std::move(user), .started_at = at, .last_seen_at = at};
}

std::vector<CustomerSession> open_sessions(UnitOfWork& unit_of_work, const std::vector<CustomerId>& ids) {
    return query(unit_of_work, [&](Repositories& in) { return in.sessions.list_open(ids); });
}

void save(UnitOfWork& unit_of_work, const std::vector<CustomerSession>& sessions) {
    unit_of_work.run([&](Repositories& in) { in.sessions.save(sessions); });
}

}  // namespace

TEST_CASE("sessions are added, moved on and ended, few or many at a time") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const int count = GENERATE(1, 40);
    const auto customers = add_customers(work, {"Acme", "Globex"});
    std::vector<CustomerSession> sessions;
    for (const CustomerId id : customers) {
        for (int i = 0; i < count; ++i) {
            sessions.push_back(session_of(id, "usér " + std::to_string(i), kEventNoon + i * 1ms));
        }
    }
    save(work, sessions);
    auto open = open_sessions(work, customers);
    REQUIRE(open.size() == sessions.size());
    for (std::size_t i = 0; i < open.size(); ++i) {
        CHECK(open[i].id.value > 0);
        sessions[i].id = open[i].id;
        CHECK(open[i] == sessions[i]);
        open[i].last_seen_at += 10min;
        open[i].page_views = 3;
        open[i].feature_uses = 4;
        if (i % 2 == 0) open[i].ended_at = open[i].last_seen_at;
    }
    save(work, open);
    auto stored = query(work, [&](Repositories& in) {
        auto all = in.sessions.list(customers[0], {}, 100);
        const auto second = in.sessions.list(customers[1], {}, 100);
        std::reverse(all.begin(), all.end());
        all.insert(all.end(), second.rbegin(), second.rend());
        return all;
    });
    CHECK(stored == open);
    CHECK(open_sessions(work, customers).size() == static_cast<std::size_t>(count));
}

TEST_CASE("sessions are listed newest first, page by page") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const CustomerId id = add_customers(work, {"Acme"})[0];
    std::vector<CustomerSession> sessions;
    for (int i = 0; i < 5; ++i) sessions.push_back(session_of(id, std::to_string(i), kEventNoon));
    save(work, sessions);
    std::string users;
    std::optional<SessionId> before;
    while (true) {
        const auto page = query(work, [&](Repositories& in) { return in.sessions.list(id, before, 2); });
        if (page.empty()) break;
        for (const CustomerSession& session : page) users += session.user_name;
        before = page.back().id;
    }
    CHECK(users == "43210");
}

TEST_CASE("silent sessions end when they were last seen") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const CustomerId id = add_customers(work, {"Acme"})[0];
    save(work, {session_of(id, "a", kEventNoon - 2h), session_of(id, "b", kEventNoon - 1h),
                session_of(id, "c", kEventNoon)});
    const auto close = [&] {
        return transact(work, [&](Repositories& in) { return in.sessions.close_silent(kEventNoon, 1); });
    };
    CHECK(close() == 1);
    CHECK(close() == 1);
    CHECK(close() == 0);
    const auto all = query(work, [&](Repositories& in) { return in.sessions.list(id, {}, 10); });
    REQUIRE(all.size() == 3);
    CHECK_FALSE(all[0].ended_at);
    CHECK(all[1].ended_at == kEventNoon - 1h);
    CHECK(all[2].ended_at == kEventNoon - 2h);
}

}  // namespace keepwell::test
