#include <catch2/catch.hpp>

#include "tests/support/test_database.hpp"

namespace keepwell::test {
namespace {

using namespace std::chrono_literals;

constexpr Timestamp kNow = Timestamp{Date{std::chrono::year{2026} / 3 / 1}} + 8h + 7us;

std::vector<CustomerId> make_customers(UnitOfWork& work) {
    AccountAttributes one;
    one.name = "one";
    AccountAttributes two;
    two.name = "two";
    std::vector<CustomerId> ids;
    const auto made = transact(work, [&](Repositories& in) {
        return in.customers.upsert_accounts(std::vector<AccountAttributes>{one, two}, kNow);
    });
    for (const auto& each : made) ids.push_back(each.id);
    return ids;
}

HealthOverride judgement(CustomerId id, double score, Timestamp created_at, Timestamp expires_at) {
    return {.customer_id = id,
            .id = {},
            .score = score,
            .author = "Åsa",
            .reason = "They told me “no”.",
            .created_at = created_at,
            .expires_at = expires_at};
}

}  // namespace

TEST_CASE("the newest override that is valid counts, and an older one again once it has expired") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const auto ids = make_customers(work);
    const OverrideId first = transact(
        work, [&](Repositories& in) { return in.overrides.add(judgement(ids[0], 20, kNow, kNow + 48h)); });
    const OverrideId second = transact(work, [&](Repositories& in) {
        return in.overrides.add(judgement(ids[0], 90.5, kNow + 1h, kNow + 2h));
    });
    work.run([&](Repositories& in) { in.overrides.add(judgement(ids[1], 0, kNow, kNow + 1h)); });
    const auto valid = [&](Timestamp time) {
        return query(work, [&](Repositories& in) { return in.overrides.valid(ids, time); });
    };
    CHECK(valid(kNow - 1us).empty());
    REQUIRE(valid(kNow).size() == 2);
    CHECK(valid(kNow)[0].id == first);
    CHECK(valid(kNow)[1].customer_id == ids[1]);
    const auto later = valid(kNow + 1h);
    REQUIRE(later.size() == 1);
    CHECK(later[0].id == second);
    CHECK(later[0].customer_id == ids[0]);
    CHECK(later[0].score == 90.5);
    CHECK(later[0].author == "Åsa");
    CHECK(later[0].reason == "They told me “no”.");
    CHECK(later[0].created_at == kNow + 1h);
    CHECK(later[0].expires_at == kNow + 2h);
    CHECK_FALSE(later[0].removed_at);
    CHECK(valid(kNow + 2h)[0].id == first);
    CHECK(query(work, [&](Repositories& in) { return in.overrides.valid({}, kNow); }).empty());
}

TEST_CASE("removing ends every valid override of a customer and keeps them in its list") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const auto ids = make_customers(work);
    work.run([&](Repositories& in) {
        in.overrides.add(judgement(ids[0], 1, kNow, kNow + 1h));
        in.overrides.add(judgement(ids[0], 2, kNow, kNow + 48h));
        in.overrides.add(judgement(ids[0], 3, kNow, kNow + 48h));
        in.overrides.add(judgement(ids[1], 4, kNow, kNow + 48h));
    });
    const auto remove = [&](Timestamp now) {
        return transact(work, [&](Repositories& in) { return in.overrides.remove(ids[0], now); });
    };
    CHECK(remove(kNow + 2h) == 2);
    CHECK(remove(kNow + 3h) == 0);
    const auto valid = query(work, [&](Repositories& in) { return in.overrides.valid(ids, kNow + 2h); });
    REQUIRE(valid.size() == 1);
    CHECK(valid[0].customer_id == ids[1]);
    CHECK(query(work, [&](Repositories& in) { return in.overrides.valid(ids, kNow + 2h - 1us); }).size() ==
          2);
    const auto list = query(work, [&](Repositories& in) { return in.overrides.list(ids[0], 2); });
    REQUIRE(list.size() == 2);
    CHECK(list[0].score == 3);
    CHECK(list[0].removed_at == kNow + 2h);
    CHECK(list[1].score == 2);
    const auto all = query(work, [&](Repositories& in) { return in.overrides.list(ids[0], 10); });
    REQUIRE(all.size() == 3);
    CHECK_FALSE(all[2].removed_at);
}

}  // namespace keepwell::test
