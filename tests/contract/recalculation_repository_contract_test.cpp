#include <atomic>
#include <catch2/catch.hpp>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "tests/support/test_database.hpp"

namespace keepwell::test {
namespace {

using namespace std::chrono_literals;

constexpr Timestamp kNow = Timestamp{Date{std::chrono::year{2026} / 3 / 1}} + 8h + 7us;
constexpr CustomerId kOne{1};
constexpr CustomerId kTwo{2};
constexpr CustomerId kThree{3};

using Ids = std::vector<CustomerId>;
using Claims = std::vector<Recalculation>;

void request(UnitOfWork& work, const Ids& ids, Timestamp run_at = kNow, Timestamp now = kNow) {
    work.run([&](Repositories& in) { in.recalculations.request(ids, run_at, now); });
}

Claims claim(UnitOfWork& work, Timestamp now = kNow, std::string_view owner = "me",
             std::int64_t limit = 100) {
    return transact(work, [&](Repositories& in) { return in.recalculations.claim(owner, now, 30s, limit); });
}

Ids hold(UnitOfWork& work, const Claims& claims, std::string_view owner = "me") {
    return transact(work, [&](Repositories& in) { return in.recalculations.hold(claims, owner); });
}

void finish(UnitOfWork& work, const Claims& claims, std::string_view owner = "me") {
    work.run([&](Repositories& in) {
        in.recalculations.hold(claims, owner);
        in.recalculations.finish(claims, owner, kNow + 24h, kNow + 1s);
    });
}

Ids ids_of(const Claims& claims) {
    Ids ids;
    for (const Recalculation& claim : claims) ids.push_back(claim.customer_id);
    return ids;
}

RecalculationRepository::Backlog backlog(UnitOfWork& work, Timestamp now = kNow) {
    return query(work, [&](Repositories& in) { return in.recalculations.backlog(now); });
}

}  // namespace

TEST_CASE("a burst of requests is one calculation, due at the earliest of their times") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    request(work, {kTwo, kOne, kTwo}, kNow + 10s, kNow);
    request(work, {kTwo}, kNow + 5s, kNow + 1s);
    request(work, {kTwo}, kNow + 20s, kNow + 2s);
    request(work, {}, kNow, kNow);
    CHECK(claim(work, kNow + 4s).empty());
    const Claims claims = claim(work, kNow + 10s);
    CHECK(ids_of(claims) == Ids{kTwo, kOne});  // The longest due first.
    REQUIRE(claims.size() == 2);
    CHECK(claims[0].requested_at == kNow);
    CHECK(claims[0].attempts == 1);
    CHECK(claim(work, kNow + 10s).empty());
    finish(work, claims);
    CHECK(claim(work, kNow + 23h).empty());
    CHECK(claim(work, kNow + 24h).size() == 2);
}

TEST_CASE("no more are claimed than asked for, and the rest stays for others") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    request(work, {kOne}, kNow + 2s);
    request(work, {kTwo}, kNow + 1s);
    request(work, {kThree}, kNow);
    CHECK(ids_of(claim(work, kNow + 5s, "me", 2)) == Ids{kThree, kTwo});
    CHECK(ids_of(claim(work, kNow + 5s, "you", 2)) == Ids{kOne});
}

TEST_CASE("a request during a calculation makes another one after it, never beside it") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    request(work, {kOne, kTwo});
    const Claims claims = claim(work);
    request(work, {kOne}, kNow + 2s, kNow + 2s);
    request(work, {kOne}, kNow + 3s, kNow + 3s);
    CHECK(claim(work, kNow + 5s, "you").empty());
    finish(work, claims);
    const Claims again = claim(work, kNow + 1s, "you");
    REQUIRE(ids_of(again) == Ids{kOne});
    // What the first calculation has served is no longer waited for.
    CHECK(again[0].requested_at == kNow + 2s);
    CHECK(again[0].attempts == 1);
    finish(work, again, "you");
    CHECK(claim(work, kNow + 1h).empty());
}

