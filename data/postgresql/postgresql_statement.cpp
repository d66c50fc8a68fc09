#include "data/postgresql/postgresql_statement.hpp"

#include <libpq-fe.h>

#include <array>
#include <charconv>
#include <utility>

#include "data/postgresql/postgresql_binary.hpp"
#include "data/sql_error.hpp"

namespace keepwell::data {
namespace {

constexpr Oid kDoubleOid = 701;
constexpr Oid kRealOid = 700;
constexpr Oid kNumericOid = 1700;
constexpr int kBinary = 1;

struct TextOf {
    std::optional<std::string> operator()(std::monostate) const { return std::nullopt; }
    std::optional<std::string> operator()(std::int64_t number) const { return std::to_string(number); }
    std::optional<std::string> operator()(double number) const {
        std::array<char, 40> text{};
        const auto [end, failure] = std::to_chars(text.data(), text.data() + text.size(), number);
        return std::string(text.data(), end);
    }
    std::optional<std::string> operator()(bool flag) const { return flag ? "true" : "false"; }
    std::optional<std::string> operator()(std::string_view text) const {
        if (text.find('\0') != std::string_view::npos) {
            throw SqlError(SqlFailure::kInvalidText, "a text holds a NUL character");
        }
        return std::string(text);
    }
    std::optional<std::string> operator()(Date date) const { return to_string(date); }
    std::optional<std::string> operator()(Timestamp time) const { return to_string(time); }
    std::optional<std::string> operator()(Money money) const { return to_string(money); }
};

}  // namespace

void ClearResult::operator()(PGresult* result) const noexcept {
    PQclear(result);
}

void check_result(PGconn* connection, const PGresult* result) {
    const ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_COPY_IN) return;
    const char* sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    if (PQstatus(connection) == CONNECTION_BAD || sqlstate == nullptr) {
        throw SqlError(SqlFailure::kLost, "the connection to PostgreSQL was lost");
    }
    const char* message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    throw SqlError(failure_of_sqlstate(sqlstate),
                   std::string("PostgreSQL ") + sqlstate + ": " + (message == nullptr ? "" : message));
}

PostgresqlStatement::PostgresqlStatement(PGconn* connection, std::string_view sql, std::string name)
    : connection_(connection), sql_(sql), name_(std::move(name)) {
    if (name_.empty()) return;
    const ResultPointer prepared(PQprepare(connection_, name_.c_str(), sql_.c_str(), 0, nullptr));
    check_result(connection_, prepared.get());
}

void PostgresqlStatement::bind(int position, const Value& value) {
    const auto index = static_cast<std::size_t>(position - 1);
    if (parameters_.size() <= index) parameters_.resize(index + 1);
    parameters_[index] = std::visit(TextOf{}, value);
}

void PostgresqlStatement::execute() {
    std::vector<const char*> values;
    values.reserve(parameters_.size());
    for (const auto& parameter : parameters_) values.push_back(parameter ? parameter->c_str() : nullptr);
    const int count = static_cast<int>(values.size());
    result_.reset(name_.empty() ? PQexecParams(connection_, sql_.c_str(), count, nullptr, values.data(),
                                               nullptr, nullptr, kBinary)
                                : PQexecPrepared(connection_, name_.c_str(), count, values.data(), nullptr,
                                                 nullptr, kBinary));
    check_result(connection_, result_.get());
    rows_ = PQntuples(result_.get());
    row_ = -1;
}

bool PostgresqlStatement::next() {
    if (!result_) execute();
    return ++row_ < rows_;
}

void PostgresqlStatement::reset() noexcept {
    result_.reset();
}

std::int64_t PostgresqlStatement::changed_rows() const {
    const std::string_view count = PQcmdTuples(result_.get());
    std::int64_t rows = 0;
    std::from_chars(count.data(), count.data() + count.size(), rows);
    return rows;
}

std::string_view PostgresqlStatement::bytes(int column) const {
    return {PQgetvalue(result_.get(), row_, column),
            static_cast<std::size_t>(PQgetlength(result_.get(), row_, column))};
}

bool PostgresqlStatement::is_null(int column) const {
    return PQgetisnull(result_.get(), row_, column) != 0;
}

std::int64_t PostgresqlStatement::integer(int column) const {
    if (PQftype(result_.get(), column) == kNumericOid) return read_whole_numeric(bytes(column));
    return read_big_endian(bytes(column));
}

double PostgresqlStatement::real(int column) const {
    const Oid type = PQftype(result_.get(), column);
    if (type == kDoubleOid) return read_double(bytes(column));
    if (type == kNumericOid) return to_double(read_money(bytes(column)));
    if (type == kRealOid) throw SqlError(SqlFailure::kOther, "a real column; declare double precision");
    return static_cast<double>(read_big_endian(bytes(column)));
}

bool PostgresqlStatement::flag(int column) const {
    return bytes(column) != std::string_view("\0", 1);
}

std::string_view PostgresqlStatement::text(int column) const {
    return bytes(column);
}

Date PostgresqlStatement::date(int column) const {
    return read_date(bytes(column));
}

Timestamp PostgresqlStatement::timestamp(int column) const {
    return read_timestamp(bytes(column));
}

Money PostgresqlStatement::money(int column) const {
    return read_money(bytes(column));
}

}  // namespace keepwell::data
