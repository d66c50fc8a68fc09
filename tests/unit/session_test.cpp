#include "domain/session.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "tests/support/event_samples.hpp"

namespace keepwell::test {
namespace {

using namespace std::chrono_literals;

CustomerEvent at(std::chrono::minutes minute, std::string type, const std::string& user = {}) {
    Attributes attributes;
    if (!user.empty()) attributes.emplace("user", user);
    return event_of({7}, std::move(type), kEventNoon + minute, std::move(attributes));
}

std::vector<CustomerSession> follow(const std::vector<CustomerEvent>& events,
                                    std::vector<CustomerSession> open = {}) {
    std::vector<const CustomerEvent*> pointers;
    for (const CustomerEvent& event : events) pointers.push_back(&event);
    return follow_sessions(std::move(open), pointers);
}

CustomerSession open_session(std::chrono::minutes started, std::chrono::minutes seen, std::string user = {}) {
    return {.customer_id = {7},
            .id = {3},
            .user_name = std::move(user),
            .started_at = kEventNoon + started,
            .last_seen_at = kEventNoon + seen};
}

}  // namespace

TEST_CASE("a login opens a session, a logout ends it, and what lies between counts into it") {
    const auto sessions =
        follow({at(9min, "logout", "ann"), at(0min, "login", "ann"), at(2min, "page_view", "ann"),
                at(3min, "feature_use", "ann"), at(4min, "api_call", "ann"), at(10min, "page_view", "ann")});
    REQUIRE(sessions.size() == 1);
    CHECK(sessions[0] == CustomerSession{.customer_id = {7},
                                         .user_name = "ann",
                                         .started_at = kEventNoon,
                                         .last_seen_at = kEventNoon + 9min,
                                         .ended_at = kEventNoon + 9min,
                                         .page_views = 1,
                                         .feature_uses = 1});
}

TEST_CASE("a second login of the same user keeps the session that is open") {
    const auto sessions = follow({at(20min, "login", "ann")}, {open_session(0min, 5min, "ann")});
    REQUIRE(sessions.size() == 1);
    CHECK(sessions[0].id.value == 3);
    CHECK(sessions[0].started_at == kEventNoon);
    CHECK(sessions[0].last_seen_at == kEventNoon + 20min);
}

TEST_CASE("half an hour of silence ends a session when it was last seen") {
    CHECK(follow({at(35min, "page_view", "ann")}, {open_session(0min, 5min, "ann")})[0].page_views == 1);
    const auto sessions = follow({at(36min, "login", "ann")}, {open_session(0min, 5min, "ann")});
    REQUIRE(sessions.size() == 2);
    CHECK(sessions[0].ended_at == kEventNoon + 5min);
    CHECK(sessions[1].id.value == 0);
    CHECK(sessions[1].started_at == kEventNoon + 36min);
}

TEST_CASE("events without a user belong to the only session, and to none of several") {
    const CustomerSession ann = open_session(0min, 0min, "ann");
    const CustomerSession bob = open_session(0min, 0min, "bob");
    CHECK(follow({at(1min, "page_view")}, {ann})[0].page_views == 1);
    CHECK(follow({at(1min, "page_view")}, {ann, bob}).empty());
    CHECK(follow({at(1min, "page_view", "bob")}, {ann}).empty());
    CHECK(follow({at(1min, "page_view", "bob")}, {ann, bob})[0].user_name == "bob");
    CHECK(follow({at(1min, "page_view", "ann")}, {open_session(0min, 0min)})[0].page_views == 1);
    CHECK(follow({at(0min, "login"), at(1min, "login")}).size() == 1);
    CHECK(follow({at(1min, "page_view"), at(2min, "logout"), at(3min, "api_call")}).empty());
}

TEST_CASE("what comes late counts without moving a session back or ending a later one") {
    const CustomerSession open = open_session(0min, 10min, "ann");
    const auto viewed = follow({at(-5min, "page_view", "ann"), at(-9min, "login", "ann")}, {open});
    REQUIRE(viewed.size() == 1);
    CHECK(viewed[0].page_views == 1);
    CHECK(viewed[0].started_at == open.started_at);
    CHECK(viewed[0].last_seen_at == open.last_seen_at);
    CHECK(follow({at(-1min, "logout", "ann")}, {open}).empty());
    CHECK(follow({at(5min, "logout", "ann")}, {open})[0].ended_at == open.last_seen_at);
}

TEST_CASE("what comes a day late belongs to a session of its own") {
    const auto sessions =
        follow({at(-24h, "login", "ann"), at(-24h, "feature_use", "ann")}, {open_session(0min, 5min, "ann")});
    REQUIRE(sessions.size() == 1);
    CHECK(sessions[0].id.value == 0);
    CHECK(sessions[0].started_at == kEventNoon - 24h);
    CHECK(sessions[0].feature_uses == 1);
}

TEST_CASE("within a batch the order of events doesn't matter") {
    std::mt19937 random(GENERATE(range(1U, 4U)));
    std::vector<CustomerEvent> events;
    const std::vector<std::string> types{"login", "logout", "page_view", "feature_use"};
    for (int i = 0; i < 200; ++i) {
        events.push_back(at(std::chrono::minutes{i * 7 % 400 * 3}, types[random() % types.size()],
                            random() % 3 == 0 ? "" : "user " + std::to_string(random() % 3)));
        events.back().occurred_at += std::chrono::seconds{i % 60};
    }
    std::sort(events.begin(), events.end(), [](const CustomerEvent& left, const CustomerEvent& right) {
        return left.occurred_at < right.occurred_at;
    });
    const auto expected = follow(events);
    CHECK(expected.size() > 10);
    std::shuffle(events.begin(), events.end(), random);
    CHECK(follow(events) == expected);
}

}  // namespace keepwell::test
