#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <vector>

#include "data/session_pool.hpp"
#include "domain/unit_of_work.hpp"

namespace keepwell::data {

/// Lets threads that write at the same time share one transaction, and so one sync of the disk: the first
/// that finds no leader leads, takes all that wait, runs each in a savepoint of its own and commits once.
/// A work that throws rolls back only its own savepoint. Thread-safe.
class GroupCommit {
public:
    explicit GroupCommit(SessionPool& writers) : writers_(writers) {}

    /// Returns once `work` is committed; throws what it threw.
    void run(const UnitOfWork::Work& work);

private:
    struct Pending {
        explicit Pending(const UnitOfWork::Work& waiting) : work(waiting) {}

        const UnitOfWork::Work& work;
        std::exception_ptr error;
        DatabaseUse use;
        bool done = false;
        std::condition_variable wake;
    };
    using Batch = std::vector<Pending*>;

    void lead(std::unique_lock<std::mutex>& lock);
    void commit(const Batch& batch) noexcept;
    /// False when nothing was committed, for a reason that may be a single work's.
    static bool commit_together(const SessionPool::Lease& lease, const Batch& batch);

    SessionPool& writers_;
    std::mutex mutex_;
    std::deque<Pending*> waiting_;
    bool led_ = false;
};

}  // namespace keepwell::data
