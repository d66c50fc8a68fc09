#include "data/soci_event_repository.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "data/customer_ids.hpp"
#include "data/event_attributes.hpp"
#include "data/event_keys.hpp"
#include "data/sql_error.hpp"
#include "data/stage.hpp"

namespace keepwell::data {
namespace {

constexpr std::array<std::string_view, 7> kColumns{"customer_id", "occurred_at", "id",         "event_type",
                                                   "event_data",  "message_id",  "received_at"};
constexpr std::string_view kSelect =
    "SELECT customer_id, occurred_at, id, event_type, event_data, message_id, received_at FROM "
    "customer_events WHERE ";

CustomerEvent read_event(const Query& row) {
    CustomerEvent event{.customer_id = {row.integer(0)},
                        .id = {row.integer(2)},
                        .type = row.string(3),
                        .attributes = read_attributes(row.text(4)),
                        .data = row.string(4),
                        .occurred_at = row.timestamp(1),
                        .received_at = row.timestamp(6)};
    if (!row.is_null(5)) event.message_id = row.string(5);
    return event;
}

std::unordered_set<std::int64_t> existing_customers(Session& session, std::span<const CustomerEvent> events) {
    std::vector<CustomerId> ids;
    ids.reserve(events.size());
    for (const CustomerEvent& event : events) ids.push_back(event.customer_id);
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::unordered_set<std::int64_t> existing;
    const std::string list = encode_ids(session.dialect(), ids);
    const std::string sql = "SELECT id FROM customers WHERE " + is_any_id(session.dialect(), "id", 1);
    Query row(session, sql, list);
    while (row.next()) existing.insert(row.integer(0));
    return existing;
}

/// One batch on its way in: which of its events are new.
class Batch {
public:
    Batch(Session& session, std::span<const CustomerEvent> events)
        : session_(session), events_(events), outcomes_(events.size()) {
        const auto customers = existing_customers(session, events);
        for (std::size_t i = 0; i < events.size(); ++i) {
            if (!customers.contains(events[i].customer_id.value)) {
                outcomes_[i].outcome = EventOutcome::kUnknownCustomer;
            } else if (!find_first(i)) {
                candidates_.push_back(i);
            }
        }
        const std::vector<std::int64_t> ids = session.allocate_ids("customer_events", candidates_.size());
        for (std::size_t i = 0; i < candidates_.size(); ++i) outcomes_[candidates_[i]].id = {ids[i]};
    }

    void add_keys() {
        std::vector<EventKey> keys;
        std::vector<std::size_t> positions;
        for (const std::size_t i : candidates_) {
            const CustomerEvent& event = events_[i];
            if (event.message_id.empty()) continue;
            keys.push_back({.customer_id = event.customer_id,
                            .message_id = event.message_id,
                            .event_id = outcomes_[i].id,
                            .occurred_at = event.occurred_at,
                            .body = body_of(event)});
            positions.push_back(i);
        }
        add_event_keys(session_, keys);
        std::unordered_map<std::size_t, std::int64_t> bodies;
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (keys[i].is_there) repeat(positions[i], keys[i].event_id, keys[i].body);
            if (!again_.empty()) bodies.emplace(positions[i], keys[i].body);
        }
        for (const auto& [i, first] : again_) repeat(i, outcomes_[first].id, bodies.at(first));
    }

    /// In the order of the primary key, so that neighbours go to the same pages.
    std::vector<std::size_t> added() const {
        std::vector<std::size_t> added;
        added.reserve(candidates_.size());
        std::copy_if(candidates_.begin(), candidates_.end(), std::back_inserter(added),
                     [&](std::size_t i) { return outcomes_[i].outcome == EventOutcome::kAdded; });
        std::sort(added.begin(), added.end(), [&](std::size_t left, std::size_t right) {
            return std::tie(events_[left].customer_id, events_[left].occurred_at, left) <
                   std::tie(events_[right].customer_id, events_[right].occurred_at, right);
        });
        return added;
    }
    std::vector<RecordedEvent> take_outcomes() { return std::move(outcomes_); }
    EventId id(std::size_t i) const { return outcomes_[i].id; }

private:
    struct Message {
        std::int64_t customer;
        std::string_view id;
        bool operator==(const Message&) const = default;
    };
    struct HashMessage {
        std::size_t operator()(const Message& message) const {
            return std::hash<std::string_view>{}(message.id) ^
                   (std::hash<std::int64_t>{}(message.customer) * 31);
        }
    };

