#include <catch2/catch.hpp>

#include "data/session_pool.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::test {
namespace {

constexpr Date kSomeDay{std::chrono::year{2026} / 3 / 1};

/// Tables of the schema; SQLite's own and those of its full-text index are not.
constexpr const char* kSqliteTables =
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    " AND name NOT LIKE 'customers\\_search%' ESCAPE '\\' AND name NOT IN ('table_placement', 'sequences')";

/// One row for each break of the rules by which this schema can be spread over several servers.
constexpr const char* kPostgresqlLint = R"sql(
WITH placed AS (SELECT to_regclass(tbl) AS tbl, tbl AS name, placement, dist_col FROM table_placement),
tables AS (
    SELECT c.oid, c.relname, c.relpersistence FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND c.relname <> 'table_placement'),
columns AS (
    SELECT attrelid, attnum, attname, atttypid, attidentity, attnotnull FROM pg_attribute
    WHERE attnum > 0 AND NOT attisdropped),
spread AS (SELECT t.oid, t.relname, t.relpersistence, p.dist_col FROM tables t
           JOIN placed p ON p.tbl = t.oid AND p.placement = 'distributed')
SELECT relname || ': no placement' FROM tables t WHERE NOT EXISTS (SELECT 1 FROM placed p WHERE p.tbl = t.oid)
UNION ALL SELECT name || ': placed, but there is no such table' FROM placed WHERE tbl IS NULL
UNION ALL SELECT relname || ': ' || dist_col || ' is missing or may be null' FROM spread s
    WHERE NOT EXISTS (SELECT 1 FROM columns c WHERE c.attrelid = s.oid AND c.attname = s.dist_col
                      AND c.attnotnull)
UNION ALL SELECT relname || ': ' || dist_col || ' is no bigint' FROM spread s
    JOIN columns c ON c.attrelid = s.oid AND c.attname = s.dist_col
    WHERE s.dist_col IN ('id', 'customer_id') AND c.atttypid <> 'bigint'::regtype
UNION ALL SELECT relname || ': unique without ' || dist_col || ': ' || i.indexrelid::regclass FROM spread s
    JOIN pg_index i ON i.indrelid = s.oid AND i.indisunique
    WHERE NOT EXISTS (SELECT 1 FROM columns c WHERE c.attrelid = s.oid AND c.attname = s.dist_col
                      AND c.attnum = ANY (i.indkey::int2[]))
UNION ALL SELECT relname || ': the primary key does not start with ' || dist_col FROM spread s
    WHERE NOT EXISTS (SELECT 1 FROM pg_index i JOIN columns c ON c.attrelid = s.oid AND c.attname = s.dist_col
                      WHERE i.indrelid = s.oid AND i.indisprimary AND i.indkey[0] = c.attnum)
UNION ALL SELECT s.relname || ': foreign key beside the customer: ' || k.conname FROM spread s
    JOIN pg_constraint k ON k.conrelid = s.oid AND k.contype = 'f' JOIN spread r ON r.oid = k.confrelid
    WHERE NOT EXISTS (SELECT 1 FROM unnest(k.conkey, k.confkey) AS pair (mine, theirs)
        JOIN columns a ON a.attrelid = k.conrelid AND a.attnum = pair.mine AND a.attname = s.dist_col
        JOIN columns b ON b.attrelid = k.confrelid AND b.attnum = pair.theirs AND b.attname = r.dist_col)
UNION ALL SELECT p.name || ': foreign key from ' || p.placement || ' to ' || q.placement FROM pg_constraint k
    JOIN placed p ON p.tbl = k.conrelid JOIN placed q ON q.tbl = k.confrelid
    WHERE k.contype = 'f' AND (p.placement, q.placement) IN
        (('distributed', 'local'), ('local', 'distributed'), ('reference', 'distributed'))
UNION ALL SELECT relname || ': trigger ' || g.tgname FROM tables t
    JOIN pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal
UNION ALL SELECT relname || ': rule ' || r.rulename FROM tables t JOIN pg_rewrite r ON r.ev_class = t.oid
UNION ALL SELECT relname || ': identity column ' || attname FROM tables t
    JOIN columns c ON c.attrelid = t.oid AND c.attidentity <> ''
UNION ALL SELECT relname || ': integer narrower than 64 bits: ' || attname FROM tables t
    JOIN columns c ON c.attrelid = t.oid AND c.atttypid IN ('int4'::regtype, 'int2'::regtype)
UNION ALL SELECT relname || ': a time without its zone: ' || attname FROM tables t
    JOIN columns c ON c.attrelid = t.oid AND c.atttypid = 'timestamp'::regtype
UNION ALL SELECT relname || ': unlogged' FROM tables WHERE relpersistence <> 'p'
ORDER BY 1
)sql";

