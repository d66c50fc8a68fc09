#pragma once

#include <string>

namespace keepwell::data {

/// Copies a SQLite database as it is now, also while others use it, replacing what `to` holds in one
/// transaction. Throws Error{kUnavailable}.
void copy_sqlite_file(const std::string& from, const std::string& to);

/// Makes a copy a single file: reading it leaves no others beside it. Throws Error{kUnavailable}.
void make_single_file(const std::string& path);

/// Checks every page and index of a file that is not in use; its schema version, 0 when it is none of ours.
/// Throws Error{kInvalid} when it is damaged or no SQLite database.
int check_sqlite_file(const std::string& file);

}  // namespace keepwell::data
