#pragma once

#include <string>

namespace keepwell::data {

// PostgreSQL's own programs, run without a shell; a password reaches them by the environment, never by the
// command line, which every user of the machine can read. What they have to say goes to standard error.

/// pg_dump in its custom format. Throws Error{kUnavailable} when it is missing or fails.
void dump_postgresql(const std::string& url, const std::string& file);
/// pg_restore in one transaction, replacing the tables that are there.
void restore_postgresql(const std::string& url, const std::string& file);

}  // namespace keepwell::data