/// How the database would run a query. Tables without rows tempt PostgreSQL to read and sort them whole; that
/// is made dear here.
std::string plan_of(TestDatabase& test, std::string sql) {
    const bool sqlite = test.kind() == DatabaseKind::kSqlite;
    const std::string name = "name_by_bytes";
    const std::string_view column = data::name_by_bytes(test.database().dialect());
    for (std::size_t at = 0; (at = sql.find(name, at)) != std::string::npos; at += column.size()) {
        sql.replace(at, name.size(), column);
    }
    data::Database database(
        {.url = test.url() + (sqlite ? "" : "?options=-c%20enable_seqscan%3Doff%20-c%20enable_sort%3Doff"),
         .sessions = 1});
    const auto lease = database.writers().lease();
    const std::string explain = (sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + sql;
    std::string plan;
    data::Query line(lease.session(), explain);
    while (line.next()) plan += line.string(sqlite ? 3 : 0) + "\n";
    return plan;
}

}  // namespace

TEST_CASE("every table states its placement, and no placement is of a table that isn't there") {
    TestDatabase database(DatabaseKind::kSqlite);
    const std::string tables = kSqliteTables;
    CHECK(database.column(tables + " EXCEPT SELECT tbl FROM table_placement").empty());
    CHECK(database.column("SELECT tbl FROM table_placement EXCEPT " + tables).empty());
    CHECK(database.column("SELECT name FROM sqlite_master WHERE type = 'trigger'").empty());
}

TEST_CASE("the schema could be spread over several PostgreSQL servers as it is") {
    if (database_kinds().size() < 2) return;
    TestDatabase database(DatabaseKind::kPostgresql);
    CHECK(database.column(kPostgresqlLint) == std::vector<std::string>{});
    // The lint finds what it is made for.
    database.execute(
        "CREATE TABLE broken (id serial PRIMARY KEY, customer_id int UNIQUE, at timestamp);"
        "INSERT INTO table_placement VALUES ('broken', 'distributed', 'customer_id')");
    CHECK(database.column(kPostgresqlLint).size() >= 5);
}

