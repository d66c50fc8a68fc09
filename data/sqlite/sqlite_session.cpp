#include "data/sqlite/sqlite_session.hpp"

#include <sqlite3.h>

#include <thread>
#include <utility>

#include "data/soci_connection.hpp"
#include "data/sql_error.hpp"
#include "data/sqlite/sqlite_functions.hpp"
#include "data/sqlite/sqlite_statement.hpp"

namespace keepwell::data {
namespace {

// Page caches in KiB: the writer's holds the pages of one import chunk, so that none is written twice.
constexpr std::string_view kWriterPragmas =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
    "PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 8000;"
    "PRAGMA journal_size_limit = 67108864;";
constexpr std::string_view kReaderPragmas =
    "PRAGMA query_only = ON; PRAGMA cache_size = -8192; PRAGMA temp_store = MEMORY;";

/// A session belongs to one thread at a time, so SQLite need not lock for each column that is read. It counts
/// only before the first connection; later it changes nothing.
void configure_sqlite() {
    static const bool once = [] {
        sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        return true;
    }();
    static_cast<void>(once);
}

/// Waits for another process's transaction, a millisecond at a time: SQLite's own waiting grows to a tenth of
/// a second and misses the short gaps that an import leaves.
int wait_for_lock(void* budget, int tries) {
    if (tries >= *static_cast<const int*>(budget)) return 0;
    std::this_thread::sleep_for(std::chrono::milliseconds{1});
    return 1;
}

}  // namespace

SqliteSession::SqliteSession(soci::session& connection, std::string path, Mode mode,
                             std::chrono::milliseconds busy_timeout)
    : Session(Dialect::kSqlite),
      connection_(connection),
      path_(std::move(path)),
      mode_(mode),
      busy_tries_(static_cast<int>(busy_timeout.count())) {}

SqliteSession::~SqliteSession() {
    close();
}

void SqliteSession::open() {
    close();
    configure_sqlite();
    open_sqlite(connection_, path_);
    database_ = static_cast<sqlite3*>(sqlite_handle(connection_));
    try {
        sqlite3_extended_result_codes(database_, 1);
        sqlite3_busy_handler(database_, wait_for_lock, &busy_tries_);
        register_sqlite_functions(database_);
        execute(std::string(mode_ == Mode::kWriter ? kWriterPragmas : kReaderPragmas));
    } catch (...) {
        close();
        throw;
    }
}

void SqliteSession::close() noexcept {
    forget_statements();
    if (database_ == nullptr) return;
    database_ = nullptr;
    close_connection(connection_);
}

void SqliteSession::begin() {
    execute("BEGIN IMMEDIATE");
}

void SqliteSession::commit() {
    execute("COMMIT");
}

void SqliteSession::rollback() noexcept {
    if (in_transaction()) sqlite3_exec(database_, "ROLLBACK", nullptr, nullptr, nullptr);
}

bool SqliteSession::in_transaction() const noexcept {
    return database_ != nullptr && sqlite3_get_autocommit(database_) == 0;
}

void SqliteSession::execute(const std::string& script) {
    if (sqlite3_exec(database_, script.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        throw_sqlite_error(database_);
    }
}

std::unique_ptr<Statement> SqliteSession::prepare(std::string_view sql) {
    return std::make_unique<SqliteStatement>(database_, sql);
}

void SqliteSession::insert_rows(std::string_view table, std::span<const std::string_view> columns,
                                std::span<const Value> values) {
    if (values.empty()) return;
    std::string names;
    std::string parameters;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        names.append(i == 0 ? "" : ", ").append(columns[i]);
        parameters.append(i == 0 ? "$" : ", $").append(std::to_string(i + 1));
    }
    const std::string sql =
        "INSERT INTO " + std::string(table) + " (" + names + ") VALUES (" + parameters + ")";
    std::unique_ptr<Statement> statement = take_statement(sql);
    int position = 0;
    for (const Value& value : values) {
        statement->bind(++position, value);
        if (static_cast<std::size_t>(position) == columns.size()) {
            statement->next();
            static_cast<SqliteStatement&>(*statement).rewind();
            position = 0;
        }
    }
    give_back_statement(sql, std::move(statement));
}

std::vector<std::int64_t> SqliteSession::allocate_ids(std::string_view table, std::size_t count) {
    std::vector<std::int64_t> ids;
    if (count == 0) return ids;
    Query query(*this, "UPDATE sequences SET next_id = next_id + $2 WHERE name = $1 RETURNING next_id", table,
                static_cast<std::int64_t>(count));
    if (!query.next()) throw SqlError(SqlFailure::kOther, "no sequence for " + std::string(table));
    const std::int64_t end = query.integer(0);
    ids.reserve(count);
    for (std::int64_t id = end - static_cast<std::int64_t>(count); id < end; ++id) ids.push_back(id);
    return ids;
}

}  // namespace keepwell::data
