#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "domain/unit_of_work.hpp"

namespace keepwell {

/// What a running job may say and ask.
class JobRun {
public:
    /// Keeps the lease and stores the progress (0–100), in the transaction of the work that it speaks of, so
    /// that a worker that has lost its lease rolls back. Throws JobInterrupted then.
    virtual void progress(Repositories& in, double percent) = 0;
    /// Throws JobInterrupted when the program is stopping: call it where the work can be resumed.
    virtual void checkpoint() = 0;
    virtual ~JobRun() = default;
};

/// Ends a run without an outcome: the job goes back to the queue (stopping) or belongs to somebody else.
struct JobInterrupted {};

/// Does the work of one type. Returns the result as JSON. An Error ends the job as failed, but kUnavailable
/// and anything else is tried again with growing pauses until the job's attempts are used up.
using JobRunner = std::function<std::string(const Job& job, JobRun& run)>;

/// Threads that take due jobs from the queue and run them. A crash loses nothing: the lease runs out and
/// another worker, or the same program after its restart, takes the job again.
class JobWorker {
public:
    struct Options {
        int threads = 2;
        std::string owner;  ///< Unique among all workers on this database.
        std::chrono::milliseconds lease{15'000};
        std::chrono::milliseconds poll{500};  ///< How often to look for jobs that others queued.
    };

    JobWorker(UnitOfWork& unit_of_work, const Clock& clock, Options options);
    /// As stop().
    ~JobWorker();

    /// Before start(): what to do with jobs of `type`.
    void add(std::string type, JobRunner runner);
    void start();
    /// Lets running jobs come to their next checkpoint and returns when all threads have ended.
    void stop();
    /// There is a new job: look now. Called after the transaction that queued it.
    void wake();

    /// Waits until the job has ended, but no longer than `patience`. The job as it stands then.
    Job wait(JobId id, std::chrono::milliseconds patience);

    struct Stats {
        std::int64_t succeeded = 0;
        std::int64_t failed = 0;
        std::int64_t retried = 0;
        std::int64_t running = 0;
    };
    Stats stats() const;

private:
    class Run;

    void loop(int number);
    void run_one(const Job& job, const std::string& owner);
    void finished();

    UnitOfWork& unit_of_work_;
    const Clock& clock_;
    Options options_;
    std::map<std::string, JobRunner> runners_;
    std::vector<std::string> types_;
    std::vector<std::thread> threads_;
    std::mutex mutex_;
    std::condition_variable work_;
    std::condition_variable ended_;
    std::uint64_t wakes_ = 0;
    std::uint64_t ends_ = 0;
    std::atomic<bool> stopping_{false};
    std::atomic<std::int64_t> succeeded_{0};
    std::atomic<std::int64_t> failed_{0};
    std::atomic<std::int64_t> retried_{0};
    std::atomic<std::int64_t> running_{0};
};

}  // namespace keepwell
