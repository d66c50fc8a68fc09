#include "data/soci_connection.hpp"

#include <soci/soci-config.h>
// Debian's SOCI can bind Boost's types too; nothing here does, so nobody has to install Boost's headers.
#undef SOCI_HAVE_BOOST
#include <soci/postgresql/soci-postgresql.h>
#include <soci/session.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <algorithm>

#include "data/sql_error.hpp"

namespace keepwell::data {
namespace {

/// Why it could not be opened, on one line. Empty where that quotes the URL, which has the password in it.
std::string reason_of(const soci::soci_error& error) {
    constexpr std::string_view kOpening = "Cannot establish connection to the database.";
    std::string reason = error.get_error_message();
    if (reason.starts_with(kOpening)) reason.erase(0, kOpening.size());
    if (reason.find("://") != std::string::npos) return {};
    std::replace(reason.begin(), reason.end(), '\n', ' ');
    while (reason.ends_with(' ')) reason.pop_back();
    while (reason.starts_with(' ')) reason.erase(0, 1);
    return reason;
}

[[noreturn]] void fail_to_open(const std::string& what, const soci::soci_error& error) {
    const std::string reason = reason_of(error);
    throw SqlError(SqlFailure::kCannotOpen, "cannot open " + what + (reason.empty() ? "" : ": " + reason));
}

}  // namespace

void open_sqlite(soci::session& connection, const std::string& path) {
    try {
        connection.open(soci::sqlite3, "dbname=\"" + path + '"');
    } catch (const soci::soci_error& error) {
        fail_to_open("the SQLite file " + path, error);
    }
}

void open_postgresql(soci::session& connection, const std::string& url) {
    try {
        connection.open(soci::postgresql, url);
    } catch (const soci::soci_error& error) {
        fail_to_open("the PostgreSQL database", error);
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
