#pragma once

#include <string>

namespace keepwell::data {

class Database;

enum class Overwrite { kNo, kYes };

/// Writes all that is committed now to a new file, while others go on writing. SQLite: a database file.
/// PostgreSQL: what pg_dump writes in its custom format. Only the owner may read the file. Throws
/// Error{kConflict} when the file exists, Error{kUnavailable} when it can't be written or a tool is missing.
void backup(Database& database, const std::string& file);

/// Fills the database with a backup, all or nothing. Nobody else should be using the database. Throws
/// Error{kInvalid} when the file is no sound backup or of a newer program, Error{kConflict} when the database
/// holds data and `overwrite` is no.
void restore(Database& database, const std::string& file, Overwrite overwrite);

}  // namespace keepwell::data
