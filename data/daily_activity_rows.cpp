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

DailyActivity read_row(const Query& row) {
    DailyActivity activity{.customer_id = {row.integer(0)},
                           .day = row.date(1),
                           .event_type = row.string(2),
                           .count = row.integer(3),
                           .last_at = row.timestamp(4)};
    decode_details(row.text(5), activity);
    return activity;
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

/// A row as it is to be stored.
struct Written {
    const DailyActivity* day;  ///< Whose key it has.
    std::int64_t count;
    Timestamp last_at;
    std::string details;
};

/// Goes from the stored rows to those that take their place.
class Merger {
public:
    explicit Merger(const Days& sorted) : sorted_(sorted), is_stored_(sorted.size(), false) {
        written_.reserve(sorted.size());
    }

    /// Takes stored rows, in any order, those of other keys too.
    void take(Query& row) {
        while (row.next()) {
            const auto key = std::tuple(CustomerId{row.integer(0)}, row.date(1), row.text(2));
            const auto found = std::lower_bound(
                sorted_.begin(), sorted_.end(), key,
                [](const DailyActivity* day, const auto& wanted) { return key_of(*day) < wanted; });
            if (found == sorted_.end() || key_of(**found) != key) continue;
            is_stored_[static_cast<std::size_t>(found - sorted_.begin())] = true;
            DailyActivity stored = read_row(row);
            stored.merge(**found);
            written_.push_back({*found, stored.count, stored.last_at, encode_details(stored)});
        }
    }
    /// The days that were not stored yet; they are written as they are.
    Days add_created() {
        Days created;
        for (std::size_t i = 0; i < sorted_.size(); ++i) {
            if (is_stored_[i]) continue;
            const DailyActivity& day = *sorted_[i];
            created.push_back(&day);
            written_.push_back({&day, day.count, day.last_at, encode_details(day)});
        }
        return created;
    }
    const std::vector<Written>& written() const { return written_; }

private:
    const Days& sorted_;
    std::vector<bool> is_stored_;
    std::vector<Written> written_;
};

void read_singly(Session& session, const Days& sorted, Merger& merger) {
    static const std::string sql = std::string(kSelect) + "customer_id = $1 AND day = $2 AND event_type = $3";
    for (const DailyActivity* row : sorted) {
        Query query(session, sql, row->customer_id.value, row->day, row->event_type);
        merger.take(query);
    }
}

void read_staged(Session& session, const Days& sorted, Merger& merger) {
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
    merger.take(query);
}

void read_stored(Session& session, const Days& sorted, Merger& merger) {
    if (session.dialect() == Dialect::kSqlite || sorted.size() <= 2) {
        read_singly(session, sorted, merger);
        return;
    }
    const Extent extent(sorted);
    if (!extent.is_dense_for(sorted.size())) {
        read_staged(session, sorted, merger);
        return;
    }
    static const std::string sql = std::string(kSelect) + is_any_id(Dialect::kPostgresql, "customer_id", 1) +
                                   " AND day = ANY(CAST($2 AS date[]))";
    const std::string ids = encode_ids(session.dialect(), extent.ids);
    std::string days = "{";
    for (const Date day : extent.days) days.append(days.size() > 1 ? "," : "").append(to_string(day));
    days += '}';
    Query query(session, sql, ids, days);
    merger.take(query);
}

void write(Session& session, const std::vector<Written>& rows) {
    if (session.dialect() == Dialect::kSqlite || rows.size() <= kFewRows) {
        static const std::string sql =
            "INSERT INTO daily_activity (customer_id, day, event_type, events, last_at, details)"
            " VALUES ($1, $2, $3, $4, $5, $6)" +
            std::string(kUpsert);
        for (const Written& row : rows) {
            run(session, sql, row.day->customer_id.value, row.day->day, row.day->event_type, row.count,
                row.last_at, row.details);
        }
        return;
    }
    std::vector<Value> values;
    values.reserve(rows.size() * 6);
    for (const Written& row : rows) {
        values.insert(values.end(), {to_value(row.day->customer_id.value), to_value(row.day->day),
                                     to_value(row.day->event_type), to_value(row.count),
                                     to_value(row.last_at), to_value(row.details)});
    }
    stage_rows(session, "stage_activity",
               "customer_id bigint, day {{date}}, event_type {{text}}, events bigint, last_at {{timestamp}},"
               " details text",
               values);
    static const std::string sql =
        "INSERT INTO daily_activity (customer_id, day, event_type, events, last_at,"
        " details) SELECT customer_id, day, event_type, events, last_at, details"
        " FROM stage_activity WHERE true" +
        std::string(kUpsert);
    run(session, sql);
}

}  // namespace

std::vector<DailyActivity> read_daily_activity(Query& row) {
    std::vector<DailyActivity> rows;
    while (row.next()) rows.push_back(read_row(row));
    return rows;
}

void sort_daily_activity(std::vector<DailyActivity>& rows) {
    if (std::is_sorted(rows.begin(), rows.end(), is_before)) return;
    // Each row is moved once; a sort would move it again and again, with its maps.
    std::vector<DailyActivity*> order;
    order.reserve(rows.size());
    for (DailyActivity& row : rows) order.push_back(&row);
    std::sort(order.begin(), order.end(),
              [](const DailyActivity* left, const DailyActivity* right) { return is_before(*left, *right); });
    std::vector<DailyActivity> sorted;
    sorted.reserve(rows.size());
    for (DailyActivity* row : order) sorted.push_back(std::move(*row));
    rows = std::move(sorted);
}

std::vector<const DailyActivity*> merge_daily_activity(Session& session, Days days) {
    const auto is_before_pointed = [](const DailyActivity* left, const DailyActivity* right) {
        return is_before(*left, *right);
    };
    if (!std::is_sorted(days.begin(), days.end(), is_before_pointed)) {
        std::sort(days.begin(), days.end(), is_before_pointed);
    }
    Merger merger(days);
    read_stored(session, days, merger);
    Days created = merger.add_created();
    write(session, merger.written());
    return created;
}

}  // namespace keepwell::data
