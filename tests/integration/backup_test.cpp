#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <random>

#include "data/backup.hpp"
#include "domain/error.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::test {
namespace {

using data::Overwrite;

/// A path in the temporary folder that is free, and free again afterwards.
class TemporaryFile {
public:
    explicit TemporaryFile(const std::string& name)
        : path_(std::filesystem::temp_directory_path() /
                ("keepwell_backup_" + std::to_string(std::random_device{}()) + "_" + name)) {}
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile() { std::filesystem::remove(path_); }
    std::string path() const { return path_.string(); }

private:
    std::filesystem::path path_;
};

void add_account(TestDatabase& database, const std::string& name) {
    database.unit_of_work().run([&](Repositories& in) {
        AccountAttributes account;
        account.name = name;
        in.customers.upsert_accounts(std::vector<AccountAttributes>{account}, {});
    });
}

std::vector<std::string> names(TestDatabase& database) {
    return database.column("SELECT name FROM customers ORDER BY name");
}

ErrorCode code_of(const std::function<void()>& action) {
    try {
        action();
    } catch (const Error& error) {
        return error.code();
    }
    FAIL("it was accepted");
    return {};
}

}  // namespace

TEST_CASE("a backup restores what was there, into an empty database or over another") {
    const DatabaseKind kind = GENERATE(from_range(database_kinds()));
    TestDatabase source(kind);
    add_account(source, "kept");
    const TemporaryFile file("whole");
    data::backup(source.database(), file.path());
    CHECK((std::filesystem::status(file.path()).permissions() & std::filesystem::perms::all) ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    add_account(source, "later");

    TestDatabase empty(kind, TestDatabase::Schema::kEmpty);
    data::restore(empty.database(), file.path(), Overwrite::kNo);
    CHECK(names(empty) == std::vector<std::string>{"kept"});
    add_account(empty, "goes on");
    CHECK(names(empty) == std::vector<std::string>{"goes on", "kept"});

    CHECK(code_of([&] { data::restore(source.database(), file.path(), Overwrite::kNo); }) ==
          ErrorCode::kConflict);
    CHECK(names(source) == std::vector<std::string>{"kept", "later"});
    data::restore(source.database(), file.path(), Overwrite::kYes);
    CHECK(names(source) == std::vector<std::string>{"kept"});
    for (const char* suffix : {".part", "-wal", "-shm", "-journal"}) {
        CHECK_FALSE(std::filesystem::exists(file.path() + suffix));
    }
}

TEST_CASE("a backup never overwrites a file and nothing comes of an empty database") {
    const DatabaseKind kind = GENERATE(from_range(database_kinds()));
    TestDatabase source(kind);
    const TemporaryFile file("taken");
    std::ofstream(file.path()) << "precious";
    CHECK(code_of([&] { data::backup(source.database(), file.path()); }) == ErrorCode::kConflict);
    CHECK(std::filesystem::file_size(file.path()) == 8);
    TestDatabase empty(kind, TestDatabase::Schema::kEmpty);
    const TemporaryFile other("empty");
    CHECK(code_of([&] { data::backup(empty.database(), other.path()); }) == ErrorCode::kConflict);
}

TEST_CASE("a file that is no sound backup changes nothing") {
    TestDatabase database(DatabaseKind::kSqlite);
    add_account(database, "kept");
    const TemporaryFile file("broken");
    CHECK(code_of([&] { data::restore(database.database(), file.path(), Overwrite::kYes); }) ==
          ErrorCode::kInvalid);
    std::ofstream(file.path()) << "this is not a database, however long it goes on and on";
    CHECK(code_of([&] { data::restore(database.database(), file.path(), Overwrite::kYes); }) ==
          ErrorCode::kInvalid);
    std::filesystem::remove(file.path());

    data::backup(database.database(), file.path());
    {
        std::fstream bytes(file.path(), std::ios::in | std::ios::out | std::ios::binary);
        bytes.seekp(20'000);
        bytes << std::string(30'000, 'x');
    }
    CHECK(code_of([&] { data::restore(database.database(), file.path(), Overwrite::kYes); }) ==
          ErrorCode::kInvalid);
    CHECK(names(database) == std::vector<std::string>{"kept"});
}

}  // namespace keepwell::test