    /// Whether an earlier event of the batch has the same message_id.
    bool find_first(std::size_t i) {
        if (events_[i].message_id.empty()) return false;
        const auto [first, is_new] =
            messages_.emplace(Message{events_[i].customer_id.value, events_[i].message_id}, i);
        if (!is_new) again_.emplace_back(i, first->second);
        return !is_new;
    }
    void repeat(std::size_t i, EventId id, std::int64_t body) {
        outcomes_[i] = {.outcome = body == body_of(events_[i]) ? EventOutcome::kDuplicate
                                                               : EventOutcome::kMessageIdReused,
                        .id = id};
    }

    Session& session_;
    std::span<const CustomerEvent> events_;
    std::vector<RecordedEvent> outcomes_;
    std::vector<std::size_t> candidates_;
    std::unordered_map<Message, std::size_t, HashMessage> messages_;
    std::vector<std::pair<std::size_t, std::size_t>> again_;  ///< And the first with its message_id.
};

}  // namespace

std::vector<RecordedEvent> SociEventRepository::add(std::span<const CustomerEvent> events) {
    if (events.empty()) return {};
    Batch batch(session_, events);
    batch.add_keys();
    std::vector<Value> values;
    std::vector<Date> days;
    const std::vector<std::size_t> added = batch.added();
    values.reserve(added.size() * kColumns.size());
    for (const std::size_t i : added) {
        const CustomerEvent& event = events[i];
        if (days.empty() || days.back() != day_of(event.occurred_at))
            days.push_back(day_of(event.occurred_at));
        values.insert(values.end(), {to_value(event.customer_id.value), to_value(event.occurred_at),
                                     to_value(batch.id(i).value), to_value(event.type), to_value(event.data),
                                     event.message_id.empty() ? Value{} : to_value(event.message_id),
                                     to_value(event.received_at)});
    }
    insert(values, days);
    return batch.take_outcomes();
}

void SociEventRepository::insert(std::span<const Value> values, std::span<const Date> days) {
    if (session_.dialect() == Dialect::kPostgresql) partitions_.prepare(days);
    try {
        session_.insert_rows("customer_events", kColumns, values);
    } catch (const SqlError& error) {
        if (session_.dialect() == Dialect::kSqlite || error.failure() != SqlFailure::kOther) throw;
        // Maybe a partition that was met is gone: its transaction was rolled back, or it was too old.
        partitions_.forget();
        throw SqlError(SqlFailure::kConflict, error.what());
    }
}

std::vector<CustomerEvent> SociEventRepository::list(CustomerId id, const Page& page) {
    std::string sql = std::string(kSelect) + "customer_id = $1";
    std::vector<Value> values{to_value(id.value)};
    const auto add = [&](std::string_view comparison, const Value& value) {
        values.push_back(value);
        sql.append(comparison).append("$").append(std::to_string(values.size()));
    };
    if (page.type) add(" AND event_type = ", *page.type);
    if (page.from) add(" AND occurred_at >= ", *page.from);
    if (page.before && page.before_id) {
        add(" AND (occurred_at, id) < (", *page.before);
        add(", ", page.before_id->value);
        sql += ')';
    } else if (page.before) {
        add(" AND occurred_at < ", *page.before);
    }
    add(" ORDER BY occurred_at DESC, id DESC LIMIT ", page.limit);
    Query row(session_, sql);
    for (std::size_t i = 0; i < values.size(); ++i) row.bind(static_cast<int>(i + 1), values[i]);
    std::vector<CustomerEvent> events;
    while (row.next()) events.push_back(read_event(row));
    return events;
}

