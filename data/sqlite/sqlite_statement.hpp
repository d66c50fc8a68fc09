#pragma once

#include <string_view>

#include "data/statement.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace keepwell::data {

/// Days are integers (since 1970-01-01: small, and date arithmetic is PostgreSQL's), moments ISO texts,
/// amounts integer cents.
class SqliteStatement final : public Statement {
public:
    SqliteStatement(sqlite3* database, std::string_view sql);
    SqliteStatement(const SqliteStatement&) = delete;
    SqliteStatement& operator=(const SqliteStatement&) = delete;
    ~SqliteStatement() override;

    void bind(int position, const Value& value) override;
    bool next() override;
    void reset() noexcept override;
    /// Ready to run again with the values bound so far.
    void rewind() noexcept;
    std::int64_t changed_rows() const override;

    bool is_null(int column) const override;
    std::int64_t integer(int column) const override;
    double real(int column) const override;
    bool flag(int column) const override;
    std::string_view text(int column) const override;
    Date date(int column) const override;
    Timestamp timestamp(int column) const override;
    Money money(int column) const override;

private:
    sqlite3* database_;
    sqlite3_stmt* statement_ = nullptr;
};

/// Throws SqlError for the connection's last error.
[[noreturn]] void throw_sqlite_error(sqlite3* database);

}  // namespace keepwell::data
