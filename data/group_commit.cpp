#include "data/group_commit.hpp"

#include <algorithm>
#include <thread>
#include <utility>

#include "data/session_pool.hpp"
#include "data/sql_error.hpp"

namespace keepwell::data {
namespace {

constexpr std::size_t kMaximumBatch = 64;
// SQLite's lock goes to whoever asks at the right moment. After a long transaction the next one waits a
// little, so that another process (an import beside a server, or the other way round) finds such a moment.
constexpr std::chrono::milliseconds kLongTransaction{10};
constexpr std::chrono::milliseconds kGap{2};

/// Runs something for another thread and says what it cost, leaving this thread's account alone.
template <typename Action>
DatabaseUse measure(Action&& action) {
    const DatabaseUse own = std::exchange(database_use(), {});
    action();
    return std::exchange(database_use(), own);
}

/// A connection that failed like this is better opened anew.
bool is_broken(const std::exception_ptr& error) {
    try {
        if (error) std::rethrow_exception(error);
    } catch (const SqlError& failure) {
        switch (failure.failure()) {
            case SqlFailure::kLost:
            case SqlFailure::kDisk:
            case SqlFailure::kCorrupt:
            case SqlFailure::kReadOnly:
            case SqlFailure::kCannotOpen:
                return true;
            default:
                return false;
        }
    } catch (...) {
        return false;
    }
    return false;
}

/// Leaves what the work before has written. False when the whole transaction is gone.
bool roll_back_savepoint(Session& session) noexcept {
    if (!session.in_transaction()) return false;
    try {
        session.execute("ROLLBACK TO work; RELEASE work");
    } catch (const SqlError&) {
        session.rollback();
        return false;
    }
    return true;
}

std::exception_ptr run_alone(Session& session, Repositories& repositories, const UnitOfWork::Work& work) {
    try {
        session.begin();
        work(repositories);
        session.commit();
    } catch (...) {
        session.rollback();
        return std::current_exception();
    }
    return nullptr;
}

std::exception_ptr run_in_savepoint(Session& session, Repositories& repositories,
                                    const UnitOfWork::Work& work) {
    try {
        session.execute("SAVEPOINT work");
        work(repositories);
        session.execute("RELEASE work");
    } catch (...) {
        roll_back_savepoint(session);
        return std::current_exception();
    }
    return nullptr;
}

}  // namespace

void GroupCommit::run(const UnitOfWork::Work& work) {
    Pending mine(work);
    {
        std::unique_lock lock(mutex_);
        waiting_.push_back(&mine);
        while (!mine.done) {
            if (led_) {
                mine.wake.wait(lock);
            } else {
                lead(lock);
            }
        }
    }
    database_use().queries += mine.use.queries;
    database_use().time += mine.use.time;
    if (mine.error) std::rethrow_exception(mine.error);
}

void GroupCommit::lead(std::unique_lock<std::mutex>& lock) {
    led_ = true;
    const std::size_t size = std::min(waiting_.size(), kMaximumBatch);
    const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(size);
    const Batch batch(waiting_.begin(), end);
    waiting_.erase(waiting_.begin(), end);
    lock.unlock();
    const auto start = std::chrono::steady_clock::now();
    commit(batch);
    const bool was_long = std::chrono::steady_clock::now() - start > kLongTransaction;
    lock.lock();
    for (Pending* pending : batch) {
        pending->done = true;
        pending->wake.notify_one();
    }
    if (was_long) {
        lock.unlock();
        std::this_thread::sleep_for(kGap);
        lock.lock();
    }
    led_ = false;
    if (!waiting_.empty()) waiting_.front()->wake.notify_one();
}

bool GroupCommit::commit_together(const SessionPool::Lease& lease, const Batch& batch) {
    Session& session = lease.session();
    session.begin();
    for (Pending* pending : batch) {
        pending->use =
            measure([&] { pending->error = run_in_savepoint(session, lease.repositories(), pending->work); });
        if (!session.in_transaction()) return false;
    }
    try {
        session.commit();
    } catch (const SqlError&) {
        session.rollback();
        return false;
    }
    return true;
}

void GroupCommit::commit(const Batch& batch) noexcept {
    try {
        const SessionPool::Lease lease = writers_.lease();
        if (batch.size() == 1 || !commit_together(lease, batch)) {
            // Alone, each gets the result that is its own: a full disk may still hold the small ones.
            for (Pending* pending : batch) {
                if (pending->error) continue;
                pending->use = measure([&] {
                    pending->error = run_alone(lease.session(), lease.repositories(), pending->work);
                });
            }
        }
        if (std::any_of(batch.begin(), batch.end(),
                        [](const Pending* pending) { return is_broken(pending->error); })) {
            lease.session().close();
        }
    } catch (...) {
        for (Pending* pending : batch) pending->error = std::current_exception();
    }
}

}  // namespace keepwell::data
