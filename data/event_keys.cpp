#include "data/event_keys.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "data/sql_error.hpp"
#include "data/stage.hpp"

namespace keepwell::data {
namespace {

constexpr std::array<std::string_view, 5> kColumns{"customer_id", "message_id", "event_id", "occurred_at",
                                                   "body"};

/// FNV-1a. Nobody's security rests on it: whoever finds two contents with one value has sent both.
class Hash {
public:
    void add(std::string_view text) {
        for (const char byte : text) add_byte(static_cast<unsigned char>(byte));
        add_byte(0xFF);  // In no UTF-8 text, so that neighbours don't run together.
    }
    void add(std::int64_t number) {
        for (int shift = 0; shift < 64; shift += 8) {
            add_byte(static_cast<unsigned char>(static_cast<std::uint64_t>(number) >> shift));
        }
    }
    std::int64_t value() const { return static_cast<std::int64_t>(state_); }

private:
    void add_byte(unsigned char byte) { state_ = (state_ ^ byte) * 0x100000001b3; }

    std::uint64_t state_ = 0xcbf29ce484222325;
};

/// One by one: the best way into SQLite, and for a few keys into PostgreSQL.
void add_singly(Session& session, EventKey& key) {
    key.is_there =
        run(session,
            "INSERT INTO event_keys (customer_id, message_id, event_id, occurred_at, body)"
            " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (customer_id, message_id) DO NOTHING",
            key.customer_id.value, key.message_id, key.event_id.value, key.occurred_at, key.body) == 0;
    if (!key.is_there) return;
    Query row(session, "SELECT event_id, body FROM event_keys WHERE customer_id = $1 AND message_id = $2",
              key.customer_id.value, key.message_id);
    if (!row.next()) throw SqlError(SqlFailure::kConflict, "an event key was removed while it was read");
    key.event_id = {row.integer(0)};
    key.body = row.integer(1);
}

void copy_new(Session& session, std::span<const EventKey> keys) {
    std::vector<const EventKey*> sorted;
    sorted.reserve(keys.size());
    for (const EventKey& key : keys) {
        if (!key.is_there) sorted.push_back(&key);
    }
    // Neighbours go to the same pages of the primary key.
    std::sort(sorted.begin(), sorted.end(), [](const EventKey* left, const EventKey* right) {
        return std::tie(left->customer_id, left->message_id) <
               std::tie(right->customer_id, right->message_id);
    });
    std::vector<Value> values;
    values.reserve(sorted.size() * kColumns.size());
    for (const EventKey* key : sorted) {
        values.insert(values.end(),
                      {to_value(key->customer_id.value), to_value(key->message_id),
                       to_value(key->event_id.value), to_value(key->occurred_at), to_value(key->body)});
    }
    session.insert_rows("event_keys", kColumns, values);
}

/// Copies all of them, as if none were there, which is nearly always so. False when one was; none is then.
bool copy_all(Session& session, std::span<const EventKey> keys) {
    session.execute("SAVEPOINT event_keys");
    try {
        copy_new(session, keys);
    } catch (const SqlError& error) {
        if (error.failure() != SqlFailure::kNotUnique) throw;
        session.execute("ROLLBACK TO SAVEPOINT event_keys; RELEASE SAVEPOINT event_keys");
        return false;
    }
    session.execute("RELEASE SAVEPOINT event_keys");
    return true;
}

void find_stored(Session& session, std::span<EventKey> keys) {
    std::vector<Value> values;
    values.reserve(keys.size() * 3);
    for (std::size_t i = 0; i < keys.size(); ++i) {
        values.insert(values.end(), {to_value(static_cast<std::int64_t>(i)),
                                     to_value(keys[i].customer_id.value), to_value(keys[i].message_id)});
    }
    stage_rows(session, "stage_event_keys", "position bigint, customer_id bigint, message_id {{text}}",
               values);
    // One probe of the primary key per row, whatever the planner thinks of the temporary table.
    Query row(session,
              "SELECT s.position, k.event_id, k.body FROM stage_event_keys s CROSS JOIN LATERAL"
              " (SELECT event_id, body FROM event_keys e WHERE e.customer_id = s.customer_id"
              " AND e.message_id = s.message_id OFFSET 0) k");
    while (row.next()) {
        EventKey& key = keys[static_cast<std::size_t>(row.integer(0))];
        key.is_there = true;
        key.event_id = {row.integer(1)};
        key.body = row.integer(2);
    }
}

}  // namespace

std::int64_t body_of(const CustomerEvent& event) {
    Hash hash;
    hash.add(event.type);
    hash.add(event.data);
    if (event.timestamp_given) hash.add(event.occurred_at.time_since_epoch().count());
    return hash.value();
}

void add_event_keys(Session& session, std::span<EventKey> keys) {
    if (session.dialect() == Dialect::kSqlite || keys.size() <= kFewRows) {
        for (EventKey& key : keys) add_singly(session, key);
        return;
    }
    if (copy_all(session, keys)) return;
    find_stored(session, keys);
    copy_new(session, keys);
}

}  // namespace keepwell::data
