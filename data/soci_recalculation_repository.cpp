#include "data/soci_recalculation_repository.hpp"

#include <algorithm>
#include <map>

#include "data/customer_ids.hpp"

namespace keepwell::data {
namespace {

// A row's lease_owner is empty but while somebody calculates, or has died doing so. run_at is then the end of
// the lease, which a request leaves alone: it is noted in newer_at, and what becomes of it is decided at the
// end of the calculation.

/// In the order in which every writer takes them, so that none waits for another crosswise.
std::vector<CustomerId> sorted(std::span<const CustomerId> ids) {
    std::vector<CustomerId> all(ids.begin(), ids.end());
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

/// A parameter whose type PostgreSQL can't tell by its place.
std::string timestamp(Dialect dialect, const std::string& parameter) {
    return dialect == Dialect::kPostgresql ? "CAST(" + parameter + " AS timestamptz)" : parameter;
}

/// What a request writes, with its run_at and its own time in these expressions.
std::string request_assignments(const std::string& run_at, const std::string& now) {
    return "version = recalculations.version + 1,"
           " run_at = CASE WHEN recalculations.lease_owner = '' AND recalculations.run_at > " +
           run_at + " THEN " + run_at +
           " ELSE recalculations.run_at END,"
           " requested_at = COALESCE(recalculations.requested_at, " +
           now +
           "), newer_at = CASE WHEN recalculations.lease_owner = '' THEN NULL"
           " ELSE COALESCE(recalculations.newer_at, " +
           now + ") END";
}

/// Whether a request has anything to write: a customer that waits to be calculated anyway only has to be
/// locked, so that it is not taken before what asked for it is committed.
std::string request_counts(const std::string& run_at) {
    return "(recalculations.lease_owner <> '' OR recalculations.requested_at IS NULL OR "
           "recalculations.run_at > " +
           run_at + ")";
}

/// The claims in parameter $1 as a table: customer_id, version, attempts.
std::string claims_table(Dialect dialect) {
    if (dialect == Dialect::kPostgresql) {
        return "(SELECT CAST(c ->> 0 AS bigint) AS customer_id, CAST(c ->> 1 AS bigint) AS version,"
               " CAST(c ->> 2 AS bigint) AS attempts FROM json_array_elements(CAST($1 AS json)) AS c)";
    }
    return "(SELECT json_extract(value, '$[0]') AS customer_id, json_extract(value, '$[1]') AS version,"
           " json_extract(value, '$[2]') AS attempts FROM json_each($1))";
}

std::string encode_claims(std::span<const Recalculation> claimed) {
    std::string json = "[";
    for (const Recalculation& claim : claimed) {
        if (json.size() > 1) json += ',';
        json += '[' + std::to_string(claim.customer_id.value) + ',' + std::to_string(claim.version) + ',' +
                std::to_string(claim.attempts) + ']';
    }
    return json + ']';
}

std::vector<CustomerId> ids_of(std::span<const Recalculation> claimed) {
    std::vector<CustomerId> ids;
    ids.reserve(claimed.size());
    for (const Recalculation& claim : claimed) ids.push_back(claim.customer_id);
    return ids;
}

/// Locks the rows that are still the owner's, by this claim and not by a later one of its own.
std::vector<CustomerId> lock_held(Session& session, std::span<const Recalculation> claimed,
                                  std::string_view owner) {
    std::map<CustomerId, int> attempts;
    for (const Recalculation& claim : claimed) attempts.emplace(claim.customer_id, claim.attempts);
    const std::string list = encode_ids(session.dialect(), ids_of(claimed));
    const std::string sql = "SELECT customer_id, attempts FROM recalculations WHERE lease_owner = $2 AND " +
                            is_any_id(session.dialect(), "customer_id", 1) + " ORDER BY customer_id" +
                            std::string(for_update(session.dialect()));
    std::vector<CustomerId> held;
    Query row(session, sql, list, owner);
    while (row.next()) {
        const CustomerId id{row.integer(0)};
        if (attempts.at(id) == row.integer(1)) held.push_back(id);
    }
    return held;
}

}  // namespace

void SociRecalculationRepository::request(std::span<const CustomerId> ids, Timestamp run_at, Timestamp now) {
    if (ids.empty()) return;
    const Dialect dialect = session_.dialect();
    run(session_,
        "INSERT INTO recalculations (customer_id, run_at, version, requested_at) SELECT ids.value, " +
            timestamp(dialect, "$2") + ", 1, " + timestamp(dialect, "$3") + " FROM " +
            (dialect == Dialect::kPostgresql ? "unnest(CAST($1 AS bigint[])) AS ids (value)"
                                             : "json_each($1) AS ids WHERE true") +
            " ON CONFLICT (customer_id) DO UPDATE SET " +
            request_assignments("excluded.run_at", "excluded.requested_at") + " WHERE " +
            request_counts("excluded.run_at"),
        encode_ids(dialect, sorted(ids)), run_at, now);
}

std::optional<CustomerId> SociRecalculationRepository::request_next(CustomerId after, Timestamp run_at,
                                                                    Timestamp now, std::int64_t limit) {
    std::vector<CustomerId> ids;
    {
        const std::string sql =
            "SELECT customer_id FROM recalculations WHERE customer_id > $1 ORDER BY customer_id LIMIT $2" +
            std::string(for_update(session_.dialect()));
        Query row(session_, sql, after.value, limit);
        while (row.next()) ids.push_back({row.integer(0)});
    }
    if (ids.empty()) return std::nullopt;
    run(session_,
        "UPDATE recalculations SET " + request_assignments("$2", "$3") + " WHERE " + request_counts("$2") +
            " AND " + is_any_id(session_.dialect(), "customer_id", 1),
        encode_ids(session_.dialect(), ids), run_at, now);
    return ids.back();
}

std::vector<Recalculation> SociRecalculationRepository::claim(std::string_view owner, Timestamp now,
                                                              std::chrono::milliseconds lease,
                                                              std::int64_t limit) {
    std::vector<Recalculation> claimed;
    if (session_.dialect() == Dialect::kPostgresql) {
        // Whether few or all customers are due changes within a second. PostgreSQL's statistics don't follow:
        // with those of a quiet moment it would sort everything that is due for every claim.
        run(session_, "SELECT set_config('enable_sort', 'off', true)");
    }
    {
        const std::string sql =
            "SELECT customer_id, version, requested_at, attempts FROM recalculations"
            " WHERE run_at <= $1 ORDER BY run_at LIMIT $2" +
            std::string(for_update_skip_locked(session_.dialect()));
        Query row(session_, sql, now, limit);
        while (row.next()) {
            claimed.push_back({.customer_id = {row.integer(0)},
                               .version = row.integer(1),
                               .requested_at = row.timestamp_if(2),
                               .attempts = static_cast<int>(row.integer(3)) + 1});
        }
    }
    if (claimed.empty()) return claimed;
    run(session_,
        "UPDATE recalculations SET run_at = $3, lease_owner = $2, attempts = attempts + 1, newer_at = NULL"
        " WHERE " +
            is_any_id(session_.dialect(), "customer_id", 1),
        encode_ids(session_.dialect(), ids_of(claimed)), owner, now + lease);
    return claimed;
}

std::vector<CustomerId> SociRecalculationRepository::hold(std::span<const Recalculation> claimed,
                                                          std::string_view owner) {
    if (claimed.empty()) return {};
    // The customers first, as who adds events does: the other way round the two would wait for each other.
    lock_customers(session_, ids_of(claimed));
    return lock_held(session_, claimed, owner);
}

void SociRecalculationRepository::finish(std::span<const Recalculation> claimed, std::string_view owner,
                                         Timestamp next, Timestamp again) {
    if (claimed.empty()) return;
    run(session_,
        "UPDATE recalculations SET run_at = CASE WHEN recalculations.version = c.version THEN " +
            timestamp(session_.dialect(), "$3") + " ELSE " + timestamp(session_.dialect(), "$4") +
            " END, requested_at = newer_at, newer_at = NULL, attempts = 0, last_error = '',"
            " lease_owner = '' FROM " +
            claims_table(session_.dialect()) +
            " c WHERE recalculations.customer_id = c.customer_id AND recalculations.lease_owner = $2"
            " AND recalculations.attempts = c.attempts",
        encode_claims(claimed), owner, next, again);
}

void SociRecalculationRepository::retry(std::span<const Recalculation> claimed, std::string_view owner,
                                        std::string_view error, Timestamp run_at) {
    if (claimed.empty()) return;
    const std::vector<CustomerId> held = lock_held(session_, claimed, owner);
    if (held.empty()) return;
    run(session_,
        "UPDATE recalculations SET run_at = $3, last_error = $2, newer_at = NULL, lease_owner = '' WHERE " +
            is_any_id(session_.dialect(), "customer_id", 1),
        encode_ids(session_.dialect(), held), error, run_at);
}

RecalculationRepository::Backlog SociRecalculationRepository::backlog(Timestamp now) {
    Backlog backlog;
    Query due(session_, "SELECT count(*) FROM recalculations WHERE run_at <= $1", now);
    if (due.next()) backlog.due = due.integer(0);
    Query oldest(session_, "SELECT min(requested_at) FROM recalculations WHERE requested_at IS NOT NULL");
    if (oldest.next()) backlog.oldest_request = oldest.timestamp_if(0);
    return backlog;
}

}  // namespace keepwell::data
