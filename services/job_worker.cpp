#include "services/job_worker.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "domain/error.hpp"

namespace keepwell {
namespace {

/// 1 s, 2 s, 4 s … 5 min.
std::chrono::seconds pause_before(int attempt) {
    return std::min(std::chrono::seconds{300}, std::chrono::seconds{1 << std::min(attempt - 1, 9)});
}

/// Time enough for an owner to write again before the lease is near its end.
constexpr int kLeaseWritesPerLease = 8;

}  // namespace

class JobWorker::Run final : public JobRun {
public:
    Run(JobWorker& worker, const Job& job, std::string owner)
        : worker_(worker), id_(job.id), owner_(std::move(owner)) {}

    void progress(Repositories& in, double percent) override {
        const Timestamp now = worker_.clock_.now();
        // A row is written some times per lease only, however often there is something to say.
        if (now - last_write_ < worker_.options_.lease / kLeaseWritesPerLease) return;
        if (!in.jobs.extend(id_, owner_, percent, now + worker_.options_.lease)) throw JobInterrupted{};
        last_write_ = now;
    }

    void checkpoint() override {
        if (worker_.stopping_) throw JobInterrupted{};
    }

    const std::string& owner() const { return owner_; }

private:
    JobWorker& worker_;
    JobId id_;
    std::string owner_;
    Timestamp last_write_{};
};

JobWorker::JobWorker(UnitOfWork& unit_of_work, const Clock& clock, Options options)
    : unit_of_work_(unit_of_work), clock_(clock), options_(std::move(options)) {}

JobWorker::~JobWorker() {
    stop();
}

void JobWorker::add(std::string type, JobRunner runner) {
    types_.push_back(type);
    runners_.emplace(std::move(type), std::move(runner));
}

void JobWorker::start() {
    for (int number = 0; number < options_.threads; ++number) {
        threads_.emplace_back([this, number] { loop(number); });
    }
}

void JobWorker::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    work_.notify_all();
    ended_.notify_all();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
}

void JobWorker::wake() {
    {
        const std::lock_guard lock(mutex_);
        ++wakes_;
    }
    work_.notify_one();
}

Job JobWorker::wait(JobId id, std::chrono::milliseconds patience) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (true) {
        std::uint64_t seen = 0;
        {
            const std::lock_guard lock(mutex_);
            seen = ends_;
        }
        auto job = query(unit_of_work_, [&](Repositories& in) { return in.jobs.find(id); });
        if (!job) throw Error{ErrorCode::kNotFound, "Job not found"};
        const bool has_ended = job->state != JobState::kQueued && job->state != JobState::kRunning;
        const auto now = std::chrono::steady_clock::now();
        if (has_ended || now >= deadline || stopping_) return *std::move(job);
        std::unique_lock lock(mutex_);
        // Other nodes end jobs too; nobody tells, so look from time to time.
        ended_.wait_until(lock, std::min(deadline, now + options_.poll),
                          [&] { return ends_ != seen || stopping_; });
    }
}

JobWorker::Stats JobWorker::stats() const {
    return {.succeeded = succeeded_, .failed = failed_, .retried = retried_, .running = running_};
}

void JobWorker::loop(int number) {
    const std::string owner = options_.owner + "/" + std::to_string(number);
    std::uint64_t seen = 0;
    bool claims_fail = false;
    while (!stopping_) {
        std::vector<Job> jobs;
        try {
            jobs = transact(unit_of_work_, [&](Repositories& in) {
                return in.jobs.claim(types_, owner, clock_.now(), options_.lease, 1);
            });
            claims_fail = false;
        } catch (const std::exception& failure) {
            if (!claims_fail) spdlog::warn("jobs can't be claimed for now: {}", failure.what());
            claims_fail = true;
        }
        for (const Job& job : jobs) run_one(job, owner);
        if (!jobs.empty()) continue;
        std::unique_lock lock(mutex_);
        work_.wait_for(lock, options_.poll, [&] { return wakes_ != seen || stopping_; });
        seen = wakes_;
    }
}

void JobWorker::run_one(const Job& job, const std::string& owner) {
    ++running_;
    Run run(*this, job, owner);
    const auto end = [&](const UnitOfWork::Work& write) {
        try {
            unit_of_work_.run(write);
        } catch (const std::exception& failure) {
            // The lease runs out and the job is taken again; its runner finds what is already done.
            spdlog::error("end of job {} can't be stored: {}", job.id.value, failure.what());
        }
    };
    const auto retry_or_bury = [&](const std::string& reason) {
        if (job.attempts >= job.max_attempts) {
            ++failed_;
            end([&](Repositories& in) {
                in.jobs.fail(job.id, owner, JobState::kDead, reason, clock_.now());
            });
            return;
        }
        ++retried_;
        const std::chrono::seconds pause = pause_before(job.attempts);
        const Timestamp run_at = clock_.now() + pause;
        spdlog::warn("job {} ({}) is tried again in {} s: {}", job.id.value, job.type, pause.count(), reason);
        end([&](Repositories& in) { in.jobs.retry(job.id, owner, reason, run_at); });
    };
    try {
        const std::string result = runners_.at(job.type)(job, run);
        end([&](Repositories& in) { in.jobs.succeed(job.id, owner, result, clock_.now()); });
        ++succeeded_;
    } catch (const JobInterrupted&) {
        end([&](Repositories& in) { in.jobs.retry(job.id, owner, "", clock_.now()); });
    } catch (const Error& error) {
        if (error.code() == ErrorCode::kUnavailable) {
            retry_or_bury(error.what());
        } else {
            ++failed_;
            const std::string reason = error.what();
            end([&](Repositories& in) {
                in.jobs.fail(job.id, owner, JobState::kFailed, reason, clock_.now());
            });
        }
    } catch (const std::exception& failure) {
        spdlog::error("job {} ({}) failed: {}", job.id.value, job.type, failure.what());
        retry_or_bury("internal error; see the log of the server");
    }
    --running_;
    finished();
}

void JobWorker::finished() {
    {
        const std::lock_guard lock(mutex_);
        ++ends_;
    }
    ended_.notify_all();
}

}  // namespace keepwell
