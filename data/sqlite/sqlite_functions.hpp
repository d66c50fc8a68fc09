#pragma once

struct sqlite3;

namespace keepwell::data {

/// Adds `keepwell_fold(text)`: lower case of every letter, where SQLite's own lower() knows ASCII only.
void register_sqlite_functions(sqlite3* database);

}  // namespace keepwell::data
