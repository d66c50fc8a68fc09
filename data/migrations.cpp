#include "data/migrations.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <string_view>

#include "data/database.hpp"
#include "data/schema_template.hpp"
#include "data/session_pool.hpp"
#include "data/sql_error.hpp"
#include "domain/error.hpp"

namespace keepwell::data {
namespace {

struct Migration {
    int version = 0;
    std::string name;
    std::string_view sql;
    std::string checksum;
};

/// FNV-1a: it guards against slips, not against forgery.
std::string checksum_of(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char byte : text) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
    std::string hex;
    for (int shift = 60; shift >= 0; shift -= 4) hex += "0123456789abcdef"[(hash >> shift) & 0xF];
    return hex;
}

/// The migrations of one dialect, ascending.
std::vector<Migration> migrations_for(Dialect dialect, std::span<const EmbeddedFile> files) {
    const std::string_view other = dialect == Dialect::kSqlite ? ".postgresql.sql" : ".sqlite.sql";
    std::vector<Migration> migrations;
    for (const EmbeddedFile& file : files) {
        if (file.path.ends_with(other)) continue;
        Migration migration{0, std::string(file.path), file.bytes, checksum_of(file.bytes)};
        std::from_chars(file.path.data(), file.path.data() + file.path.size(), migration.version);
        migrations.push_back(std::move(migration));
    }
    std::sort(migrations.begin(), migrations.end(),
              [](const Migration& left, const Migration& right) { return left.version < right.version; });
    return migrations;
}

/// One migrator at a time; the lock ends with the transaction.
void lock(Session& session) {
    if (session.dialect() == Dialect::kSqlite) return;  // begin() took the writer's lock.
    session.execute("SET LOCAL statement_timeout = 0; SELECT pg_advisory_xact_lock(5713902177)");
}

void create_bookkeeping(Session& session) {
    std::string sql =
        "CREATE TABLE IF NOT EXISTS schema_migrations (version bigint NOT NULL PRIMARY KEY,"
        " name text NOT NULL, applied_at {{timestamp}} NOT NULL, checksum text NOT NULL);";
    if (session.dialect() == Dialect::kSqlite) {
        sql +=
            "CREATE TABLE IF NOT EXISTS sequences (name text NOT NULL PRIMARY KEY, next_id bigint NOT NULL)";
    }
    session.execute(expand_schema_template(session.dialect(), sql));
}

bool has_bookkeeping(Session& session) {
    const std::string_view sql =
        session.dialect() == Dialect::kSqlite
            ? "SELECT count(*) FROM sqlite_master WHERE name = 'schema_migrations'"
            : "SELECT count(*) FROM pg_class WHERE oid = to_regclass('schema_migrations')";
    Query query(session, sql);
    return query.next() && query.integer(0) > 0;
}

using Applied = std::map<std::int64_t, std::string>;  // Version to checksum.

Applied read_applied(Session& session) {
    Applied applied;
    Query query(session, "SELECT version, checksum FROM schema_migrations");
    while (query.next()) applied.emplace(query.integer(0), query.string(1));
    return applied;
}

void verify(const Applied& applied, const std::vector<Migration>& migrations) {
    const int newest = migrations.empty() ? 0 : migrations.back().version;
    if (!applied.empty() && applied.rbegin()->first > newest) {
        throw Error(ErrorCode::kConflict, "The database has schema version " +
                                              std::to_string(applied.rbegin()->first) +
                                              ", this program knows only " + std::to_string(newest) +
                                              ": start a newer program, or restore an older backup.");
    }
    for (const Migration& migration : migrations) {
        const auto found = applied.find(migration.version);
        if (found != applied.end() && found->second != migration.checksum) {
            throw Error(
                ErrorCode::kConflict,
                "Migration " + migration.name +
                    " was edited after it ran on this database: put the file back as it was and add a "
                    "new migration instead.");
        }
    }
}

/// Runs the first migration that is missing; empty when none is.
std::string apply_next(Session& session, const std::vector<Migration>& migrations) {
    session.begin();
    lock(session);
    create_bookkeeping(session);
    const Applied applied = read_applied(session);
    verify(applied, migrations);
    const auto next = std::find_if(migrations.begin(), migrations.end(), [&](const Migration& migration) {
        return !applied.contains(migration.version);
    });
    if (next == migrations.end()) {
        session.rollback();
        return {};
    }
    session.execute(expand_schema_template(session.dialect(), next->sql));
    run(session,
        "INSERT INTO schema_migrations (version, name, applied_at, checksum) VALUES ($1, $2, $3, $4)",
        std::int64_t{next->version}, next->name, SystemClock().now(), next->checksum);
    session.commit();
    return next->name;
}

}  // namespace

Migrated migrate(Database& database, std::span<const EmbeddedFile> files) {
    const std::vector<Migration> migrations = migrations_for(database.dialect(), files);
    Migrated result;
    try {
        const SessionPool::Lease lease = database.writers().lease();
        Session& session = lease.session();
        if (has_bookkeeping(session)) {
            const Applied applied = read_applied(session);
            verify(applied, migrations);
            result.version = migrations.empty() ? 0 : migrations.back().version;
            if (applied.size() == migrations.size()) return result;
        }
        for (std::string name = apply_next(session, migrations); !name.empty();
             name = apply_next(session, migrations)) {
            result.applied.push_back(std::move(name));
        }
    } catch (const SqlError& error) {
        throw_translated(error);
    }
    result.version = migrations.empty() ? 0 : migrations.back().version;
    return result;
}

int schema_version(Database& database) {
    try {
        const SessionPool::Lease lease = database.readers().lease();
        if (!has_bookkeeping(lease.session())) return 0;
        const Applied applied = read_applied(lease.session());
        return applied.empty() ? 0 : static_cast<int>(applied.rbegin()->first);
    } catch (const SqlError& error) {
        throw_translated(error);
    }
}

int newest_schema_version() {
    const std::vector<Migration> migrations = migrations_for(Dialect::kSqlite, embedded_migrations());
    return migrations.empty() ? 0 : migrations.back().version;
}

}  // namespace keepwell::data
