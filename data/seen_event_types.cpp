#include "data/seen_event_types.hpp"

#include <map>
#include <unordered_map>

#include "data/customer_ids.hpp"
#include "domain/segment.hpp"

namespace keepwell::data {
namespace {

struct Seen {
    std::string folded_segment;
    std::string_view event_type;
    auto operator<=>(const Seen&) const = default;
};
/// In the order in which every writer goes through them, so that none waits for another crosswise.
using FirstDays = std::map<Seen, Date>;

std::unordered_map<std::int64_t, std::string> folded_segments(Session& session,
                                                              std::span<const DailyActivity* const> days) {
    std::vector<CustomerId> ids;
    for (const DailyActivity* day : days) {
        if (ids.empty() || ids.back() != day->customer_id) ids.push_back(day->customer_id);
    }
    std::unordered_map<std::int64_t, std::string> segments;
    const std::string list = encode_ids(session.dialect(), ids);
    const std::string sql =
        "SELECT id, segment FROM customers WHERE " + is_any_id(session.dialect(), "id", 1);
    Query row(session, sql, list);
    while (row.next()) segments.emplace(row.integer(0), folded_segment(row.text(1)));
    return segments;
}

/// Leaves out what is known.
void keep_news(Session& session, FirstDays& seen) {
    std::vector<std::string_view> types;
    for (const auto& [key, day] : seen) types.push_back(key.event_type);
    std::sort(types.begin(), types.end());
    types.erase(std::unique(types.begin(), types.end()), types.end());
    const std::string list = encode_list(session.dialect(), types);
    const std::string sql = "SELECT folded_segment, event_type, first_day FROM seen_event_types WHERE " +
                            is_any_text(session.dialect(), "event_type", 1);
    Query row(session, sql, list);
    while (row.next()) {
        const auto found = seen.find({row.string(0), row.text(1)});
        if (found != seen.end() && row.date(2) <= found->second) seen.erase(found);
    }
}

}  // namespace

void note_event_types(Session& session, std::span<const DailyActivity* const> days) {
    if (days.empty()) return;
    const auto segments = folded_segments(session, days);
    FirstDays seen;
    for (const DailyActivity* day : days) {
        const auto segment = segments.find(day->customer_id.value);
        if (segment == segments.end()) continue;
        const auto [first, is_new] = seen.emplace(Seen{segment->second, day->event_type}, day->day);
        if (!is_new) first->second = std::min(first->second, day->day);
    }
    keep_news(session, seen);
    for (const auto& [key, day] : seen) {
        run(session,
            "INSERT INTO seen_event_types (folded_segment, event_type, first_day) VALUES ($1, $2, $3)"
            " ON CONFLICT (folded_segment, event_type) DO UPDATE SET first_day = excluded.first_day"
            " WHERE seen_event_types.first_day > excluded.first_day",
            key.folded_segment, key.event_type, day);
    }
}

std::vector<DailyActivityRepository::SeenType> read_seen_event_types(Session& session) {
    std::vector<DailyActivityRepository::SeenType> types;
    Query row(session,
              "SELECT folded_segment, event_type, first_day FROM seen_event_types"
              " ORDER BY folded_segment, event_type");
    while (row.next()) types.push_back({row.string(0), row.string(1), row.date(2)});
    return types;
}

}  // namespace keepwell::data
