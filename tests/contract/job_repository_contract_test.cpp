#include <algorithm>
#include <catch2/catch.hpp>
#include <mutex>
#include <set>
#include <thread>

#include "domain/error.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::test {
namespace {

using namespace std::chrono_literals;

constexpr Timestamp kNow = Timestamp{Date{std::chrono::year{2026} / 3 / 1}} + 8h + 7us;

NewJob job(std::string type, Timestamp run_at = kNow, std::string dedupe_key = "") {
    return {.type = std::move(type),
            .payload = R"({"import":1})",
            .run_at = run_at,
            .max_attempts = 2,
            .dedupe_key = std::move(dedupe_key)};
}

JobId add(UnitOfWork& work, const NewJob& job) {
    return transact(work, [&](Repositories& in) { return in.jobs.add(job, kNow); });
}

std::vector<Job> claim(UnitOfWork& work, Timestamp now, int limit = 10, const std::string& owner = "me",
                       const std::vector<std::string>& types = {"import", "recompute"}) {
    return transact(work, [&](Repositories& in) { return in.jobs.claim(types, owner, now, 30s, limit); });
}

Job get(UnitOfWork& work, JobId id) {
    const auto job = query(work, [&](Repositories& in) { return in.jobs.find(id); });
    REQUIRE(job);
    return *job;
}

}  // namespace

TEST_CASE("a job keeps what it was given") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    const Job added = get(database.unit_of_work(), add(database.unit_of_work(), job("import", kNow + 5s)));
    CHECK(added.type == "import");
    CHECK(added.payload == R"({"import":1})");
    CHECK(added.state == JobState::kQueued);
    CHECK(added.run_at == kNow + 5s);
    CHECK(added.attempts == 0);
    CHECK(added.max_attempts == 2);
    CHECK(added.created_at == kNow);
    CHECK_FALSE(added.started_at);
    CHECK_FALSE(added.finished_at);
    CHECK_FALSE(query(database.unit_of_work(), [](Repositories& in) { return in.jobs.find({999}); }));
}

TEST_CASE("due jobs of the types asked for are claimed once, the earliest first") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const JobId later = add(work, job("import", kNow + 10s));
    const JobId second = add(work, job("recompute", kNow));
    const JobId first = add(work, job("import", kNow - 10s));
    add(work, job("other", kNow));
    CHECK(query(work, [](Repositories& in) { return in.jobs.count_due(kNow); }) == 3);

    const auto claimed = claim(work, kNow);
    REQUIRE(claimed.size() == 2);
    CHECK(claimed[0].id == first);
    CHECK(claimed[1].id == second);
    CHECK(claimed[0].state == JobState::kRunning);
    CHECK(claimed[0].attempts == 1);
    CHECK(claimed[0].started_at == kNow);
    CHECK(claimed[0].lease_owner == "me");
    CHECK(claim(work, kNow).empty());
    CHECK(claim(work, kNow + 10s)[0].id == later);
}

TEST_CASE("an unfinished job with the same key stands for the new one") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const JobId id = add(work, job("import", kNow, "key"));
    CHECK(add(work, job("import", kNow, "key")) == id);
    CHECK(add(work, job("import", kNow, "other")) != id);
    CHECK(add(work, job("import", kNow, "")) != add(work, job("import", kNow, "")));
    claim(work, kNow);
    CHECK(add(work, job("import", kNow, "key")) == id);
    work.run([&](Repositories& in) { CHECK(in.jobs.succeed(id, "me", "{}", kNow)); });
    CHECK(add(work, job("import", kNow, "key")) != id);
}

TEST_CASE("the ends of a run count only for the owner of the lease") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const JobId done = add(work, job("import"));
    const JobId again = add(work, job("import"));
    const JobId failed = add(work, job("import"));
    claim(work, kNow);
    work.run([&](Repositories& in) {
        CHECK_FALSE(in.jobs.extend(done, "you", 10, kNow + 60s));
        CHECK_FALSE(in.jobs.succeed(done, "you", "{}", kNow));
        CHECK_FALSE(in.jobs.retry(done, "you", "no", kNow));
        CHECK_FALSE(in.jobs.fail(done, "you", JobState::kFailed, "no", kNow));
        CHECK(in.jobs.extend(done, "me", 42.5, kNow + 60s));
    });
    CHECK(get(work, done).progress == 42.5);
    work.run([&](Repositories& in) {
        CHECK(in.jobs.succeed(done, "me", R"({"rows":3})", kNow + 1s));
        CHECK(in.jobs.retry(again, "me", "not yet", kNow + 5s));
        CHECK(in.jobs.fail(failed, "me", JobState::kDead, "broken", kNow + 2s));
        CHECK_FALSE(in.jobs.succeed(done, "me", "{}", kNow));
    });
    CHECK(get(work, done).state == JobState::kSucceeded);
    CHECK(get(work, done).result == R"({"rows":3})");
    CHECK(get(work, done).progress == 100);
    CHECK(get(work, done).finished_at == kNow + 1s);
    CHECK(get(work, again).state == JobState::kQueued);
    CHECK(get(work, again).last_error == "not yet");
    CHECK(get(work, failed).state == JobState::kDead);
    CHECK(get(work, failed).last_error == "broken");
    CHECK(claim(work, kNow).empty());
    CHECK(claim(work, kNow + 5s)[0].attempts == 2);
    const auto dead = query(work, [](Repositories& in) { return in.jobs.list(JobState::kDead, 10); });
    REQUIRE(dead.size() == 1);
    CHECK(dead[0].id == failed);
    const auto all = query(work, [](Repositories& in) { return in.jobs.list({}, 2); });
    REQUIRE(all.size() == 2);
    CHECK(all[0].id == failed);
}

