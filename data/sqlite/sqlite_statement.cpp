#include "data/sqlite/sqlite_statement.hpp"

#include <sqlite3.h>

#include <string>

#include "data/sql_error.hpp"

namespace keepwell::data {
namespace {

/// Repositories number their parameters $1, $2; SQLite takes those for names, ?1 for numbers.
std::string with_numbered_parameters(std::string_view sql) {
    std::string out(sql);
    for (std::size_t i = 0; i + 1 < out.size(); ++i) {
        if (out[i] == '$' && out[i + 1] >= '1' && out[i + 1] <= '9') out[i] = '?';
    }
    return out;
}

struct Binder {
    sqlite3_stmt* statement;
    int position;

    int operator()(std::monostate) const { return sqlite3_bind_null(statement, position); }
    int operator()(std::int64_t number) const { return sqlite3_bind_int64(statement, position, number); }
    int operator()(double number) const { return sqlite3_bind_double(statement, position, number); }
    int operator()(bool flag) const { return sqlite3_bind_int(statement, position, flag ? 1 : 0); }
    int operator()(std::string_view text) const {
        if (text.find('\0') != std::string_view::npos) {
            throw SqlError(SqlFailure::kInvalidText, "a text holds a NUL character");
        }
        // A null pointer would bind NULL instead of the empty text.
        return sqlite3_bind_text64(statement, position, text.empty() ? "" : text.data(), text.size(),
                                   SQLITE_TRANSIENT, SQLITE_UTF8);
    }
    int operator()(Date date) const { return (*this)(std::string_view(to_string(date))); }
    int operator()(Timestamp time) const { return (*this)(std::string_view(to_string(time))); }
    int operator()(Money money) const { return (*this)(money.cents); }
};

}  // namespace

void throw_sqlite_error(sqlite3* database) {
    const int code = sqlite3_extended_errcode(database);
    throw SqlError(failure_of_sqlite_code(code),
                   std::string("SQLite ") + std::to_string(code) + ": " + sqlite3_errmsg(database));
}

SqliteStatement::SqliteStatement(sqlite3* database, std::string_view sql) : database_(database) {
    const std::string text = with_numbered_parameters(sql);
    if (sqlite3_prepare_v3(database_, text.c_str(), static_cast<int>(text.size() + 1),
                           SQLITE_PREPARE_PERSISTENT, &statement_, nullptr) != SQLITE_OK) {
        throw_sqlite_error(database_);
    }
}

SqliteStatement::~SqliteStatement() {
    sqlite3_finalize(statement_);
}

void SqliteStatement::bind(int position, const Value& value) {
    if (std::visit(Binder{statement_, position}, value) != SQLITE_OK) throw_sqlite_error(database_);
}

bool SqliteStatement::next() {
    switch (sqlite3_step(statement_)) {
        case SQLITE_ROW:
            return true;
        case SQLITE_DONE:
            return false;
        default:
            throw_sqlite_error(database_);
    }
}

void SqliteStatement::reset() noexcept {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
}

void SqliteStatement::rewind() noexcept {
    sqlite3_reset(statement_);
}

std::int64_t SqliteStatement::changed_rows() const {
    return sqlite3_changes64(database_);
}

bool SqliteStatement::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t SqliteStatement::integer(int column) const {
    return sqlite3_column_int64(statement_, column);
}

double SqliteStatement::real(int column) const {
    return sqlite3_column_double(statement_, column);
}

bool SqliteStatement::flag(int column) const {
    return sqlite3_column_int(statement_, column) != 0;
}

std::string_view SqliteStatement::text(int column) const {
    const unsigned char* text = sqlite3_column_text(statement_, column);
    if (text == nullptr) return {};
    return {reinterpret_cast<const char*>(text),
            static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

Date SqliteStatement::date(int column) const {
    const auto date = parse_date(text(column));
    if (!date) throw SqlError(SqlFailure::kOther, "a stored day is not YYYY-MM-DD");
    return *date;
}

Timestamp SqliteStatement::timestamp(int column) const {
    const auto time = parse_timestamp(text(column));
    if (!time) throw SqlError(SqlFailure::kOther, "a stored moment is not RFC 3339");
    return *time;
}

Money SqliteStatement::money(int column) const {
    return Money{sqlite3_column_int64(statement_, column)};
}

}  // namespace keepwell::data
