#include "data/postgresql/postgresql_session.hpp"

#include <libpq-fe.h>
#include <spdlog/spdlog.h>

#include "data/postgresql/postgresql_binary.hpp"
#include "data/postgresql/postgresql_statement.hpp"
#include "data/soci_connection.hpp"
#include "data/sql_error.hpp"

namespace keepwell::data {
namespace {

constexpr std::size_t kCopyBuffer = 256 * 1024;

/// Notices are chatter; a warning says that something needs an eye.
void log_notice(void*, const PGresult* notice) {
    const char* severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
    if (severity == nullptr || std::string_view(severity) != "WARNING") return;
    const char* message = PQresultErrorField(notice, PG_DIAG_MESSAGE_PRIMARY);
    spdlog::warn("database: {}", message == nullptr ? "" : message);
}

/// Ends a COPY that failed on this side, so that the connection can be used again.
void drain(PGconn* connection) {
    while (PGresult* result = PQgetResult(connection)) PQclear(result);
}

void send(PGconn* connection, CopyStream& stream) {
    if (PQputCopyData(connection, stream.bytes().data(), static_cast<int>(stream.bytes().size())) != 1) {
        throw SqlError(SqlFailure::kLost, "the connection to PostgreSQL was lost");
    }
    stream.clear();
}

}  // namespace

PostgresqlSession::PostgresqlSession(soci::session& connection, const PostgresqlSettings& settings)
    : Session(Dialect::kPostgresql), connection_(connection), settings_(settings) {}

PostgresqlSession::~PostgresqlSession() {
    close();
}

void PostgresqlSession::open() {
    close();
    open_postgresql(connection_, settings_.url);
    handle_ = static_cast<PGconn*>(postgresql_handle(connection_));
    PQsetNoticeReceiver(handle_, log_notice, nullptr);
    if (settings_.transaction_pooler) return;
    try {
        execute("SET statement_timeout = " + std::to_string(settings_.statement_timeout.count()));
    } catch (...) {
        close();
        throw;
    }
}

void PostgresqlSession::close() noexcept {
    forget_statements();
    if (handle_ == nullptr) return;
    handle_ = nullptr;
    close_connection(connection_);
}

void PostgresqlSession::begin() {
    execute("BEGIN");
    if (settings_.transaction_pooler) {
        execute("SET LOCAL statement_timeout = " + std::to_string(settings_.statement_timeout.count()));
    }
}

void PostgresqlSession::commit() {
    // The server answers COMMIT with a silent rollback when a statement has failed before.
    if (PQtransactionStatus(handle_) == PQTRANS_INERROR) {
        throw SqlError(SqlFailure::kOther, "a failed statement was ignored; nothing was committed");
    }
    execute("COMMIT");
}

void PostgresqlSession::rollback() noexcept {
    if (!in_transaction()) return;
    const ResultPointer result(PQexec(handle_, "ROLLBACK"));
    if (PQtransactionStatus(handle_) != PQTRANS_IDLE) close();
}

bool PostgresqlSession::in_transaction() const noexcept {
    return handle_ != nullptr && PQtransactionStatus(handle_) != PQTRANS_IDLE;
}

void PostgresqlSession::execute(const std::string& script) {
    const ResultPointer result(PQexec(handle_, script.c_str()));
    check_result(handle_, result.get());
}

std::unique_ptr<Statement> PostgresqlSession::prepare(std::string_view sql) {
    std::string name;
    if (!settings_.transaction_pooler) name = "keepwell_" + std::to_string(++prepared_);
    return std::make_unique<PostgresqlStatement>(handle_, sql, std::move(name));
}

void PostgresqlSession::insert_rows(std::string_view table, std::span<const std::string_view> columns,
                                    std::span<const Value> values) {
    if (values.empty()) return;
    std::string names;
    for (const std::string_view column : columns) names.append(names.empty() ? "" : ", ").append(column);
    execute("COPY " + std::string(table) + " (" + names + ") FROM STDIN (FORMAT binary)");
    CopyStream stream;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i % columns.size() == 0) {
            if (stream.bytes().size() > kCopyBuffer) send(handle_, stream);
            stream.start_row(columns.size());
        }
        stream.add(values[i]);
    }
    stream.finish();
    send(handle_, stream);
    if (PQputCopyEnd(handle_, nullptr) != 1) {
        throw SqlError(SqlFailure::kLost, "the connection to PostgreSQL was lost");
    }
    const ResultPointer result(PQgetResult(handle_));
    drain(handle_);
    check_result(handle_, result.get());
}

std::vector<std::int64_t> PostgresqlSession::allocate_ids(std::string_view table, std::size_t count) {
    std::vector<std::int64_t> ids;
    if (count == 0) return ids;
    ids.reserve(count);
    Query query(*this, "SELECT nextval(CAST($1 AS regclass)) FROM generate_series(1, $2)",
                std::string(table) + "_id_seq", static_cast<std::int64_t>(count));
    while (query.next()) ids.push_back(query.integer(0));
    return ids;
}

std::int64_t PostgresqlSession::slot() const {
    return PQbackendPID(handle_);
}

}  // namespace keepwell::data
