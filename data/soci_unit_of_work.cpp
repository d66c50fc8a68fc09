#include "data/soci_unit_of_work.hpp"

#include <algorithm>
#include <random>
#include <thread>

#include "data/database.hpp"
#include "data/group_commit.hpp"
#include "data/session_pool.hpp"
#include "data/sql_error.hpp"

namespace keepwell::data {
namespace {

constexpr int kAttempts = 5;

/// A little longer each time and never the same, so that two that collided don't meet again.
void back_off(int attempt) {
    thread_local std::minstd_rand random{std::random_device{}()};
    std::this_thread::sleep_for(
        std::chrono::microseconds{std::uniform_int_distribution<int>(500, 4000)(random) * attempt});
}

/// A connection may have died since it was last used; nothing has happened yet, so a new one will do.
void begin(Session& session) {
    try {
        session.begin();
    } catch (const SqlError& error) {
        if (error.failure() != SqlFailure::kLost) throw;
        session.open();
        session.begin();
    }
}

}  // namespace

SociUnitOfWork::SociUnitOfWork(Database& database) : database_(database) {
    if (database_.dialect() == Dialect::kSqlite) {
        group_commit_ = std::make_unique<GroupCommit>(database_.writers());
    }
}

SociUnitOfWork::~SociUnitOfWork() = default;

void SociUnitOfWork::run(const Work& work) {
    try {
        if (group_commit_) {
            group_commit_->run(work);
        } else {
            run_transaction(work);
        }
    } catch (const SqlError& error) {
        throw_translated(error);
    }
}

void SociUnitOfWork::run_transaction(const Work& work) {
    for (int attempt = 1;; ++attempt) {
        try {
            const SessionPool::Lease lease = database_.writers().lease();
            begin(lease.session());
            try {
                work(lease.repositories());
                lease.session().commit();
                return;
            } catch (const SqlError& error) {
                if (error.failure() == SqlFailure::kLost) lease.session().close();
                throw;
            }
        } catch (const SqlError& error) {
            if (error.failure() != SqlFailure::kConflict || attempt == kAttempts) throw;
        }
        back_off(attempt);
    }
}

void SociUnitOfWork::read(const Work& work) {
    try {
        const SessionPool::Lease lease = database_.readers().lease();
        try {
            work(lease.repositories());
        } catch (const SqlError& error) {
            if (error.failure() != SqlFailure::kLost) throw;
            lease.session().open();
            work(lease.repositories());
        }
    } catch (const SqlError& error) {
        throw_translated(error);
    }
}

}  // namespace keepwell::data
