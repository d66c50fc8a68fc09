#pragma once

#include <string>

#include "data/session.hpp"

struct sqlite3;
namespace soci {
class session;
}

namespace keepwell::data {

/// A connection to a SQLite file: the one writer, or one of several readers that cannot write.
/// WAL with a synced commit: what a commit acknowledged survives a power cut.
class SqliteSession final : public Session {
public:
    enum class Mode { kReader, kWriter };

    SqliteSession(soci::session& connection, std::string path, Mode mode,
                  std::chrono::milliseconds busy_timeout);
    ~SqliteSession() override;

    bool is_open() const override { return database_ != nullptr; }
    void open() override;
    void close() noexcept override;

    void begin() override;
    void commit() override;
    void rollback() noexcept override;
    bool in_transaction() const noexcept override;
    void execute(const std::string& script) override;
    void insert_rows(std::string_view table, std::span<const std::string_view> columns,
                     std::span<const Value> values) override;
    std::vector<std::int64_t> allocate_ids(std::string_view table, std::size_t count) override;

protected:
    std::unique_ptr<Statement> prepare(std::string_view sql) override;

private:
    soci::session& connection_;
    std::string path_;
    Mode mode_;
    int busy_tries_;  ///< Of a millisecond each.
    sqlite3* database_ = nullptr;
};

}  // namespace keepwell::data
