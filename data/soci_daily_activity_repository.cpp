#include "data/soci_daily_activity_repository.hpp"

#include <algorithm>

#include "data/customer_ids.hpp"
#include "data/daily_activity_rows.hpp"
#include "data/seen_event_types.hpp"

namespace keepwell::data {
namespace {

/// By customers in parameter 1.
std::string select_from(Dialect dialect, const std::string& table) {
    return "SELECT customer_id, day, event_type, events, last_at, details FROM " + table + " WHERE " +
           is_any_id(dialect, "customer_id", 1);
}

}  // namespace

void SociDailyActivityRepository::merge(std::span<const DailyActivity> activity) {
    if (activity.empty()) return;
    std::vector<const DailyActivity*> rows;
    rows.reserve(activity.size());
    for (const DailyActivity& row : activity) rows.push_back(&row);
    note_event_types(session_, merge_daily_activity(session_, std::move(rows)));
}

DailyActivityRepository::Loaded SociDailyActivityRepository::load(std::span<const CustomerId> ids, Date from,
                                                                  Date until) {
    Loaded loaded;
    if (ids.empty()) return loaded;
    const std::string list = encode_ids(session_.dialect(), ids);
    {
        const std::string sql =
            select_from(session_.dialect(), "daily_activity") + " AND day BETWEEN $2 AND $3";
        Query row(session_, sql, list, from, until);
        loaded.activity = read_daily_activity(row);
    }
    {
        const std::string sql =
            select_from(session_.dialect(),
                        indexed_by(session_.dialect(), "daily_activity", "daily_activity_of_tickets")) +
            " AND event_type = 'support_ticket' AND day < $2";
        Query row(session_, sql, list, from);
        for (DailyActivity& day : read_daily_activity(row)) loaded.activity.push_back(std::move(day));
    }
    sort_daily_activity(loaded.activity);
    const std::string sql =
        "SELECT id, (SELECT min(a.day) FROM daily_activity a WHERE a.customer_id = customers.id)"
        " FROM customers WHERE " +
        is_any_id(session_.dialect(), "id", 1);
    Query row(session_, sql, list);
    while (row.next()) {
        const auto first = row.date_if(1);
        if (first && *first <= until) loaded.first_days.emplace(row.integer(0), *first);
    }
    return loaded;
}

std::vector<DailyActivityRepository::SeenType> SociDailyActivityRepository::seen_types() {
    return read_seen_event_types(session_);
}

std::int64_t SociDailyActivityRepository::remove_before(Date before, std::int64_t limit) {
    // From customer to customer by the primary key: a scan would read all that is kept.
    return run(session_,
               "DELETE FROM daily_activity WHERE (customer_id, day, event_type) IN"
               " (SELECT a.customer_id, a.day, a.event_type FROM customers c"
               " CROSS JOIN daily_activity a WHERE a.customer_id = c.id AND a.day < $1 LIMIT $2)",
               before, limit);
}

}  // namespace keepwell::data
