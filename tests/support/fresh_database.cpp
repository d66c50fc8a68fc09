#include "tests/support/fresh_database.hpp"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <memory>
#include <stdexcept>

namespace keepwell::testing {
namespace {

std::string server_url() {
    const char* url = std::getenv("KEEPWELL_TEST_POSTGRES_URL");
    return url == nullptr ? "" : url;
}

using PgResult = std::unique_ptr<PGresult, decltype(&PQclear)>;

/// The first cell of the answer; empty when there is none.
std::string ask_postgresql(const std::string& url, const std::string& sql) {
    const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectdb(url.c_str()), PQfinish);
    const PgResult result(PQexec(connection.get(), sql.c_str()), PQclear);
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        throw std::runtime_error(sql + ": " + PQerrorMessage(connection.get()));
    return PQntuples(result.get()) > 0 ? PQgetvalue(result.get(), 0, 0) : "";
}

std::int64_t ask_sqlite(const std::string& path, const std::string& sql) {
    sqlite3* opened = nullptr;
    const int failed = sqlite3_open_v2(path.c_str(), &opened, SQLITE_OPEN_READONLY, nullptr);
    const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> database(opened, sqlite3_close);
    sqlite3_stmt* prepared = nullptr;
    if (failed != SQLITE_OK || sqlite3_prepare_v2(opened, sql.c_str(), -1, &prepared, nullptr) != SQLITE_OK)
        throw std::runtime_error(sql + ": " + sqlite3_errmsg(opened));
    const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> statement(prepared, sqlite3_finalize);
    sqlite3_busy_timeout(opened, 5'000);
    if (sqlite3_step(prepared) != SQLITE_ROW) throw std::runtime_error(sql + ": no row");
    return sqlite3_column_int64(prepared, 0);
}

}  // namespace

std::string_view to_string(Engine engine) {
    return engine == Engine::kSqlite ? "SQLite" : "PostgreSQL";
}

std::vector<Engine> engines() {
    if (!server_url().empty()) return {Engine::kSqlite, Engine::kPostgresql};
    WARN("KEEPWELL_TEST_POSTGRES_URL is not set: not tested on PostgreSQL");
    return {Engine::kSqlite};
}

FreshDatabase::FreshDatabase(Engine engine) {
    if (engine == Engine::kSqlite) {
        url_ = "sqlite:///" + (folder_.path() / "keepwell.db").string();
        return;
    }
    static std::atomic<int> number{0};
    name_ = "keepwell_e2e_" + std::to_string(::getpid()) + "_" + std::to_string(++number);
    ask_postgresql(server_url(), "CREATE DATABASE " + name_);
    url_ = server_url();
    const std::size_t query = std::min(url_.find('?'), url_.size());
    const std::size_t slash = url_.rfind('/', query);
    url_.replace(slash + 1, query - slash - 1, name_);
}

FreshDatabase::~FreshDatabase() {
    if (name_.empty()) return;
    try {
        ask_postgresql(server_url(), "DROP DATABASE " + name_ + " WITH (FORCE)");
    } catch (const std::exception& failure) {
        WARN("a test database stays behind: " << failure.what());
    }
}

std::int64_t FreshDatabase::number(const std::string& sql) const {
    if (name_.empty()) return ask_sqlite((folder_.path() / "keepwell.db").string(), sql);
    return std::stoll(ask_postgresql(url_, sql));
}

}  // namespace keepwell::testing
