#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace keepwell::api {

/// Threads for what waits (databases, files), so that the I/O threads never do.
class WaitingPool {
public:
    WaitingPool(int threads, std::size_t queue_limit);
    /// As stop().
    ~WaitingPool();
    WaitingPool(const WaitingPool&) = delete;
    WaitingPool& operator=(const WaitingPool&) = delete;

    /// False when the queue is full or the pool stops; the job is then dropped. Jobs must not throw.
    bool submit(std::function<void()> job);
    /// Finishes the jobs that run, drops the others and joins the threads.
    void stop();

private:
    void work();

    const std::size_t queue_limit_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> jobs_;
    std::size_t idle_ = 0;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace keepwell::api
