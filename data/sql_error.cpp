#include "data/sql_error.hpp"

#include <spdlog/spdlog.h>
#include <sqlite3.h>

#include <atomic>
#include <chrono>

#include "domain/error.hpp"

namespace keepwell::data {
namespace {

/// Nobody but who runs the program can mend it; clients are not told more than that.
bool needs_an_operator(SqlFailure failure) {
    return failure == SqlFailure::kFull || failure == SqlFailure::kReadOnly ||
           failure == SqlFailure::kCorrupt || failure == SqlFailure::kCannotOpen ||
           failure == SqlFailure::kLost;
}

/// A database that is away fails many times a second: once in a while is enough to know why.
bool has_been_quiet() {
    constexpr std::chrono::seconds kPause{10};
    static std::atomic<std::chrono::steady_clock::rep> next{
        std::chrono::steady_clock::duration::min().count()};
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    auto due = next.load();
    return now.count() >= due && next.compare_exchange_strong(due, (now + kPause).count());
}

}  // namespace

void throw_translated(const SqlError& error) {
    if (needs_an_operator(error.failure()) && has_been_quiet()) spdlog::warn("database: {}", error.what());
    switch (error.failure()) {
        case SqlFailure::kOther:
            throw SqlError(error);
        case SqlFailure::kLost:
            throw Error(ErrorCode::kUnavailable, "The connection to the database was lost; try again.");
        case SqlFailure::kConflict:
            throw Error(ErrorCode::kUnavailable,
                        "Others were changing the same data at the same time; try again.");
        case SqlFailure::kNotUnique:
            throw Error(ErrorCode::kConflict, "It exists already.");
        case SqlFailure::kBusy:
            throw Error(ErrorCode::kUnavailable,
                        "The database is busy with another process or a long statement; try again.");
        case SqlFailure::kDisk:
            throw Error(
                ErrorCode::kUnavailable,
                "The database's disk failed to read or write; nothing was written. See whether it is full "
                "or broken, then try again.");
        case SqlFailure::kFull:
            throw Error(ErrorCode::kUnavailable,
                        "The database's disk is full; nothing was written. Free some space and try again.");
        case SqlFailure::kReadOnly:
            throw Error(
                ErrorCode::kUnavailable,
                "The database can't be written; give the program write access to its file and folder.");
        case SqlFailure::kCorrupt:
            throw Error(ErrorCode::kUnavailable,
                        "The database file is damaged or no database; restore it from a backup.");
        case SqlFailure::kCannotOpen:
            throw Error(
                ErrorCode::kUnavailable,
                "The database can't be opened. See that DATABASE_URL names it, and that the server runs or "
                "that the program may write the file and its folder.");
        case SqlFailure::kInvalidText:
            throw Error(ErrorCode::kInvalid, "A text is not valid UTF-8 or holds a NUL character.");
    }
    throw SqlError(error);
}

SqlFailure failure_of_sqlstate(std::string_view sqlstate) {
    if (sqlstate.starts_with("08") || sqlstate == "57P01" || sqlstate == "57P02") return SqlFailure::kLost;
    if (sqlstate == "57P03" || sqlstate == "53300") return SqlFailure::kCannotOpen;
    if (sqlstate == "40001" || sqlstate == "40P01") return SqlFailure::kConflict;
    if (sqlstate == "23505") return SqlFailure::kNotUnique;
    if (sqlstate == "57014" || sqlstate == "55P03") return SqlFailure::kBusy;
    if (sqlstate.starts_with("53")) return SqlFailure::kFull;
    if (sqlstate == "25006") return SqlFailure::kReadOnly;
    if (sqlstate == "22021" || sqlstate == "22P05") return SqlFailure::kInvalidText;
    if (sqlstate.starts_with("XX001") || sqlstate.starts_with("XX002")) return SqlFailure::kCorrupt;
    return SqlFailure::kOther;
}

SqlFailure failure_of_sqlite_code(int code) {
    if (code == SQLITE_CONSTRAINT_PRIMARYKEY || code == SQLITE_CONSTRAINT_UNIQUE ||
        code == SQLITE_CONSTRAINT_ROWID) {
        return SqlFailure::kNotUnique;
    }
    switch (code & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_PROTOCOL:
            return SqlFailure::kBusy;
        case SQLITE_FULL:
            return SqlFailure::kFull;
        case SQLITE_READONLY:
        case SQLITE_PERM:
            return SqlFailure::kReadOnly;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return SqlFailure::kCorrupt;
        case SQLITE_CANTOPEN:
            return SqlFailure::kCannotOpen;
        case SQLITE_IOERR:
            return SqlFailure::kDisk;
        default:
            return SqlFailure::kOther;
    }
}

}  // namespace keepwell::data