TEST_CASE("a calculation that the clock asked for has no request, but those during it are kept") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    request(work, {kOne});
    finish(work, claim(work));
    const Claims clock = claim(work, kNow + 24h);
    REQUIRE(clock.size() == 1);
    CHECK_FALSE(clock[0].requested_at);
    request(work, {kOne}, kNow + 24h + 1s, kNow + 24h + 1s);
    CHECK(backlog(work).oldest_request == kNow + 24h + 1s);
    finish(work, clock);
    const Claims again = claim(work, kNow + 1s);
    REQUIRE(again.size() == 1);
    CHECK(again[0].requested_at == kNow + 24h + 1s);
}

TEST_CASE("what a dead owner held becomes due by itself, and its late answer counts for nothing") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    request(work, {kOne, kTwo});
    const Claims dead = claim(work, kNow, "dead");
    request(work, {kTwo}, kNow + 1s, kNow + 1s);
    CHECK(claim(work, kNow + 29s, "me").empty());
    const Claims taken = claim(work, kNow + 30s, "me");
    REQUIRE(taken.size() == 2);
    CHECK(taken[0].attempts == 2);
    CHECK(taken[0].requested_at == kNow);
    CHECK(taken[1].requested_at == kNow);
    CHECK(hold(work, dead, "dead").empty());
    finish(work, dead, "dead");
    work.run([&](Repositories& in) { in.recalculations.retry(dead, "dead", "late", kNow); });
    CHECK(hold(work, taken, "me") == Ids{kOne, kTwo});
    CHECK(claim(work, kNow + 31s, "you").empty());
    finish(work, taken, "me");
    CHECK(claim(work, kNow + 1h).empty());
}

TEST_CASE("a claim that its own owner has lost to itself holds nothing") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    request(work, {kOne});
    const Claims first = claim(work, kNow);
    const Claims second = claim(work, kNow + 30s);
    CHECK(hold(work, first).empty());
    finish(work, first);
    CHECK(hold(work, second) == Ids{kOne});
}

TEST_CASE("a calculation that failed is tried again at its time, with what was asked for meanwhile") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    request(work, {kOne, kTwo});
    const Claims claims = claim(work);
    request(work, {kTwo}, kNow + 1s, kNow + 1s);
    work.run([&](Repositories& in) { in.recalculations.retry(claims, "me", "it's broken", kNow + 60s); });
    CHECK(database.column("SELECT last_error FROM recalculations") ==
          std::vector<std::string>{"it's broken", "it's broken"});
    CHECK(claim(work, kNow + 59s).empty());
    const Claims again = claim(work, kNow + 60s);
    REQUIRE(again.size() == 2);
    for (const Recalculation& claim : again) {
        CHECK(claim.attempts == 2);
        CHECK(claim.requested_at == kNow);
    }
    finish(work, again);
    CHECK(database.number("SELECT count(*) FROM recalculations WHERE last_error <> '' OR attempts <> 0") ==
          0);
    CHECK(claim(work, kNow + 1h).empty());
}

TEST_CASE("everything is asked for again in pages, those that are calculated right now after that") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    Ids all;
    for (int i = 1; i <= 7; ++i) all.push_back({i * 10});
    request(work, all);
    finish(work, claim(work));
    request(work, {all[3]}, kNow + 1s, kNow + 1s);
    const Claims running = claim(work, kNow + 1s);
    REQUIRE(ids_of(running) == Ids{all[3]});
    std::optional<CustomerId> after = CustomerId{};
    std::vector<std::int64_t> ends;
    while (after) {
        after = transact(work, [&](Repositories& in) {
            return in.recalculations.request_next(*after, kNow + 2s, kNow + 2s, 3);
        });
        if (after) ends.push_back(after->value);
    }
    CHECK(ends == std::vector<std::int64_t>{30, 60, 70});
    const Claims claims = claim(work, kNow + 2s);
    CHECK(claims.size() == 6);
    finish(work, running);
    finish(work, claims);
    CHECK(ids_of(claim(work, kNow + 2s)) == Ids{all[3]});
}

