#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace keepwell::plugins {

/// Threads on which the calls into one plugin run. Nothing can end a call that does not come back, so the
/// caller only waits for it, and leaves it and its thread alone when it takes too long. As many threads as
/// there are calls at once. Thread-safe.
class CallThreads {
public:
    CallThreads() = default;
    /// Ends the threads, but those that are stuck.
    ~CallThreads();
    CallThreads(const CallThreads&) = delete;
    CallThreads& operator=(const CallThreads&) = delete;

    /// Runs `work` and waits for its end; false when it has not come within `patience`. As it may go on for
    /// ever, `work` must own whatever it touches. It must not throw. Throws std::system_error when there can
    /// be no further thread.
    bool run(std::function<void()> work, std::chrono::nanoseconds patience);

private:
    struct Lane;
    std::shared_ptr<Lane> take();

    std::mutex mutex_;
    std::vector<std::shared_ptr<Lane>> idle_;
};

}  // namespace keepwell::plugins
