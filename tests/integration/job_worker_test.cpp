#include "services/job_worker.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "data/database.hpp"
#include "data/migrations.hpp"
#include "data/soci_unit_of_work.hpp"
#include "domain/error.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/http_client.hpp"

namespace keepwell::testing {
namespace {

using namespace std::chrono_literals;

/// A queue in a database of its own.
struct Queue {
    TemporaryFolder folder;
    data::Database database{[this] {
        data::DatabaseOptions options;
        options.url = "sqlite:///" + (folder.path() / "jobs.db").string();
        return options;
    }()};
    data::Migrated migrated = data::migrate(database);
    data::SociUnitOfWork unit_of_work{database};
    FakeClock clock;

    JobWorker::Options options(std::string owner = "test") const {
        return {.threads = 1, .owner = std::move(owner), .lease = 10s, .poll = 5ms};
    }
    JobId add(int max_attempts = 3) {
        return transact(unit_of_work, [&](Repositories& in) {
            return in.jobs.add({.type = "work",
                                .payload = "{}",
                                .run_at = clock.now(),
                                .max_attempts = max_attempts,
                                .dedupe_key = {}},
                               clock.now());
        });
    }
    Job get(JobId id) {
        return *query(unit_of_work, [&](Repositories& in) { return in.jobs.find(id); });
    }
    bool reaches(JobId id, JobState state) {
        return eventually([&] { return get(id).state == state; });
    }
};

}  // namespace

TEST_CASE("a job runs once and keeps its result") {
    Queue queue;
    std::atomic<int> runs{0};
    JobWorker worker(queue.unit_of_work, queue.clock, queue.options());
    worker.add("work", [&](const Job&, JobRun&) {
        ++runs;
        return std::string{R"({"done":true})"};
    });
    worker.start();
    const JobId id = queue.add();
    worker.wake();
    const Job job = worker.wait(id, 10s);
    CHECK(job.state == JobState::kSucceeded);
    CHECK(job.result == R"({"done":true})");
    CHECK(job.attempts == 1);
    CHECK(runs == 1);
    CHECK(eventually([&] { return worker.stats().succeeded == 1; }));
}

TEST_CASE("an error that trying again can't mend ends a job at once, with its reason") {
    Queue queue;
    JobWorker worker(queue.unit_of_work, queue.clock, queue.options());
    worker.add("work", [](const Job&, JobRun&) -> std::string {
        throw Error{ErrorCode::kUnreadable, "no CSV"};
    });
    const JobId id = queue.add();
    worker.start();
    const Job job = worker.wait(id, 10s);
    CHECK(job.state == JobState::kFailed);
    CHECK(job.last_error == "no CSV");
    CHECK(job.attempts == 1);
}

TEST_CASE(
    "an unexpected failure is tried again with growing pauses until the job is dead, and tells nothing "
    "internal") {
    Queue queue;
    std::atomic<int> runs{0};
    JobWorker worker(queue.unit_of_work, queue.clock, queue.options());
    worker.add("work", [&](const Job&, JobRun&) -> std::string {
        ++runs;
        throw std::runtime_error{"password=secret"};
    });
    const JobId id = queue.add(3);
    worker.start();
    REQUIRE(eventually([&] { return runs == 1 && queue.get(id).state == JobState::kQueued; }));
    CHECK(queue.get(id).run_at - queue.clock.now() == 1s);
    queue.clock.advance(1s);
    REQUIRE(eventually([&] { return runs == 2 && queue.get(id).state == JobState::kQueued; }));
    CHECK(queue.get(id).run_at - queue.clock.now() == 2s);
    queue.clock.advance(2s);
    REQUIRE(queue.reaches(id, JobState::kDead));
    CHECK(runs == 3);
    CHECK_THAT(queue.get(id).last_error, !Catch::Contains("secret"));
}

TEST_CASE("a job whose worker died is taken again once its lease is over, not before") {
    Queue queue;
    const JobId id = queue.add();
    const auto claimed = transact(queue.unit_of_work, [&](Repositories& in) {
        return in.jobs.claim({"work"}, "dead worker", queue.clock.now(), 10s, 1);
    });
    REQUIRE(claimed.size() == 1);
    JobWorker worker(queue.unit_of_work, queue.clock, queue.options());
    worker.add("work", [](const Job&, JobRun&) { return std::string{"{}"}; });
    queue.clock.advance(9s);
    worker.start();
    CHECK(worker.wait(id, 50ms).state == JobState::kRunning);
    queue.clock.advance(2s);
    CHECK(worker.wait(id, 10s).state == JobState::kSucceeded);
    CHECK(queue.get(id).attempts == 2);
}

TEST_CASE("who has lost the lease can't write any more") {
    Queue queue;
    const JobId id = queue.add();
    std::atomic<bool> was_interrupted{false};
    JobWorker worker(queue.unit_of_work, queue.clock, queue.options());
    worker.add("work", [&](const Job& job, JobRun& run) -> std::string {
        if (job.attempts > 1) return "{}";
        queue.clock.advance(20s);  // The lease runs out while it works, and somebody else takes the job.
        transact(queue.unit_of_work, [&](Repositories& in) {
            return in.jobs.claim({"work"}, "other", queue.clock.now(), 10s, 1);
        });
        try {
            queue.unit_of_work.run([&](Repositories& in) {
                in.portfolio.bump_data_version();
                run.progress(in, 50);
            });
        } catch (const JobInterrupted&) {
            was_interrupted = true;
            throw;
        }
        return "{}";
    });
    const auto version =
        query(queue.unit_of_work, [](Repositories& in) { return in.portfolio.data_version(); });
    worker.start();
    REQUIRE(eventually([&] { return was_interrupted.load(); }));
    CHECK(query(queue.unit_of_work, [](Repositories& in) { return in.portfolio.data_version(); }) == version);
    CHECK(queue.get(id).lease_owner == "other");
    CHECK(queue.get(id).state == JobState::kRunning);
}

TEST_CASE("a worker that stops gives its job back at the next checkpoint") {
    Queue queue;
    const JobId id = queue.add();
    std::atomic<bool> is_running{false};
    {
        JobWorker worker(queue.unit_of_work, queue.clock, queue.options());
        worker.add("work", [&](const Job&, JobRun& run) -> std::string {
            is_running = true;
            while (true) run.checkpoint();
        });
        worker.start();
        REQUIRE(eventually([&] { return is_running.load(); }));
        worker.stop();
    }
    CHECK(queue.get(id).state == JobState::kQueued);
    JobWorker next(queue.unit_of_work, queue.clock, queue.options("next"));
    next.add("work", [](const Job&, JobRun&) { return std::string{"{}"}; });
    next.start();
    CHECK(next.wait(id, 10s).state == JobState::kSucceeded);
}

TEST_CASE("a job of a type that nobody here runs stays for others") {
    Queue queue;
    const JobId id = queue.add();
    JobWorker worker(queue.unit_of_work, queue.clock, queue.options());
    worker.add("other work", [](const Job&, JobRun&) { return std::string{"{}"}; });
    worker.start();
    CHECK(worker.wait(id, 50ms).state == JobState::kQueued);
}

TEST_CASE("waiting for a job that does not exist says so") {
    Queue queue;
    JobWorker worker(queue.unit_of_work, queue.clock, queue.options());
    CHECK_THROWS_AS(worker.wait(JobId{404}, 1s), Error);
}

}  // namespace keepwell::testing
