#pragma once

#include <span>
#include <string>
#include <vector>

#include "domain/embedded_file.hpp"

namespace keepwell {
/// data/migrations/*.sql.
std::span<const EmbeddedFile> embedded_migrations();
}  // namespace keepwell

namespace keepwell::data {

class Database;

struct Migrated {
    int version = 0;                   ///< Of the schema now.
    std::vector<std::string> applied;  ///< The names of those that ran, in order.
};

/// Brings the schema up to date: runs every migration that hasn't run, each in a transaction of its own,
/// under a lock, so that several processes may start at once. Throws Error{kConflict} when the database is
/// newer than the program or a migration that ran was edited since, Error{kUnavailable} when the database is
/// away.
///
/// Files are named NNNN_<what>.sql for both databases or NNNN_<what>.sqlite.sql and .postgresql.sql for one.
Migrated migrate(Database& database, std::span<const EmbeddedFile> files = embedded_migrations());

/// The version of the schema in the database; 0 for an empty one.
int schema_version(Database& database);
/// The version that this program needs.
int newest_schema_version();

}  // namespace keepwell::data
