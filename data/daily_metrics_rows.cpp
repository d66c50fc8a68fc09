#include "data/daily_metrics_rows.hpp"

#include "data/customer_ids.hpp"
#include "data/sql_error.hpp"
#include "data/stage.hpp"

namespace keepwell::data {
namespace {

constexpr std::array<std::string_view, 9> kColumns{
    "customer_id",          "date",      "daily_active_users", "feature_adoption_rate",
    "support_tickets_open", "nps_score", "login_frequency",    "arr",
    "health_score"};
constexpr std::string_view kStageDefinition =
    "customer_id bigint, date {{date}}, daily_active_users bigint, feature_adoption_rate double precision,"
    " support_tickets_open bigint, nps_score double precision, login_frequency double precision,"
    " arr {{money}}, health_score double precision";
constexpr int kAttempts = 10;

using Rows = std::vector<DailyMetrics>;

bool is_before(const DailyMetrics& left, const DailyMetrics& right) {
    return left.customer_id != right.customer_id ? left.customer_id < right.customer_id
                                                 : left.date < right.date;
}

void append_values(std::vector<Value>& values, const DailyMetrics& row) {
    values.insert(
        values.end(),
        {to_value(row.customer_id.value), to_value(row.date), to_value(row.daily_active_users),
         to_value(row.feature_adoption_rate), to_value(row.support_tickets_open), to_value(row.nps_score),
         to_value(row.login_frequency), to_value(row.arr), to_value(row.health_score)});
}

/// The rectangle of customers and days that some rows lie in.
struct Extent {
    std::vector<CustomerId> ids;
    Date first;
    Date last;

    explicit Extent(const Rows& sorted) : first(sorted.front().date), last(first) {
        for (const DailyMetrics& row : sorted) {
            if (ids.empty() || ids.back() != row.customer_id) ids.push_back(row.customer_id);
            first = std::min(first, row.date);
            last = std::max(last, row.date);
        }
    }
    /// Whether reading all of it costs about as much as reading the rows alone.
    bool is_dense_for(std::size_t rows) const {
        const auto days = static_cast<std::size_t>((last - first).count() + 1);
        return ids.size() * days <= 4 * rows + 1000;
    }
};

/// The stored rows with the keys of `sorted`, in that order; maybe with others between.
Rows read_stored(Session& session, const Rows& sorted) {
    const Extent extent(sorted);
    Rows stored;
    if (extent.is_dense_for(sorted.size())) {
        const std::string sql = "SELECT " + daily_metrics_columns() + " FROM account_metrics_daily WHERE " +
                                is_any_id(session.dialect(), "customer_id", 1) +
                                " AND date BETWEEN $2 AND $3";
        const std::string ids = encode_ids(session.dialect(), extent.ids);
        Query query(session, sql, ids, extent.first, extent.last);
        stored = read_daily_metrics(query);
    } else {
        std::vector<Value> keys;
        keys.reserve(sorted.size() * 2);
        for (const DailyMetrics& row : sorted) {
            keys.insert(keys.end(), {to_value(row.customer_id.value), to_value(row.date)});
        }
        stage_rows(session, "stage_metrics_keys", "customer_id bigint, date {{date}}", keys);
        // One probe of the primary key per row, whatever the planner thinks of the temporary table.
        const std::string sql =
            "SELECT " + daily_metrics_columns("m.") + " FROM stage_metrics_keys s " +
            (session.dialect() == Dialect::kPostgresql
                 ? "CROSS JOIN LATERAL (SELECT * FROM account_metrics_daily a"
                   " WHERE a.customer_id = s.customer_id AND a.date = s.date OFFSET 0) m"
                 : "CROSS JOIN account_metrics_daily m ON m.customer_id = s.customer_id AND m.date = s.date");
        Query query(session, sql);
        stored = read_daily_metrics(query);
    }
    if (!std::is_sorted(stored.begin(), stored.end(), is_before)) {
        std::sort(stored.begin(), stored.end(), is_before);
    }
    return stored;
}

struct Difference {
    MetricsWritten written;
    std::vector<Value> created;
    std::vector<Value> updated;
};

Difference compare(const Rows& sorted, const Rows& stored) {
    Difference difference;
    auto candidate = stored.begin();
    for (const DailyMetrics& row : sorted) {
        while (candidate != stored.end() && is_before(*candidate, row)) ++candidate;
        const bool exists = candidate != stored.end() && !is_before(row, *candidate);
        if (exists && *candidate == row) {
            ++difference.written.unchanged;
            continue;
        }
        append_values(exists ? difference.updated : difference.created, row);
        ++(exists ? difference.written.updated : difference.written.created);
        std::vector<CustomerId>& touched = difference.written.touched;
        if (touched.empty() || touched.back() != row.customer_id) touched.push_back(row.customer_id);
    }
    return difference;
}

/// False when somebody else added one of the rows since they were read; nothing was added then.
bool insert_created(Session& session, const std::vector<Value>& values) {
    if (values.empty()) return true;
    if (session.dialect() == Dialect::kSqlite) {  // The only writer.
        session.insert_rows("account_metrics_daily", kColumns, values);
        return true;
    }
    session.execute("SAVEPOINT metrics");
    try {
        session.insert_rows("account_metrics_daily", kColumns, values);
    } catch (const SqlError& error) {
        if (error.failure() != SqlFailure::kNotUnique) throw;
        session.execute("ROLLBACK TO SAVEPOINT metrics");
        return false;
    }
    session.execute("RELEASE SAVEPOINT metrics");
    return true;
}

}  // namespace

std::string daily_metrics_columns(std::string_view prefix) {
    std::string columns;
    for (const std::string_view column : kColumns) {
        columns.append(columns.empty() ? "" : ", ").append(prefix).append(column);
    }
    return columns;
}

std::vector<DailyMetrics> read_daily_metrics(Query& query) {
    Rows rows;
    while (query.next()) {
        rows.push_back({.customer_id = {query.integer(0)},
                        .date = query.date(1),
                        .daily_active_users = query.integer(2),
                        .feature_adoption_rate = query.real(3),
                        .support_tickets_open = query.integer(4),
                        .nps_score = query.real_if(5),
                        .login_frequency = query.real(6),
                        .arr = query.money(7),
                        .health_score = query.real_if(8)});
    }
    return rows;
}

MetricsWritten upsert_daily_metrics(Session& session, std::span<const DailyMetrics> rows) {
    if (rows.empty()) return {};
    Rows sorted(rows.begin(), rows.end());
    if (!std::is_sorted(sorted.begin(), sorted.end(), is_before)) {
        std::sort(sorted.begin(), sorted.end(), is_before);
    }
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        const Difference difference = compare(sorted, read_stored(session, sorted));
        if (!insert_created(session, difference.created)) continue;
        if (!difference.updated.empty()) {
            stage_rows(session, "stage_metrics", kStageDefinition, difference.updated);
            run(session,
                "UPDATE account_metrics_daily SET daily_active_users = s.daily_active_users,"
                " feature_adoption_rate = s.feature_adoption_rate,"
                " support_tickets_open = s.support_tickets_open, nps_score = s.nps_score,"
                " login_frequency = s.login_frequency, arr = s.arr, health_score = s.health_score"
                " FROM stage_metrics s WHERE account_metrics_daily.customer_id = s.customer_id"
                " AND account_metrics_daily.date = s.date");
        }
        return difference.written;
    }
    throw SqlError(SqlFailure::kConflict, "others keep adding the same metrics rows");
}

}  // namespace keepwell::data
