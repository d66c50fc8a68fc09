#include "data/daily_activity_rows.hpp"

#include <algorithm>
#include <tuple>

#include "data/activity_details.hpp"
#include "data/customer_ids.hpp"
#include "data/stage.hpp"

namespace keepwell::data {
namespace {

using Days = std::vector<const DailyActivity*>;

constexpr std::string_view kSelect =
    "SELECT customer_id, day, event_type, events, last_at, details FROM daily_activity WHERE ";
constexpr std::string_view kUpsert =
    " ON CONFLICT (customer_id, day, event_type) DO UPDATE SET events = excluded.events,"
    " last_at = excluded.last_at, details = excluded.details";

auto key_of(const DailyActivity& row) {
    return std::tuple(row.customer_id, row.day, std::string_view(row.event_type));
}

bool is_before(const DailyActivity& left, const DailyActivity& right) {
    return key_of(left) < key_of(right);
}

/// The customers and the days that some rows are of.
struct Extent {
    std::vector<CustomerId> ids;
    std::vector<Date> days;

    explicit Extent(const Days& sorted) {
        for (const DailyActivity* row : sorted) {
            if (ids.empty() || ids.back() != row->customer_id) ids.push_back(row->customer_id);
            if (days.empty() || days.back() != row->day) days.push_back(row->day);
        }
        std::sort(days.begin(), days.end());
        days.erase(std::unique(days.begin(), days.end()), days.end());
    }
    /// Whether reading each of these days of each customer costs about as much as reading the rows alone.
    bool is_dense_for(std::size_t rows) const { return ids.size() * days.size() <= 2 * rows + 100; }
};

std::vector<DailyActivity> read_singly(Session& session, const Days& sorted) {
    std::vector<DailyActivity> stored;
    static const std::string sql = std::string(kSelect) + "customer_id = $1 AND day = $2 AND event_type = $3";
    for (const DailyActivity* row : sorted) {
        Query query(session, sql, row->customer_id.value, row->day, row->event_type);
        for (DailyActivity& found : read_daily_activity(query)) stored.push_back(std::move(found));
    }
    return stored;
}

std::vector<DailyActivity> read_staged(Session& session, const Days& sorted) {
    std::vector<Value> keys;
    keys.reserve(sorted.size() * 3);
    for (const DailyActivity* row : sorted) {
        keys.insert(keys.end(),
                    {to_value(row->customer_id.value), to_value(row->day), to_value(row->event_type)});
    }
    stage_rows(session, "stage_activity_keys", "customer_id bigint, day {{date}}, event_type {{text}}", keys);
    // One probe of the primary key per row, whatever the planner thinks of the temporary table.
    Query query(session,
                "SELECT a.customer_id, a.day, a.event_type, a.events, a.last_at, a.details"
                " FROM stage_activity_keys s CROSS JOIN LATERAL (SELECT * FROM daily_activity d"
                " WHERE d.customer_id = s.customer_id AND d.day = s.day AND d.event_type = s.event_type"
                " OFFSET 0) a");
    return read_daily_activity(query);
}

/// The stored rows with the keys of `sorted`, in that order; maybe with others between.
std::vector<DailyActivity> read_stored(Session& session, const Days& sorted) {
    if (session.dialect() == Dialect::kSqlite || sorted.size() <= 2) return read_singly(session, sorted);
    std::vector<DailyActivity> stored;
    const Extent extent(sorted);
    if (extent.is_dense_for(sorted.size())) {
        static const std::string sql = std::string(kSelect) +
                                       is_any_id(Dialect::kPostgresql, "customer_id", 1) +
                                       " AND day = ANY(CAST($2 AS date[]))";
        const std::string ids = encode_ids(session.dialect(), extent.ids);
        std::string days = "{";
        for (const Date day : extent.days) days.append(days.size() > 1 ? "," : "").append(to_string(day));
        days += '}';
        Query query(session, sql, ids, days);
        stored = read_daily_activity(query);
    } else {
        stored = read_staged(session, sorted);
    }
    sort_daily_activity(stored);
    return stored;
}

void write_singly(Session& session, const DailyActivity& row, std::string_view details) {
    static const std::string sql =
        "INSERT INTO daily_activity (customer_id, day, event_type, events, last_at,"
        " details) VALUES ($1, $2, $3, $4, $5, $6)" +
        std::string(kUpsert);
    run(session, sql, row.customer_id.value, row.day, row.event_type, row.count, row.last_at, details);
}

void write(Session& session, const Days& rows) {
    std::vector<std::string> details;
    details.reserve(rows.size());
    for (const DailyActivity* row : rows) details.push_back(encode_details(*row));
    if (session.dialect() == Dialect::kSqlite || rows.size() <= kFewRows) {
        for (std::size_t i = 0; i < rows.size(); ++i) write_singly(session, *rows[i], details[i]);
        return;
    }
    std::vector<Value> values;
    values.reserve(rows.size() * 6);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const DailyActivity& row = *rows[i];
        values.insert(values.end(),
                      {to_value(row.customer_id.value), to_value(row.day), to_value(row.event_type),
                       to_value(row.count), to_value(row.last_at), to_value(details[i])});
    }
    stage_rows(session, "stage_activity",
               "customer_id bigint, day {{date}}, event_type {{text}}, events bigint, last_at {{timestamp}},"
               " details text",
               values);
    static const std::string sql =
        "INSERT INTO daily_activity (customer_id, day, event_type, events, last_at,"
        " details) SELECT customer_id, day, event_type, events, last_at, details"
        " FROM stage_activity" +
        std::string(kUpsert);
    run(session, sql);
}

}  // namespace

std::vector<DailyActivity> read_daily_activity(Query& row) {
    std::vector<DailyActivity> rows;
    while (row.next()) {
        DailyActivity& activity = rows.emplace_back();
        activity.customer_id = {row.integer(0)};
        activity.day = row.date(1);
        activity.event_type = row.text(2);
        activity.count = row.integer(3);
        activity.last_at = row.timestamp(4);
        decode_details(row.text(5), activity);
    }
    return rows;
}

void sort_daily_activity(std::vector<DailyActivity>& rows) {
    if (!std::is_sorted(rows.begin(), rows.end(), is_before)) std::sort(rows.begin(), rows.end(), is_before);
}

std::vector<const DailyActivity*> merge_daily_activity(Session& session, Days days) {
    const auto is_before_pointed = [](const DailyActivity* left, const DailyActivity* right) {
        return is_before(*left, *right);
    };
    if (!std::is_sorted(days.begin(), days.end(), is_before_pointed)) {
        std::sort(days.begin(), days.end(), is_before_pointed);
    }
    std::vector<DailyActivity> stored = read_stored(session, days);
    Days written;
    Days created;
    written.reserve(days.size());
    auto candidate = stored.begin();
    for (const DailyActivity* day : days) {
        while (candidate != stored.end() && is_before(*candidate, *day)) ++candidate;
        if (candidate != stored.end() && !is_before(*day, *candidate)) {
            candidate->merge(*day);
            written.push_back(&*candidate);
        } else {
            created.push_back(day);
            written.push_back(day);
        }
    }
    write(session, written);
    return created;
}

}  // namespace keepwell::data
