#pragma once

#include <memory>

#include "domain/unit_of_work.hpp"

namespace keepwell::data {

class Database;
class GroupCommit;

/// The unit of work over either database. PostgreSQL: a session and a transaction of its own for each run(),
/// run again after deadlocks and serialization failures. SQLite: runs that wait at the same time share one
/// commit.
class SociUnitOfWork final : public UnitOfWork {
public:
    /// `database` must outlive it. One per database and process: it owns the queue for SQLite's writer.
    explicit SociUnitOfWork(Database& database);
    ~SociUnitOfWork() override;

    void run(const Work& work) override;
    void read(const Work& work) override;

private:
    void run_transaction(const Work& work);

    Database& database_;
    std::unique_ptr<GroupCommit> group_commit_;  ///< SQLite only.
};

}  // namespace keepwell::data
