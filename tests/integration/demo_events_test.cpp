#include <catch2/catch.hpp>

#include "services/demo/demo_event_loading.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell {
namespace {

const Date kLastDay = *parse_date("2026-11-20");

/// The 41 customers tell each story.
const DemoEventPortfolio& portfolio() {
    static const DemoEventPortfolio portfolio{1, 41, DemoPortfolio{1, 60, 30, kLastDay}};
    return portfolio;
}

}  // namespace

TEST_CASE("Demo customers come in with their events, their scores of the past and of today") {
    const auto kind = GENERATE(from_range(test::database_kinds()));
    CAPTURE(kind);
    test::TestDatabase database(kind);
    UnitOfWork& unit_of_work = database.unit_of_work();
    const Timestamp now = kLastDay + std::chrono::hours{15};
    const FactorRegistry factors = builtin_factors();
    ScorecardBook book{factors};
    const HealthScoring scoring{book};
    std::int64_t percent = 0;
    const DemoEventsLoaded loaded =
        load_demo_events(unit_of_work, scoring, portfolio(), now, [&](std::int64_t done) { percent = done; });
    CHECK(percent == 100);
    CHECK(loaded.customers == 41);
    CHECK(loaded.events == database.number("SELECT count(*) FROM customer_events"));
    CHECK(database.number("SELECT count(*) FROM customers") == 41);
    CHECK(database.number("SELECT sum(events) FROM daily_activity") == loaded.events);

    for (std::int64_t number = 0; number < portfolio().customers(); ++number) {
        const DemoEventCustomer planted = portfolio().customer(number);
        CAPTURE(number, to_string(planted.story));
        unit_of_work.read([&](Repositories& in) {
            const CustomerKey key{CustomerKeyKind::kExternalId, *planted.attributes.external_id};
            const auto id = in.customers.resolve(std::span{&key, 1}).front();
            REQUIRE(id);
            const auto customer = in.customers.find(*id);
            REQUIRE(customer);
            if (!planted.is_account) CHECK(customer->mrr == planted.attributes.mrr);
            for (const CustomerEvent& event : in.events.list(*id, {.limit = 1}))
                CHECK(event.occurred_at <= now);
            if (planted.is_account) return;
            if (planted.story == DemoEventStory::kSilentChurner)
                CHECK(customer->health_status == HealthStatus::kCritical);
            if (planted.story == DemoEventStory::kExpanding)
                CHECK(customer->health_status == HealthStatus::kHealthy);
            const auto history = in.health_scores.history(*id, portfolio().first_day(), kLastDay, 200);
            CHECK(history.size() >= (planted.story == DemoEventStory::kNewCustomer ? 5U : 15U));
            CHECK(history.front().as_of == kLastDay);
            CHECK(customer->health_score == history.front().overall_score);
        });
    }
}

TEST_CASE("Demo customers meet the accounts that are the same companies") {
    const auto kind = GENERATE(from_range(test::database_kinds()));
    CAPTURE(kind);
    test::TestDatabase database(kind);
    UnitOfWork& unit_of_work = database.unit_of_work();
    const DemoPortfolio accounts{1, 60, 30, kLastDay};
    const Timestamp now = kLastDay + std::chrono::hours{15};
    unit_of_work.run([&](Repositories& in) {
        std::vector<AccountAttributes> attributes;
        for (std::int64_t number = 0; number < accounts.customers(); ++number)
            attributes.push_back(accounts.account(number).attributes);
        in.customers.upsert_accounts(attributes, now);
    });
    const FactorRegistry factors = builtin_factors();
    ScorecardBook book{factors};
    const HealthScoring scoring{book};
    load_demo_events(unit_of_work, scoring, portfolio(), now, [](std::int64_t) {});
    std::int64_t shared = 0;
    for (std::int64_t number = 0; number < portfolio().customers(); ++number)
        shared += portfolio().customer(number).is_account ? 1 : 0;
    REQUIRE(shared > 3);
    CHECK(database.number("SELECT count(*) FROM customers") == 60 + 41 - shared);
}

}  // namespace keepwell
