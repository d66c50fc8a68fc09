#include "data/sqlite/sqlite_copy.hpp"

#include <sqlite3.h>

#include <memory>
#include <string_view>

#include "domain/error.hpp"

namespace keepwell::data {
namespace {

constexpr int kPagesPerStep = 4096;
constexpr int kBusyMilliseconds = 10'000;

struct CloseDatabase {
    void operator()(sqlite3* database) const noexcept { sqlite3_close(database); }
};
struct FinalizeStatement {
    void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};
using File = std::unique_ptr<sqlite3, CloseDatabase>;

File open(const std::string& path, int flags) {
    sqlite3* database = nullptr;
    const int result = sqlite3_open_v2(path.c_str(), &database, flags, nullptr);
    File file(database);
    if (result != SQLITE_OK) {
        throw Error(ErrorCode::kUnavailable, "Cannot open " + path + ": " + sqlite3_errmsg(database) + ".");
    }
    sqlite3_busy_timeout(database, kBusyMilliseconds);
    return file;
}

/// The first column of the first row; empty without a row or on a failure.
std::string first_value(sqlite3* database, const char* sql) {
    sqlite3_stmt* prepared = nullptr;
    sqlite3_prepare_v2(database, sql, -1, &prepared, nullptr);
    const std::unique_ptr<sqlite3_stmt, FinalizeStatement> statement(prepared);
    if (!statement || sqlite3_step(prepared) != SQLITE_ROW) return {};
    const unsigned char* text = sqlite3_column_text(prepared, 0);
    return text == nullptr ? std::string{} : reinterpret_cast<const char*>(text);
}

}  // namespace

void copy_sqlite_file(const std::string& from, const std::string& to) {
    const File source = open(from, SQLITE_OPEN_READONLY);
    const File target = open(to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    sqlite3_backup* copy = sqlite3_backup_init(target.get(), "main", source.get(), "main");
    int result = copy == nullptr ? sqlite3_errcode(target.get()) : SQLITE_OK;
    // One transaction of the source: a copy in several would start again with every write of others.
    if (sqlite3_exec(source.get(), "BEGIN; SELECT count(*) FROM sqlite_master", nullptr, nullptr, nullptr) !=
        SQLITE_OK) {
        result = sqlite3_errcode(source.get());
    }
    while (result == SQLITE_OK) result = sqlite3_backup_step(copy, kPagesPerStep);
    sqlite3_backup_finish(copy);
    if (result != SQLITE_DONE) {
        throw Error(ErrorCode::kUnavailable,
                    "Cannot copy " + from + " to " + to + ": " + sqlite3_errstr(result) +
                        ". Nothing was changed; see that nobody else is using it and "
                        "that there is space, then try again.");
    }
}

void make_single_file(const std::string& path) {
    const File file = open(path, SQLITE_OPEN_READWRITE);
    if (first_value(file.get(), "PRAGMA journal_mode = DELETE") != "delete") {
        throw Error(ErrorCode::kUnavailable,
                    "Cannot finish " + path + ": " + sqlite3_errmsg(file.get()) + ".");
    }
}

int check_sqlite_file(const std::string& path) {
    const File file = open(path, SQLITE_OPEN_READWRITE);
    const std::string verdict = first_value(file.get(), "PRAGMA integrity_check(1)");
    if (verdict != "ok") {
        throw Error(ErrorCode::kInvalid,
                    path + " is damaged or no SQLite database" + (verdict.empty() ? "." : ": " + verdict));
    }
    const std::string version = first_value(file.get(), "SELECT max(version) FROM schema_migrations");
    return version.empty() ? 0 : std::stoi(version);
}

}  // namespace keepwell::data
