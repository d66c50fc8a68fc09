#include "data/backup.hpp"

#include <filesystem>

#include "data/database.hpp"
#include "data/migrations.hpp"
#include "data/postgresql/postgresql_tools.hpp"
#include "data/session_pool.hpp"
#include "data/sqlite/sqlite_copy.hpp"
#include "domain/error.hpp"

namespace keepwell::data {
namespace {

void verify_sqlite_backup(const std::string& file) {
    const int version = check_sqlite_file(file);
    if (version == 0) throw Error(ErrorCode::kInvalid, file + " is no backup of Keepwell.");
    if (version > newest_schema_version()) {
        throw Error(ErrorCode::kInvalid, file + " was written by a newer program (schema version " +
                                             std::to_string(version) + "); restore it with that one.");
    }
}

}  // namespace

void backup(Database& database, const std::string& file) {
    if (std::filesystem::exists(file)) {
        throw Error(ErrorCode::kConflict, file + " exists already; name a new file or remove it.");
    }
    if (schema_version(database) == 0) {
        throw Error(ErrorCode::kConflict, "The database is empty; there is nothing to back up.");
    }
    // Under its name only once it is whole.
    const std::string part = file + ".part";
    std::filesystem::remove(part);
    if (database.dialect() == Dialect::kSqlite) {
        copy_sqlite_file(database.sqlite_path(), part);
        make_single_file(part);
    } else {
        dump_postgresql(database.options().url, part);
    }
    std::filesystem::permissions(part,
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    std::filesystem::rename(part, file);
}

void restore(Database& database, const std::string& file, Overwrite overwrite) {
    if (!std::filesystem::is_regular_file(file)) {
        throw Error(ErrorCode::kInvalid, file + " doesn't exist or is no file.");
    }
    if (overwrite == Overwrite::kNo && schema_version(database) != 0) {
        throw Error(
            ErrorCode::kConflict,
            "The database holds data already; name an empty one, or say that they may be overwritten.");
    }
    if (database.dialect() == Dialect::kSqlite) {
        verify_sqlite_backup(file);
        copy_sqlite_file(file, database.sqlite_path());
        check_sqlite_file(database.sqlite_path());
        return;
    }
    restore_postgresql(database.options().url, file);
    const int version = schema_version(database);
    if (version == 0 || version > newest_schema_version()) {
        throw Error(ErrorCode::kInvalid, "The backup has schema version " + std::to_string(version) +
                                             ", this program knows " +
                                             std::to_string(newest_schema_version()) + ".");
    }
}

}  // namespace keepwell::data
