#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "data/statement.hpp"

using PGconn = struct pg_conn;
using PGresult = struct pg_result;

namespace keepwell::data {

struct ClearResult {
    void operator()(PGresult* result) const noexcept;
};
using ResultPointer = std::unique_ptr<PGresult, ClearResult>;

/// Throws SqlError unless `result` says that the command went well.
void check_result(PGconn* connection, const PGresult* result);

/// Parameters travel as text, so that the server infers their types; results as binary. The whole result is
/// held in memory.
class PostgresqlStatement final : public Statement {
public:
    /// Prepares `sql` under `name`; without a name it is sent anew each time, as a pooler in transaction mode
    /// needs.
    PostgresqlStatement(PGconn* connection, std::string_view sql, std::string name);

    void bind(int position, const Value& value) override;
    bool next() override;
    void reset() noexcept override;
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
    void execute();
    std::string_view bytes(int column) const;

    PGconn* connection_;
    std::string sql_;
    std::string name_;
    std::vector<std::optional<std::string>> parameters_;
    ResultPointer result_;
    int row_ = -1;
    int rows_ = 0;
};

}  // namespace keepwell::data
