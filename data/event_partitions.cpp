#include "data/event_partitions.hpp"

#include <algorithm>
#include <cstdio>
#include <vector>

namespace keepwell::data {
namespace {

using std::chrono::year_month_day;

constexpr Date kFirstMonth = std::chrono::year{2000} / 1 / 1;
constexpr std::string_view kBeforeFirst = "customer_events_before_2000";
/// Everybody who makes partitions takes this advisory lock first.
constexpr std::int64_t kPartitionLock = 0x6b65657077657631;
/// So many rows are counted one by one before they go.
constexpr std::int64_t kCountedRows = 1'000'000;

Date next_month(Date month) {
    if (month < kFirstMonth) return kFirstMonth;
    const year_month_day parts{month};
    return Date{(parts.year() / parts.month() + std::chrono::months{1}) / 1};
}

std::string name_of(Date month) {
    if (month < kFirstMonth) return std::string(kBeforeFirst);
    std::string name = "customer_events_" + to_string(month).substr(0, 7);
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

/// The reverse of name_of(); empty for partitions that somebody made by hand.
std::optional<Date> month_of(std::string_view name) {
    constexpr std::string_view kPrefix = "customer_events_";
    if (name == kBeforeFirst) return event_month_of({});
    if (!name.starts_with(kPrefix)) return std::nullopt;
    std::string date(name.substr(kPrefix.size()));
    std::replace(date.begin(), date.end(), '_', '-');
    return parse_date(date + "-01");
}

std::vector<std::string> attached(Session& session) {
    std::vector<std::string> names;
    Query row(session,
              "SELECT CAST(c.relname AS text) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
              " WHERE i.inhparent = CAST('customer_events' AS regclass) ORDER BY 1");
    while (row.next()) names.push_back(row.string(0));
    return names;
}

std::set<Date> attached_months(Session& session) {
    std::set<Date> months;
    for (const std::string& name : attached(session)) {
        if (const auto month = month_of(name)) months.insert(*month);
    }
    return months;
}

}  // namespace

Date event_month_of(Date day) {
    if (day < kFirstMonth) return kFirstMonth - std::chrono::days{1};
    const year_month_day parts{day};
    return Date{parts.year() / parts.month() / 1};
}

void EventPartitions::prepare(std::span<const Date> days) {
    std::set<Date> missing;
    for (const Date day : days) {
        if (const Date month = event_month_of(day); !known_.contains(month)) missing.insert(month);
    }
    if (missing.empty()) return;
    known_ = attached_months(session_);
    std::erase_if(missing, [&](Date month) { return known_.contains(month); });
    if (!missing.empty()) make(std::vector<Date>(missing.begin(), missing.end()));
}

void EventPartitions::make(std::span<const Date> months) {
    run(session_, "SELECT pg_advisory_xact_lock($1)", kPartitionLock);
    const std::set<Date> there = attached_months(session_);
    for (const Date month : months) {
        if (there.contains(month)) continue;
        const std::string name = name_of(month);
        // Made alone and attached then: that keeps out neither readers nor writers of the other months.
        session_.execute("CREATE TABLE " + name + " (LIKE customer_events INCLUDING ALL)");
        session_.execute("ALTER TABLE customer_events ATTACH PARTITION " + name + " FOR VALUES FROM (" +
                         (month < kFirstMonth ? "MINVALUE" : "'" + to_string(month) + " 00:00:00+00'") +
                         ") TO ('" + to_string(next_month(month)) + " 00:00:00+00')");
    }
}

std::int64_t EventPartitions::drop_before(Date day) {
    std::int64_t gone = 0;
    for (const std::string& name : attached(session_)) {
        const auto month = month_of(name);
        if (!month || next_month(*month) > day) continue;
        const std::string count = "SELECT count(*) FROM (SELECT 1 FROM " + name + " LIMIT " +
                                  std::to_string(kCountedRows) + ") counted";
        {
            Query rows(session_, count);
            if (rows.next()) gone = rows.integer(0);
        }
        if (gone == kCountedRows) {
            Query estimate(session_,
                           "SELECT CAST(reltuples AS bigint) FROM pg_class WHERE oid = CAST($1 AS regclass)",
                           name);
            if (estimate.next()) gone = std::max(gone, estimate.integer(0));
        }
        // Everybody who comes after the DROP waits for it, so it must not wait long itself.
        session_.execute("SET LOCAL lock_timeout = '2s'");
        session_.execute("DROP TABLE " + name);
        known_.erase(*month);
        if (gone > 0) break;
    }
    return gone;
}

}  // namespace keepwell::data
