#include "data/soci_session_repository.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "data/customer_ids.hpp"
#include "data/stage.hpp"

namespace keepwell::data {
namespace {

constexpr std::array<std::string_view, 8> kColumns{"customer_id",  "id",       "user_name",  "started_at",
                                                   "last_seen_at", "ended_at", "page_views", "feature_uses"};

std::string select_from(const std::string& table) {
    return "SELECT customer_id, id, user_name, started_at, last_seen_at, ended_at, page_views, feature_uses"
           " FROM " +
           table + " WHERE ";
}

std::vector<CustomerSession> read_sessions(Query& row) {
    std::vector<CustomerSession> sessions;
    while (row.next()) {
        sessions.push_back({.customer_id = {row.integer(0)},
                            .id = {row.integer(1)},
                            .user_name = row.string(2),
                            .started_at = row.timestamp(3),
                            .last_seen_at = row.timestamp(4),
                            .ended_at = row.timestamp_if(5),
                            .page_views = row.integer(6),
                            .feature_uses = row.integer(7)});
    }
    return sessions;
}

void overwrite(Session& session, const std::vector<const CustomerSession*>& sessions) {
    if (session.dialect() == Dialect::kSqlite || sessions.size() <= kFewRows) {
        for (const CustomerSession* changed : sessions) {
            run(session,
                "UPDATE sessions SET last_seen_at = $3, ended_at = $4, page_views = $5, feature_uses = $6"
                " WHERE customer_id = $1 AND id = $2",
                changed->customer_id.value, changed->id.value, changed->last_seen_at, changed->ended_at,
                changed->page_views, changed->feature_uses);
        }
        return;
    }
    std::vector<Value> values;
    values.reserve(sessions.size() * 6);
    for (const CustomerSession* changed : sessions) {
        values.insert(values.end(), {to_value(changed->customer_id.value), to_value(changed->id.value),
                                     to_value(changed->last_seen_at), to_value(changed->ended_at),
                                     to_value(changed->page_views), to_value(changed->feature_uses)});
    }
    stage_rows(session, "stage_sessions",
               "customer_id bigint, id bigint, last_seen_at {{timestamp}}, ended_at {{timestamp}},"
               " page_views bigint, feature_uses bigint",
               values);
    run(session,
        "UPDATE sessions SET last_seen_at = s.last_seen_at, ended_at = s.ended_at, page_views = s.page_views,"
        " feature_uses = s.feature_uses FROM stage_sessions s"
        " WHERE sessions.customer_id = s.customer_id AND sessions.id = s.id");
}

}  // namespace

std::vector<CustomerSession> SociSessionRepository::list_open(std::span<const CustomerId> ids) {
    if (ids.empty()) return {};
    const std::string sql = select_from(indexed_by(session_.dialect(), "sessions", "sessions_open")) +
                            is_any_id(session_.dialect(), "customer_id", 1) + " AND ended_at IS NULL";
    const std::string list = encode_ids(session_.dialect(), ids);
    Query row(session_, sql, list);
    std::vector<CustomerSession> open = read_sessions(row);
    std::sort(open.begin(), open.end(), [](const CustomerSession& left, const CustomerSession& right) {
        return std::tie(left.customer_id, left.id) < std::tie(right.customer_id, right.id);
    });
    return open;
}

void SociSessionRepository::save(std::span<const CustomerSession> sessions) {
    std::vector<const CustomerSession*> changed;
    std::vector<const CustomerSession*> created;
    for (const CustomerSession& session : sessions) {
        (session.id.value == 0 ? created : changed).push_back(&session);
    }
    if (!changed.empty()) overwrite(session_, changed);
    if (created.empty()) return;
    const std::vector<std::int64_t> ids = session_.allocate_ids("sessions", created.size());
    std::vector<Value> values;
    values.reserve(created.size() * kColumns.size());
    for (std::size_t i = 0; i < created.size(); ++i) {
        const CustomerSession& session = *created[i];
        values.insert(values.end(), {to_value(session.customer_id.value), to_value(ids[i]),
                                     to_value(session.user_name), to_value(session.started_at),
                                     to_value(session.last_seen_at), to_value(session.ended_at),
                                     to_value(session.page_views), to_value(session.feature_uses)});
    }
    session_.insert_rows("sessions", kColumns, values);
}

std::vector<CustomerSession> SociSessionRepository::list(CustomerId id, std::optional<SessionId> before,
                                                         std::int64_t limit) {
    const std::string sql = select_from("sessions") + "customer_id = $1" + (before ? " AND id < $3" : "") +
                            " ORDER BY id DESC LIMIT $2";
    Query row(session_, sql, id.value, limit);
    if (before) row.bind(3, before->value);
    return read_sessions(row);
}

std::int64_t SociSessionRepository::close_silent(Timestamp before, std::int64_t limit) {
    // The conditions twice: an event may have come while this waited for its row.
    return run(
        session_,
        "UPDATE sessions SET ended_at = last_seen_at WHERE (customer_id, id) IN (SELECT customer_id, id"
        " FROM sessions WHERE ended_at IS NULL AND last_seen_at < $1 LIMIT $2)"
        " AND ended_at IS NULL AND last_seen_at < $1",
        before, limit);
}

}  // namespace keepwell::data