TEST_CASE("the main queries go through an index") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    const std::string sql = GENERATE(
        "SELECT * FROM customers WHERE id = 1", "SELECT * FROM customers WHERE segment = 'x' ORDER BY id",
        "SELECT * FROM customers WHERE region = 'x' ORDER BY id",
        "SELECT * FROM customers WHERE health_status = 'x' ORDER BY id",
        "SELECT * FROM customers ORDER BY name_by_bytes DESC, id DESC",
        "SELECT * FROM customers ORDER BY arr DESC, id DESC",
        "SELECT * FROM customers ORDER BY updated_at DESC, id DESC",
        "SELECT * FROM customers ORDER BY health_score ASC NULLS LAST, id ASC",
        "SELECT * FROM customers ORDER BY health_score DESC NULLS LAST, id DESC",
        "SELECT * FROM customers WHERE name_by_bytes > 'x' ORDER BY name_by_bytes ASC, id ASC",
        "SELECT * FROM customers WHERE name_by_bytes = 'x' AND id > 1 ORDER BY name_by_bytes ASC, id ASC",
        "SELECT * FROM customers WHERE name_by_bytes < 'x' ORDER BY name_by_bytes DESC, id DESC",
        "SELECT * FROM customers WHERE name_by_bytes = 'x' AND id < 1 ORDER BY name_by_bytes DESC, id DESC",
        "SELECT * FROM customers WHERE arr > 100 ORDER BY arr ASC, id ASC",
        "SELECT * FROM customers WHERE arr = 100 AND id > 1 ORDER BY arr ASC, id ASC",
        "SELECT * FROM customers WHERE arr < 100 ORDER BY arr DESC, id DESC",
        "SELECT * FROM customers WHERE arr = 100 AND id < 1 ORDER BY arr DESC, id DESC",
        "SELECT * FROM customers WHERE updated_at > '2026-03-01' ORDER BY updated_at ASC, id ASC",
        "SELECT * FROM customers WHERE updated_at = '2026-03-01' AND id > 1 ORDER BY updated_at ASC, id ASC",
        "SELECT * FROM customers WHERE updated_at < '2026-03-01' ORDER BY updated_at DESC, id DESC",
        "SELECT * FROM customers WHERE updated_at = '2026-03-01' AND id < 1 ORDER BY updated_at DESC, id "
        "DESC",
        "SELECT * FROM customers WHERE segment > 'x' ORDER BY segment ASC, id ASC",
        "SELECT * FROM customers WHERE segment = 'x' AND id > 1 ORDER BY segment ASC, id ASC",
        "SELECT * FROM customers WHERE segment < 'x' ORDER BY segment DESC, id DESC",
        "SELECT * FROM customers WHERE segment = 'x' AND id < 1 ORDER BY segment DESC, id DESC",
        "SELECT * FROM customers WHERE region > 'x' ORDER BY region ASC, id ASC",
        "SELECT * FROM customers WHERE region = 'x' AND id > 1 ORDER BY region ASC, id ASC",
        "SELECT * FROM customers WHERE region < 'x' ORDER BY region DESC, id DESC",
        "SELECT * FROM customers WHERE region = 'x' AND id < 1 ORDER BY region DESC, id DESC",
        "SELECT * FROM customers WHERE health_score > 50 ORDER BY health_score ASC, id ASC",
        "SELECT * FROM customers WHERE health_score = 50 AND id > 1 ORDER BY health_score ASC, id ASC",
        "SELECT * FROM customers WHERE health_score < 50 ORDER BY health_score DESC, id DESC",
        "SELECT * FROM customers WHERE health_score = 50 AND id < 1 ORDER BY health_score DESC, id DESC",
        "SELECT * FROM customers WHERE health_score IS NULL AND id > 1 ORDER BY health_score ASC, id ASC",
        "SELECT * FROM customers WHERE health_score IS NULL AND id < 1 ORDER BY health_score DESC, id DESC",
        "SELECT * FROM customers WHERE plan = 'x' ORDER BY id",
        "SELECT id FROM customers WHERE score_stale AND id > 1 ORDER BY id",
        "SELECT * FROM customer_keys WHERE kind = 'account_name' AND key_value IN ('a', 'b')",
        "SELECT * FROM customers WHERE company IN ('a', 'b')",
        "SELECT * FROM account_metrics_daily WHERE customer_id = 1 AND date < '2026-03-01' ORDER BY date "
        "DESC",
        "SELECT customer_id FROM recalculations WHERE run_at <= '2026-03-01' ORDER BY run_at LIMIT 100",
        "SELECT count(*) FROM recalculations WHERE run_at <= '2026-03-01'",
        "SELECT min(requested_at) FROM recalculations WHERE requested_at IS NOT NULL",
        "SELECT customer_id FROM recalculations WHERE customer_id > 7 ORDER BY customer_id LIMIT 100",
        "SELECT * FROM jobs WHERE state = 'queued' AND run_at <= '2026-03-01' ORDER BY run_at, id",
        "SELECT * FROM jobs WHERE state = 'running' AND lease_until <= '2026-03-01' ORDER BY lease_until, id",
        "SELECT sum(difference) FROM customer_changes WHERE field = 'arr' AND valid_from >= '2026-03-01'"
        " AND difference IS NOT NULL",
        "SELECT id FROM customer_changes WHERE customer_id IN (1, 2) AND field = 'arr' AND old_value IS "
        "NULL",
        "SELECT * FROM customer_events WHERE customer_id = 1 AND (occurred_at, id) < ('2026-03-01', 7)"
        " ORDER BY occurred_at DESC, id DESC LIMIT 50",
        "SELECT count(*) FROM customer_events WHERE customer_id = 1",
        "SELECT event_id, body FROM event_keys WHERE customer_id = 1 AND message_id = 'x'",
        "SELECT * FROM event_keys WHERE occurred_at < '2026-03-01'",
        "SELECT * FROM daily_activity WHERE customer_id IN (1, 2) AND day BETWEEN '2026-02-01' AND "
        "'2026-03-01'",
        "SELECT * FROM daily_activity WHERE customer_id IN (1, 2) AND event_type = 'support_ticket'"
        " AND day < '2026-03-01'",
        "SELECT min(day) FROM daily_activity WHERE customer_id = 1",
        "SELECT * FROM seen_event_types WHERE event_type IN ('a', 'b') AND folded_segment = 'x'",
        "SELECT * FROM sessions WHERE customer_id IN (1, 2) AND ended_at IS NULL",
        "SELECT * FROM sessions WHERE ended_at IS NULL AND last_seen_at < '2026-03-01' LIMIT 100",
        "SELECT * FROM sessions WHERE customer_id = 1 AND id < 9 ORDER BY id DESC LIMIT 50");
    // The events are in their partitions.
    database.unit_of_work().run(
        [](Repositories& in) { in.events.prepare_months(kSomeDay, kSomeDay + std::chrono::days{40}); });
    const std::string plan = plan_of(database, sql);
    CAPTURE(sql, plan);
    CHECK(plan.find(database.kind() == DatabaseKind::kSqlite ? "USING" : "Index") != std::string::npos);
    CHECK(plan.find("TEMP B-TREE") == std::string::npos);
    CHECK(plan.find("Sort") == std::string::npos);
    CHECK(plan.find("Seq Scan") == std::string::npos);
}

}  // namespace keepwell::test
