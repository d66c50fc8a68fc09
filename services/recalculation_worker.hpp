#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "domain/unit_of_work.hpp"
#include "services/health_scoring.hpp"

namespace keepwell {

class JobWorker;

/// Threads that take the customers that are due, score them and store their scores. Whatever moment they are
/// killed at: nothing is lost, because the lease runs out, and nothing outdated is stored, because storing
/// begins with taking the lease again. An event that comes while its customer is being scored makes another
/// calculation after it.
class RecalculationWorker {
public:
    struct Options {
        int threads = 2;
        std::string owner;  ///< Unique among all workers on this database.
        std::chrono::milliseconds lease{30'000};
        std::chrono::milliseconds poll{250};   ///< How often to look for what others have asked for.
        std::chrono::milliseconds again{300};  ///< After a calculation during which more came in.
        std::int64_t batch = 200;              ///< Customers that are claimed, and stored, at once.
    };

    RecalculationWorker(UnitOfWork& unit_of_work, const HealthScoring& scoring, const Clock& clock,
                        Options options);
    /// As stop().
    ~RecalculationWorker();

    /// Runs dead calculations that somebody replays.
    void run_in(JobWorker& worker);
    /// Before start(): told the seconds from the first request to the stored score, per customer.
    void observe_lag(std::function<void(double)> observer) { observe_lag_ = std::move(observer); }

    void start();
    /// Ends after the batches that are being scored.
    void stop();
    /// Somebody has asked for calculations: they become due soon. Called after the transaction with the
    /// request.
    void wake();
    /// Claims and scores one batch in the calling thread; how many customers it claimed.
    std::int64_t run_batch();

    struct Stats {
        std::int64_t calculated = 0;
        std::int64_t failed = 0;              ///< Calculations that are tried again.
        std::int64_t given_up = 0;            ///< Those that became dead jobs.
        std::chrono::nanoseconds loading{0};  ///< And calculating.
        std::chrono::nanoseconds storing{0};
    };
    Stats stats() const;

private:
    using Claims = std::span<const Recalculation>;

    void loop(int number);
    std::int64_t run_batch(const std::string& owner);
    void score(Claims claims, const std::string& owner);
    void score_and_store(Claims claims, const std::string& owner);
    void finish(Repositories& in, Claims held, std::span<const CustomerHealth> healths,
                const std::string& owner, Timestamp now) const;
    void put_off(Claims claims, const std::string& owner, const std::string& why);
    void give_up(const Recalculation& claim, const std::string& owner, const std::string& why);

    UnitOfWork& unit_of_work_;
    const HealthScoring& scoring_;
    const Clock& clock_;
    Options options_;
    std::function<void(double)> observe_lag_ = [](double) {};
    std::vector<std::thread> threads_;
    std::mutex mutex_;
    std::condition_variable work_;
    std::optional<std::chrono::steady_clock::time_point> wake_at_;
    std::atomic<bool> stopping_{false};
    std::atomic<std::int64_t> callers_{0};
    std::atomic<std::int64_t> calculated_{0};
    std::atomic<std::int64_t> failed_{0};
    std::atomic<std::int64_t> given_up_{0};
    std::atomic<std::int64_t> loading_{0};
    std::atomic<std::int64_t> storing_{0};
};

}  // namespace keepwell
