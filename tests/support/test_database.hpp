#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "data/database.hpp"
#include "data/soci_unit_of_work.hpp"

namespace keepwell::test {

enum class DatabaseKind { kSqlite, kPostgresql };

/// SQLite, and PostgreSQL when KEEPWELL_TEST_POSTGRES_URL names a server where databases may be created; says
/// so once when it doesn't. For GENERATE(from_range(database_kinds())).
std::vector<DatabaseKind> database_kinds();

/// A database of its own for one test, migrated, and gone afterwards.
class TestDatabase {
public:
    enum class Schema { kMigrated, kEmpty };

    explicit TestDatabase(DatabaseKind kind, Schema schema = Schema::kMigrated);
    TestDatabase(const TestDatabase&) = delete;
    TestDatabase& operator=(const TestDatabase&) = delete;
    ~TestDatabase();

    DatabaseKind kind() const { return kind_; }
    const std::string& url() const { return url_; }
    data::Database& database() { return *database_; }
    UnitOfWork& unit_of_work() { return *unit_of_work_; }

    /// Runs SQL outside of the program.
    void execute(const std::string& sql);
    /// The first column of all rows, as text.
    std::vector<std::string> column(const std::string& sql);
    /// The one number that the query answers.
    std::int64_t number(const std::string& sql) {
        return std::stoll(column("SELECT CAST((" + sql + ") AS text)").at(0));
    }
    /// What a restarted server does to its clients. PostgreSQL only.
    void drop_connections();

private:
    DatabaseKind kind_;
    std::string name_;
    std::string url_;
    std::unique_ptr<data::Database> database_;
    std::unique_ptr<data::SociUnitOfWork> unit_of_work_;
};

}  // namespace keepwell::test
