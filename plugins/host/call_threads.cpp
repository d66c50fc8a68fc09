#include "plugins/host/call_threads.hpp"

#include <condition_variable>
#include <thread>

namespace keepwell::plugins {

/// A thread and the place where it is handed its work. Caller and thread wait in turn, so one condition is
/// enough.
struct CallThreads::Lane {
    std::mutex mutex;
    std::condition_variable changed;
    std::function<void()> work;
    bool has_work = false;
    bool ends = false;
    std::thread thread;

    void loop() {
        std::unique_lock lock(mutex);
        while (true) {
            changed.wait(lock, [&] { return has_work || ends; });
            if (!has_work) return;
            std::function<void()> taken = std::move(work);
            lock.unlock();
            taken();
            taken = nullptr;  // What it owns goes before the caller is told.
            lock.lock();
            has_work = false;
            if (ends) return;
            changed.notify_one();
        }
    }
};

CallThreads::~CallThreads() {
    for (const std::shared_ptr<Lane>& lane : idle_) {
        {
            const std::lock_guard lock(lane->mutex);
            lane->ends = true;
        }
        lane->changed.notify_one();
        lane->thread.join();
    }
}

std::shared_ptr<CallThreads::Lane> CallThreads::take() {
    {
        const std::lock_guard lock(mutex_);
        if (!idle_.empty()) {
            auto lane = std::move(idle_.back());
            idle_.pop_back();
            return lane;
        }
    }
    auto lane = std::make_shared<Lane>();
    lane->thread = std::thread([lane] { lane->loop(); });
    return lane;
}

bool CallThreads::run(std::function<void()> work, std::chrono::nanoseconds patience) {
    const std::shared_ptr<Lane> lane = take();
    std::unique_lock lock(lane->mutex);
    lane->work = std::move(work);
    lane->has_work = true;
    lane->changed.notify_one();
    const auto deadline = std::chrono::steady_clock::now() + patience;
    if (!lane->changed.wait_until(lock, deadline, [&] { return !lane->has_work; })) {
        lane->ends = true;  // Should it ever come back.
        lane->thread.detach();
        return false;
    }
    lock.unlock();
    const std::lock_guard pool(mutex_);
    idle_.push_back(lane);
    return true;
}

}  // namespace keepwell::plugins
