#pragma once

#include <string>

namespace soci {
class session;
}

namespace keepwell::data {

// SOCI opens and closes the connections; statements run on the handle below it, because SOCI's own cost a
// round trip per row and lose 64-bit ids, fractions of seconds and cents on the way
// (docs/adr/0006-statements-on-native-handles.md). SOCI's header puts sqlite3.h into a namespace of its own,
// so only this file includes it.

/// Throw SqlError{kCannotOpen}.
void open_sqlite(soci::session& connection, const std::string& path);
void open_postgresql(soci::session& connection, const std::string& url);
void close_connection(soci::session& connection) noexcept;

/// The `sqlite3*` of an open connection; null when it isn't open.
void* sqlite_handle(soci::session& connection);
/// The `PGconn*` of an open connection; null when it isn't open.
void* postgresql_handle(soci::session& connection);

}  // namespace keepwell::data
