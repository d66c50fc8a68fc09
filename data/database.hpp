#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "data/dialect.hpp"

namespace keepwell::data {

class SessionPool;

struct DatabaseOptions {
    /// `sqlite:///relative.db`, `sqlite:////absolute.db`, `postgresql://user@host/name` or `postgres://…`.
    std::string url = "sqlite:///keepwell.db";
    std::size_t sessions = 8;                       ///< At most so many at once; SQLite adds its one writer.
    std::chrono::milliseconds lease_timeout{5000};  ///< How long to wait for a free session.
    std::chrono::milliseconds busy_timeout{5000};   ///< SQLite: for another process that writes.
    std::chrono::milliseconds statement_timeout{30'000};  ///< PostgreSQL: of a single statement.
    /// A pooler in transaction mode (pgbouncer) stands in between: nothing is kept on a connection.
    bool transaction_pooler = false;
};

/// The database that a URL names. Connects when it is first used, and again after the connection was lost.
/// Thread-safe. Reached through SociUnitOfWork.
class Database {
public:
    /// Throws Error{kInvalid} when the URL is none of the above, or names a folder that doesn't exist.
    explicit Database(DatabaseOptions options);
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database();

    Dialect dialect() const;
    const DatabaseOptions& options() const { return options_; }
    /// The file of a SQLite database; empty for PostgreSQL.
    const std::string& sqlite_path() const { return sqlite_path_; }
    /// What the URL names, without user and password: for logs.
    std::string description() const;

    /// Sessions that read (PostgreSQL: and write).
    SessionPool& readers();
    /// SQLite: the one session that writes. PostgreSQL: the same as readers().
    SessionPool& writers();

private:
    struct Pools;

    DatabaseOptions options_;
    std::string sqlite_path_;
    std::unique_ptr<Pools> pools_;
};

}  // namespace keepwell::data
