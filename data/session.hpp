#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "data/dialect.hpp"
#include "data/statement.hpp"

namespace keepwell::data {

/// One connection with its prepared statements. Used by one thread at a time. Everything throws SqlError.
class Session {
public:
    explicit Session(Dialect dialect) : dialect_(dialect) {}
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    virtual ~Session() = default;

    Dialect dialect() const { return dialect_; }

    virtual bool is_open() const = 0;
    /// Connects, again after close().
    virtual void open() = 0;
    virtual void close() noexcept = 0;

    /// For writing.
    virtual void begin() = 0;
    virtual void commit() = 0;
    /// Nothing happens outside of a transaction.
    virtual void rollback() noexcept = 0;
    /// Some errors end the whole transaction, whatever its savepoints.
    virtual bool in_transaction() const noexcept = 0;
    /// Runs one or more statements without parameters.
    virtual void execute(const std::string& script) = 0;

    /// The bulk path: adds rows to `table`, whose `columns` repeat through `values`. COPY on PostgreSQL, one
    /// prepared statement on SQLite. A duplicate key ends the whole of it with SqlFailure::kNotUnique.
    virtual void insert_rows(std::string_view table, std::span<const std::string_view> columns,
                             std::span<const Value> values) = 0;
    /// New ids for a table whose migration made a {{sequence}}; ascending, never given out twice.
    virtual std::vector<std::int64_t> allocate_ids(std::string_view table, std::size_t count) = 0;
    /// Spreads writers that would otherwise wait for one row.
    virtual std::int64_t slot() const { return 0; }

    /// A statement for `sql` that nobody else uses, from the cache when there is one.
    std::unique_ptr<Statement> take_statement(std::string_view sql);
    void give_back_statement(std::string_view sql, std::unique_ptr<Statement> statement) noexcept;

protected:
    virtual std::unique_ptr<Statement> prepare(std::string_view sql) = 0;
    /// After a reconnect, or before the connection closes: every prepared statement is void.
    void forget_statements() { statements_.clear(); }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };

    Dialect dialect_;
    std::unordered_map<std::string, std::unique_ptr<Statement>, Hash, std::equal_to<>> statements_;
};

/// A running statement; its statement goes back to the session's cache at the end of the scope.
/// `sql` must live as long. Time and number of statements go to database_use().
class Query {
public:
    template <typename... Values>
    Query(Session& session, std::string_view sql, const Values&... values)
        : session_(session), sql_(sql), statement_(session.take_statement(sql)) {
        int position = 0;
        (statement_->bind(++position, to_value(values)), ...);
    }
    /// The text of the statement must not be a temporary.
    template <std::same_as<std::string> Text, typename... Values>
    Query(Session& session, Text&& sql, const Values&... values) = delete;
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;
    ~Query() { session_.give_back_statement(sql_, std::move(statement_)); }

    void bind(int position, const Value& value) { statement_->bind(position, value); }
    bool next();
    std::int64_t changed_rows() const { return statement_->changed_rows(); }

    bool is_null(int column) const { return statement_->is_null(column); }
    std::int64_t integer(int column) const { return statement_->integer(column); }
    double real(int column) const { return statement_->real(column); }
    bool flag(int column) const { return statement_->flag(column); }
    std::string_view text(int column) const { return statement_->text(column); }
    std::string string(int column) const { return std::string(statement_->text(column)); }
    Date date(int column) const { return statement_->date(column); }
    Timestamp timestamp(int column) const { return statement_->timestamp(column); }
    Money money(int column) const { return statement_->money(column); }

    std::optional<double> real_if(int column) const {
        return is_null(column) ? std::nullopt : std::optional(real(column));
    }
    std::optional<std::string> string_if(int column) const {
        return is_null(column) ? std::nullopt : std::optional(string(column));
    }
    std::optional<Date> date_if(int column) const {
        return is_null(column) ? std::nullopt : std::optional(date(column));
    }
    std::optional<Timestamp> timestamp_if(int column) const {
        return is_null(column) ? std::nullopt : std::optional(timestamp(column));
    }

private:
    Session& session_;
    std::string_view sql_;
    std::unique_ptr<Statement> statement_;
    bool counted_ = false;
};

/// Runs a statement to its end; the number of rows that it wrote.
template <typename... Values>
std::int64_t run(Session& session, std::string_view sql, const Values&... values) {
    Query query(session, sql, values...);
    while (query.next()) {
    }
    return query.changed_rows();
}

}  // namespace keepwell::data
