#include "data/soci_daily_metrics_repository.hpp"

#include "data/customer_ids.hpp"
#include "data/daily_metrics_rows.hpp"
#include "data/stage.hpp"

namespace keepwell::data {

MetricsWritten SociDailyMetricsRepository::upsert(std::span<const DailyMetrics> rows) {
    return upsert_daily_metrics(session_, rows);
}

std::vector<DailyMetrics> SociDailyMetricsRepository::latest(std::span<const CustomerId> ids, Date as_of) {
    if (ids.empty()) return {};
    // The newest day of each by the primary key, then its row.
    const std::string sql =
        "SELECT " + daily_metrics_columns("m.") +
        " FROM (SELECT id, (SELECT max(d.date) FROM account_metrics_daily d"
        " WHERE d.customer_id = customers.id AND d.date <= $2) AS day FROM customers WHERE " +
        is_any_id(session_.dialect(), "id", 1) +
        ") newest JOIN account_metrics_daily m ON m.customer_id = newest.id AND m.date = newest.day"
        " ORDER BY m.customer_id";
    const std::string list = encode_ids(session_.dialect(), ids);
    Query query(session_, sql, list, as_of);
    return read_daily_metrics(query);
}

std::vector<DailyMetrics> SociDailyMetricsRepository::history(CustomerId id, Date from, Date as_of,
                                                              std::int64_t limit) {
    static const std::string sql = "SELECT " + daily_metrics_columns() +
                                   " FROM account_metrics_daily WHERE customer_id = $1"
                                   " AND date BETWEEN $2 AND $3 ORDER BY date DESC LIMIT $4";
    Query query(session_, sql, id.value, from, as_of, limit);
    std::vector<DailyMetrics> rows = read_daily_metrics(query);
    std::reverse(rows.begin(), rows.end());
    return rows;
}

void SociDailyMetricsRepository::save_row_scores(std::span<const DailyMetrics> rows) {
    if (rows.empty()) return;
    std::vector<Value> values;
    values.reserve(rows.size() * 3);
    for (const DailyMetrics& row : rows) {
        values.insert(values.end(),
                      {to_value(row.customer_id.value), to_value(row.date), to_value(row.health_score)});
    }
    stage_rows(session_, "stage_row_scores",
               "customer_id bigint, date {{date}}, health_score double precision", values);
    run(session_,
        "UPDATE account_metrics_daily SET health_score = s.health_score FROM stage_row_scores s"
        " WHERE account_metrics_daily.customer_id = s.customer_id AND account_metrics_daily.date = s.date"
        " AND account_metrics_daily.health_score IS DISTINCT FROM s.health_score");
}

std::vector<DailyMetrics> SociDailyMetricsRepository::scan(CustomerId after_customer, Date after_date,
                                                           std::int64_t limit) {
    static const std::string sql = "SELECT " + daily_metrics_columns() +
                                   " FROM account_metrics_daily WHERE (customer_id, date) > ($1, $2)"
                                   " ORDER BY customer_id, date LIMIT $3";
    Query query(session_, sql, after_customer.value, after_date, limit);
    return read_daily_metrics(query);
}

}  // namespace keepwell::data