std::vector<CustomerEvent> SociEventRepository::scan(std::span<const CustomerId> ids, Timestamp from,
                                                     Timestamp before, std::int64_t limit_per_customer) {
    std::vector<CustomerEvent> events;
    if (ids.empty()) return events;
    const auto read_all = [&](Query& row) {
        while (row.next()) events.push_back(read_event(row));
    };
    // By the primary key, for each customer; no way to say so is common to both databases.
    static const std::string newest = std::string(kSelect) +
                                      "customer_id = $1 AND occurred_at >= $2 AND occurred_at < $3"
                                      " ORDER BY occurred_at DESC, id DESC LIMIT $4";
    if (session_.dialect() == Dialect::kSqlite) {
        for (const CustomerId id : ids) {
            Query row(session_, newest, id.value, from, before, limit_per_customer);
            read_all(row);
        }
    } else {
        static const std::string newest_of_each =
            "SELECT e.customer_id, e.occurred_at, e.id, e.event_type, e.event_data, e.message_id,"
            " e.received_at FROM unnest(CAST($1 AS bigint[])) c (id) CROSS JOIN LATERAL"
            " (SELECT * FROM customer_events e WHERE e.customer_id = c.id AND e.occurred_at >= $2"
            " AND e.occurred_at < $3 ORDER BY e.occurred_at DESC, e.id DESC LIMIT $4) e";
        const std::string list = encode_ids(session_.dialect(), ids);
        Query row(session_, newest_of_each, list, from, before, limit_per_customer);
        read_all(row);
    }
    std::sort(events.begin(), events.end(), [](const CustomerEvent& left, const CustomerEvent& right) {
        return std::tie(left.customer_id, left.occurred_at, left.id) <
               std::tie(right.customer_id, right.occurred_at, right.id);
    });
    return events;
}

std::int64_t SociEventRepository::count(CustomerId id) {
    Query row(session_, "SELECT count(*) FROM customer_events WHERE customer_id = $1", id.value);
    return row.next() ? row.integer(0) : 0;
}

std::int64_t SociEventRepository::remove_before(Timestamp before, std::int64_t limit) {
    if (session_.dialect() == Dialect::kPostgresql) {
        // Whole months; the keys of one that is kept in part stay with it.
        const Date month = event_month_of(day_of(before));
        const std::int64_t gone = partitions_.drop_before(month);
        return gone > 0 ? gone : remove_keys_before(Timestamp{month}, limit);
    }
    // From customer to customer by the primary key: a scan would read all that is kept.
    const std::int64_t gone =
        run(session_,
            "DELETE FROM customer_events WHERE rowid IN (SELECT e.rowid FROM customers c"
            " CROSS JOIN customer_events e ON e.customer_id = c.id"
            " AND e.occurred_at < $1 LIMIT $2)",
            before, limit);
    return gone > 0 ? gone : remove_keys_before(before, limit);
}

std::int64_t SociEventRepository::remove_keys_before(Timestamp before, std::int64_t limit) {
    if (session_.dialect() == Dialect::kSqlite) {
        // Looking for pairs, SQLite would read all keys of their customers.
        return run(
            session_,
            "DELETE FROM event_keys WHERE occurred_at <= (SELECT max(occurred_at) FROM"
            " (SELECT occurred_at FROM event_keys WHERE occurred_at < $1 ORDER BY occurred_at LIMIT $2))",
            before, limit);
    }
    return run(session_,
               "DELETE FROM event_keys WHERE (customer_id, message_id) IN (SELECT customer_id, message_id"
               " FROM event_keys WHERE occurred_at < $1 LIMIT $2)",
               before, limit);
}

void SociEventRepository::prepare_months(Date from, Date until) {
    if (session_.dialect() == Dialect::kSqlite) return;
    std::vector<Date> months;
    for (Date day = event_month_of(from); day <= until; day = event_month_of(day + std::chrono::days{31})) {
        months.push_back(day);
    }
    partitions_.prepare(months);
}

}  // namespace keepwell::data
