#include "data/soci_daily_activity_repository.hpp"

#include <algorithm>

#include "data/customer_ids.hpp"
#include "data/daily_activity_rows.hpp"
#include "data/seen_event_types.hpp"

namespace keepwell::data {
namespace {

constexpr std::string_view kTickets = "support_ticket";

std::vector<DailyActivity> read_where(Session& session, const std::string& condition, const std::string& ids,
                                      Date from, std::optional<Date> until) {
    const std::string sql =
        "SELECT customer_id, day, event_type, events, last_at, details FROM daily_activity WHERE " +
        is_any_id(session.dialect(), "customer_id", 1) + condition;
    Query row(session, sql, ids, from);
    if (until) row.bind(3, *until);
    return read_daily_activity(row);
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
    loaded.activity = read_where(session_, " AND day BETWEEN $2 AND $3", list, from, until);
    const std::string old_tickets = " AND event_type = '" + std::string(kTickets) + "' AND day < $2";
    for (DailyActivity& row : read_where(session_, old_tickets, list, from, std::nullopt)) {
        loaded.activity.push_back(std::move(row));
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
