#pragma once

#include <stdexcept>
#include <string>

namespace keepwell::data {

/// What went wrong in the database, told apart by code, never by text.
enum class SqlFailure {
    kOther,        ///< A mistake of the program: shown as "internal error".
    kLost,         ///< The connection is gone.
    kConflict,     ///< Deadlock or serialization failure: running the transaction again helps.
    kNotUnique,    ///< A unique constraint.
    kBusy,         ///< Another process holds the lock, or a time limit was reached.
    kDisk,         ///< Reading or writing the file failed.
    kFull,         ///< No space left.
    kReadOnly,     ///< The database can't be written.
    kCorrupt,      ///< The file is damaged or no database.
    kCannotOpen,   ///< The file or server can't be reached.
    kInvalidText,  ///< Not UTF-8, or with a NUL character.
};

/// Thrown by sessions and statements; the unit of work turns it into an Error. The message is the database's
/// own, without the values of the row.
class SqlError : public std::runtime_error {
public:
    SqlError(SqlFailure failure, const std::string& message)
        : std::runtime_error(message), failure_(failure) {}
    SqlFailure failure() const noexcept { return failure_; }

private:
    SqlFailure failure_;
};

/// Throws the Error that a client may see, or `error` itself when it is a mistake of the program.
[[noreturn]] void throw_translated(const SqlError& error);

/// By the five characters of the SQL standard.
SqlFailure failure_of_sqlstate(std::string_view sqlstate);
/// By SQLite's result code, extended or not.
SqlFailure failure_of_sqlite_code(int code);

}  // namespace keepwell::data