TEST_CASE("the backlog counts what is due and tells the oldest request that nothing has served") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    CHECK(backlog(work).due == 0);
    CHECK_FALSE(backlog(work).oldest_request);
    request(work, {kOne}, kNow + 1s, kNow - 1s);
    request(work, {kTwo, kThree}, kNow, kNow);
    CHECK(backlog(work).due == 2);
    CHECK(backlog(work).oldest_request == kNow - 1s);
    const Claims claims = claim(work, kNow + 1s);
    CHECK(backlog(work, kNow + 1s).due == 0);
    CHECK(backlog(work).oldest_request == kNow - 1s);
    finish(work, claims);
    CHECK_FALSE(backlog(work).oldest_request);
}

TEST_CASE("what a transaction asks for can't be claimed before it is committed") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    request(work, {kOne});
    if (database.kind() == DatabaseKind::kSqlite) return;  // One writer at a time.
    work.run([&](Repositories& in) {
        in.recalculations.request(Ids{kOne}, kNow, kNow);
        std::thread([&] { CHECK(claim(work).empty()); }).join();
    });
    CHECK(claim(work).size() == 1);
}

TEST_CASE("requests, claims and ends from many threads: nothing twice at once, nothing lost") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    constexpr int kCustomers = 40;
    Ids customers;
    work.run([&](Repositories& in) {
        std::vector<AccountAttributes> accounts;
        for (int i = 0; i < kCustomers; ++i) {
            AccountAttributes account;
            account.name = "customer " + std::to_string(i);
            accounts.push_back(account);
        }
        customers.clear();
        for (const auto& made : in.customers.upsert_accounts(accounts, kNow)) customers.push_back(made.id);
    });
    std::mutex mutex;
    std::set<std::int64_t> in_work;
    std::map<std::int64_t, std::int64_t> events;
    std::map<std::int64_t, std::int64_t> seen;
    std::atomic<bool> done = false;
    std::atomic<int> doubles = 0;
    std::atomic<int> calculations = 0;
    const auto count_events = [&](std::int64_t id) {
        const std::lock_guard lock(mutex);
        return events[id];
    };
    const auto ask = [&](unsigned seed) {
        std::minstd_rand random(seed);
        for (int i = 0; i < 60; ++i) {
            Ids batch;
            for (int j = 0; j < 5; ++j) batch.push_back(customers[random() % customers.size()]);
            {
                // Counted before the request: whoever claims after it finds them.
                const std::lock_guard lock(mutex);
                for (const CustomerId id : batch) ++events[id.value];
            }
            work.run([&](Repositories& in) {
                in.customers.lock(batch);
                in.recalculations.request(batch, kNow, kNow);
            });
        }
    };
    const auto calculate = [&](const std::string& owner) {
        while (true) {
            const bool last = done;
            const Claims claims = claim(work, kNow, owner, 7);
            if (claims.empty() && last) return;
            std::map<std::int64_t, std::int64_t> found;
            for (const Recalculation& claim : claims) {
                {
                    const std::lock_guard lock(mutex);
                    if (!in_work.insert(claim.customer_id.value).second) ++doubles;
                }
                found[claim.customer_id.value] = count_events(claim.customer_id.value);
            }
            {
                const std::lock_guard lock(mutex);
                for (const Recalculation& claim : claims) in_work.erase(claim.customer_id.value);
            }
            work.run([&](Repositories& in) {
                const Ids held = in.recalculations.hold(claims, owner);
                if (held.size() != claims.size()) ++doubles;
                in.recalculations.finish(claims, owner, kNow + 24h, kNow);
            });
            const std::lock_guard lock(mutex);
            for (const auto& [id, count] : found) seen[id] = std::max(seen[id], count);
            calculations += static_cast<int>(claims.size());
        }
    };
    std::vector<std::thread> asking;
    std::vector<std::thread> calculating;
    for (unsigned i = 0; i < 3; ++i) asking.emplace_back(ask, i + 1);
    for (int i = 0; i < 3; ++i) calculating.emplace_back(calculate, "worker " + std::to_string(i));
    for (std::thread& thread : asking) thread.join();
    done = true;
    for (std::thread& thread : calculating) thread.join();
    CHECK(doubles == 0);
    CHECK(seen == events);
    CHECK(calculations <= 900);
    CHECK_FALSE(backlog(work).oldest_request);
    CHECK(backlog(work).due == 0);
}

}  // namespace keepwell::test
