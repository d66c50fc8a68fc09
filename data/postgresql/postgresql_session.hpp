#pragma once

#include <string>

#include "data/session.hpp"

using PGconn = struct pg_conn;
namespace soci {
class session;
}

namespace keepwell::data {

/// How a PostgreSQL session behaves.
struct PostgresqlSettings {
    std::string url;
    bool transaction_pooler = false;  ///< Keep nothing on the connection between transactions.
    std::chrono::milliseconds statement_timeout{30'000};
};

/// A connection to PostgreSQL.
class PostgresqlSession final : public Session {
public:
    PostgresqlSession(soci::session& connection, const PostgresqlSettings& settings);
    ~PostgresqlSession() override;

    bool is_open() const override { return handle_ != nullptr; }
    void open() override;
    void close() noexcept override;

    void begin() override;
    void commit() override;
    /// Closes the connection when even that fails, so that no half transaction can follow it.
    void rollback() noexcept override;
    bool in_transaction() const noexcept override;
    void execute(const std::string& script) override;
    void insert_rows(std::string_view table, std::span<const std::string_view> columns,
                     std::span<const Value> values) override;
    std::vector<std::int64_t> allocate_ids(std::string_view table, std::size_t count) override;
    std::int64_t slot() const override;

protected:
    std::unique_ptr<Statement> prepare(std::string_view sql) override;

private:
    soci::session& connection_;
    const PostgresqlSettings& settings_;
    PGconn* handle_ = nullptr;
    int prepared_ = 0;
};

}  // namespace keepwell::data
