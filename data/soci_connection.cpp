#include "data/soci_connection.hpp"

#include <soci/soci-config.h>
// Debian's SOCI can bind Boost's types too; nothing here does, so nobody has to install Boost's headers.
#undef SOCI_HAVE_BOOST
#include <soci/postgresql/soci-postgresql.h>
#include <soci/session.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include "data/sql_error.hpp"

namespace keepwell::data {
namespace {

/// SOCI's messages may hold the password of the URL, so only their kind goes on.
[[noreturn]] void fail_to_open(const std::string& what) {
    throw SqlError(SqlFailure::kCannotOpen, "cannot open " + what);
}

}  // namespace

void open_sqlite(soci::session& connection, const std::string& path) {
    try {
        connection.open(soci::sqlite3, "dbname=\"" + path + '"');
    } catch (const soci::soci_error&) {
        fail_to_open("the SQLite file " + path);
    }
}

void open_postgresql(soci::session& connection, const std::string& url) {
    try {
        connection.open(soci::postgresql, url);
    } catch (const soci::soci_error&) {
        fail_to_open("the PostgreSQL database");
    }
}

void close_connection(soci::session& connection) noexcept {
    try {
        connection.close();
    } catch (const std::exception&) {
        // A connection that broke has nothing left to close.
    }
}

void* sqlite_handle(soci::session& connection) {
    auto* backend = static_cast<soci::sqlite3_session_backend*>(connection.get_backend());
    return backend == nullptr ? nullptr : backend->conn_;
}

void* postgresql_handle(soci::session& connection) {
    auto* backend = static_cast<soci::postgresql_session_backend*>(connection.get_backend());
    return backend == nullptr ? nullptr : backend->conn_;
}

}  // namespace keepwell::data
