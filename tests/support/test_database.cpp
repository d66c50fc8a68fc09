#include "tests/support/test_database.hpp"

#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>

#include "data/migrations.hpp"
#include "data/session_pool.hpp"

namespace keepwell::test {
namespace {

using data::Database;
using data::Query;
using data::SessionPool;

std::string server_url() {
    const char* url = std::getenv("KEEPWELL_TEST_POSTGRES_URL");
    return url == nullptr ? std::string{} : std::string(url);
}

/// `url` with another database's name at the end of its path.
std::string with_database(const std::string& url, const std::string& name) {
    const std::size_t host = url.find("://") + 3;
    const std::size_t path = std::min(url.find('/', host), url.size());
    const std::size_t query = url.find('?', host);
    return url.substr(0, std::min(path, query)) + '/' + name +
           (query == std::string::npos ? "" : url.substr(query));
}

void execute_on(const std::string& url, const std::string& sql) {
    Database database({.url = url, .sessions = 1});
    const SessionPool::Lease lease = database.writers().lease();
    lease.session().execute(sql);
}

std::string unique_name() {
    static std::atomic<int> count{0};
    return "keepwell_test_" + std::to_string(::getpid()) + "_" + std::to_string(++count);
}

std::filesystem::path sqlite_path(const std::string& name) {
    return std::filesystem::temp_directory_path() / (name + ".db");
}

void remove_sqlite(const std::string& name) {
    for (const char* suffix : {"", "-wal", "-shm"}) {
        std::filesystem::remove(sqlite_path(name).string() + suffix);
    }
}

/// Migrated once per process; each test starts from a copy.
class Template {
public:
    explicit Template(DatabaseKind kind) : kind_(kind), name_(unique_name()) {
        if (kind_ == DatabaseKind::kPostgresql) {
            execute_on(server_url(), "CREATE DATABASE " + name_);
            Database database({.url = with_database(server_url(), name_), .sessions = 1});
            data::migrate(database);
        } else {
            Database database({.url = "sqlite:///" + sqlite_path(name_).string(), .sessions = 1});
            data::migrate(database);
        }
    }
    Template(const Template&) = delete;
    Template& operator=(const Template&) = delete;
    ~Template() {
        try {
            if (kind_ == DatabaseKind::kPostgresql) {
                execute_on(server_url(), "DROP DATABASE IF EXISTS " + name_);
            } else {
                remove_sqlite(name_);
            }
        } catch (const std::exception&) {
            // Left over in the temporary folder or on the test server.
        }
    }
    const std::string& name() const { return name_; }

private:
    DatabaseKind kind_;
    std::string name_;
};

const Template& template_of(DatabaseKind kind) {
    if (kind == DatabaseKind::kPostgresql) {
        static const Template postgresql(DatabaseKind::kPostgresql);
        return postgresql;
    }
    static const Template sqlite(DatabaseKind::kSqlite);
    return sqlite;
}

}  // namespace

std::vector<DatabaseKind> database_kinds() {
    if (!server_url().empty()) return {DatabaseKind::kSqlite, DatabaseKind::kPostgresql};
    static const bool said = [] {
        WARN("PostgreSQL is left out: KEEPWELL_TEST_POSTGRES_URL names no server to create databases on");
        return true;
    }();
    static_cast<void>(said);
    return {DatabaseKind::kSqlite};
}

TestDatabase::TestDatabase(DatabaseKind kind, Schema schema) : kind_(kind), name_(unique_name()) {
    if (kind_ == DatabaseKind::kPostgresql) {
        execute_on(server_url(),
                   "CREATE DATABASE " + name_ +
                       (schema == Schema::kMigrated ? " TEMPLATE " + template_of(kind_).name() : ""));
        url_ = with_database(server_url(), name_);
    } else {
        if (schema == Schema::kMigrated) {
            std::filesystem::copy_file(sqlite_path(template_of(kind_).name()), sqlite_path(name_));
        }
        url_ = "sqlite:///" + sqlite_path(name_).string();
    }
    database_ = std::make_unique<Database>(data::DatabaseOptions{.url = url_});
    unit_of_work_ = std::make_unique<data::SociUnitOfWork>(*database_);
}

TestDatabase::~TestDatabase() {
    unit_of_work_.reset();
    database_.reset();
    try {
        if (kind_ == DatabaseKind::kPostgresql) {
            execute_on(server_url(), "DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)");
        } else {
            remove_sqlite(name_);
        }
    } catch (const std::exception& error) {
        WARN("the database of a test could not be removed: " << error.what());
    }
}

void TestDatabase::execute(const std::string& sql) {
    execute_on(url_, sql);
}

std::vector<std::string> TestDatabase::column(const std::string& sql) {
    Database database({.url = url_, .sessions = 1});
    const SessionPool::Lease lease = database.writers().lease();
    std::vector<std::string> values;
    Query row(lease.session(), sql);
    while (row.next()) values.push_back(row.string(0));
    return values;
}

void TestDatabase::drop_connections() {
    execute_on(server_url(), "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" +
                                 name_ + "' AND pid <> pg_backend_pid()");
}

}  // namespace keepwell::test