TEST_CASE("a job whose worker died is claimed again, and dead without attempts left") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const JobId id = add(work, job("import"));
    claim(work, kNow, 10, "first");
    CHECK(claim(work, kNow + 29s, 10, "second").empty());
    const auto claimed = claim(work, kNow + 30s, 10, "second");
    REQUIRE(claimed.size() == 1);
    CHECK(claimed[0].attempts == 2);
    CHECK(claimed[0].lease_owner == "second");
    work.run([&](Repositories& in) { CHECK_FALSE(in.jobs.extend(id, "first", 50, kNow + 99s)); });
    CHECK(claim(work, kNow + 61s, 10, "third").empty());
    CHECK(get(work, id).state == JobState::kDead);
    CHECK(get(work, id).finished_at == kNow + 61s);
}

TEST_CASE("claimers at the same time never share a job") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    constexpr int kJobs = 200;
    work.run([](Repositories& in) {
        for (int i = 0; i < kJobs; ++i) in.jobs.add(job("import"), kNow);
    });
    std::mutex mutex;
    std::vector<std::int64_t> claimed;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&, owner = "worker " + std::to_string(i)] {
            while (true) {
                const auto jobs = claim(work, kNow, 3, owner);
                const std::lock_guard lock(mutex);
                for (const Job& job : jobs) claimed.push_back(job.id.value);
                if (jobs.empty() || jobs.size() > 3) return;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(std::set<std::int64_t>(claimed.begin(), claimed.end()).size() == claimed.size());
    // PostgreSQL skips what others are claiming at the moment, so a round may come too early for the last
    // ones.
    while (true) {
        const auto rest = claim(work, kNow, 10, "last");
        if (rest.empty()) break;
        for (const Job& job : rest) claimed.push_back(job.id.value);
    }
    CHECK(std::set<std::int64_t>(claimed.begin(), claimed.end()).size() == kJobs);
    CHECK(claimed.size() == kJobs);
}

TEST_CASE("jobs are listed in pages, by state and type") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    std::vector<JobId> ids;
    for (const char* type : {"import", "recompute", "import", "import"}) ids.push_back(add(work, job(type)));
    const auto list = [&](std::optional<JobState> state, std::optional<std::string> type,
                          std::optional<JobId> before, std::int64_t limit) {
        std::vector<JobId> found;
        for (const Job& each :
             query(work, [&](Repositories& in) { return in.jobs.list_page(state, type, before, limit); })) {
            found.push_back(each.id);
        }
        return found;
    };
    using Ids = std::vector<JobId>;
    CHECK(list({}, {}, {}, 10) == Ids{ids[3], ids[2], ids[1], ids[0]});
    CHECK(list({}, {}, ids[2], 1) == Ids{ids[1]});
    CHECK(list({}, "import", ids[3], 10) == Ids{ids[2], ids[0]});
    CHECK(list(JobState::kQueued, "recompute", {}, 10) == Ids{ids[1]});
    CHECK(list(JobState::kDead, {}, {}, 10).empty());
}

TEST_CASE("work that was given up is listed as dead and can be replayed with all its attempts") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const JobId id = transact(
        work, [](Repositories& in) { return in.jobs.bury(job("import", kNow, "key"), "no use", kNow + 1s); });
    const Job buried = get(work, id);
    CHECK(buried.state == JobState::kDead);
    CHECK(buried.last_error == "no use");
    CHECK(buried.attempts == buried.max_attempts);
    CHECK(buried.finished_at == kNow + 1s);
    CHECK(claim(work, kNow + 1h).empty());
    const auto replay = [&](JobId each) {
        return transact(work, [&](Repositories& in) { return in.jobs.replay(each, kNow + 2s); });
    };
    CHECK(replay(id));
    CHECK_FALSE(replay(id));
    CHECK_FALSE(replay({999}));
    const Job again = get(work, id);
    CHECK(again.state == JobState::kQueued);
    CHECK(again.attempts == 0);
    CHECK(again.run_at == kNow + 2s);
    CHECK_FALSE(again.finished_at);
    CHECK(claim(work, kNow + 2s).size() == 1);
}

TEST_CASE("a dead job is not replayed beside another one for the same work") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const JobId id = transact(
        work, [](Repositories& in) { return in.jobs.bury(job("import", kNow, "key"), "no use", kNow); });
    add(work, job("import", kNow, "key"));
    try {
        work.run([&](Repositories& in) { in.jobs.replay(id, kNow); });
        FAIL("it was replayed");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::kConflict);
    }
    CHECK(get(work, id).state == JobState::kDead);
}

TEST_CASE("jobs that succeeded long ago are removed, all others stay") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    std::vector<JobId> ids;
    for (int i = 0; i < 5; ++i) ids.push_back(add(work, job("import")));
    claim(work, kNow);
    work.run([&](Repositories& in) {
        for (int i = 0; i < 3; ++i)
            in.jobs.succeed(ids[static_cast<std::size_t>(i)], "me", "{}", kNow + i * 1s);
        in.jobs.fail(ids[3], "me", JobState::kDead, "no", kNow);
    });
    const auto remove = [&](Timestamp before, std::int64_t limit) {
        return transact(work, [&](Repositories& in) { return in.jobs.remove_ended(before, limit); });
    };
    CHECK(remove(kNow, 10) == 0);
    CHECK(remove(kNow + 2s, 1) == 1);
    CHECK(remove(kNow + 2s, 10) == 1);
    CHECK(database.column("SELECT CAST(id AS text) FROM jobs ORDER BY id").size() == 3);
    CHECK(get(work, ids[2]).state == JobState::kSucceeded);
}

}  // namespace keepwell::test
