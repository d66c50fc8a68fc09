#include <catch2/catch.hpp>
#include <thread>

#include "data/migrations.hpp"
#include "domain/error.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::test {
namespace {

std::string message_of(const std::function<void()>& action) {
    try {
        action();
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::kConflict);
        return error.what();
    }
    FAIL("it was accepted");
    return {};
}

const std::vector<EmbeddedFile> kTwo{{"0001_one.sql", "CREATE TABLE one (id bigint NOT NULL PRIMARY KEY)"},
                                     {"0002_two.sql", "CREATE TABLE two (id {{key}}, at {{timestamp}})"}};

}  // namespace

TEST_CASE("an empty database gets the whole schema, and the second time nothing happens") {
    TestDatabase database(GENERATE(from_range(database_kinds())), TestDatabase::Schema::kEmpty);
    CHECK(data::schema_version(database.database()) == 0);
    const data::Migrated first = data::migrate(database.database());
    CHECK(first.version == data::newest_schema_version());
    CHECK(first.applied.size() == static_cast<std::size_t>(first.version));
    const data::Migrated second = data::migrate(database.database());
    CHECK(second.version == first.version);
    CHECK(second.applied.empty());
    CHECK(data::schema_version(database.database()) == first.version);
}

TEST_CASE("several that start at once migrate an empty database once") {
    TestDatabase database(GENERATE(from_range(database_kinds())), TestDatabase::Schema::kEmpty);
    std::vector<std::thread> threads;
    std::atomic<std::size_t> applied{0};
    for (int i = 0; i < 6; ++i) {
        threads.emplace_back([&] {
            data::Database mine({.url = database.url()});
            applied += data::migrate(mine).applied.size();
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(applied == static_cast<std::size_t>(data::newest_schema_version()));
}

TEST_CASE("a database of a newer program is refused and left alone") {
    TestDatabase database(GENERATE(from_range(database_kinds())), TestDatabase::Schema::kEmpty);
    data::migrate(database.database(), kTwo);
    const std::string message =
        message_of([&] { data::migrate(database.database(), std::span(kTwo).first(1)); });
    CHECK(message.find("newer program") != std::string::npos);
    CHECK(data::schema_version(database.database()) == 2);
}

TEST_CASE("a migration that was edited after it ran is refused by name") {
    TestDatabase database(GENERATE(from_range(database_kinds())), TestDatabase::Schema::kEmpty);
    data::migrate(database.database(), kTwo);
    std::vector<EmbeddedFile> edited = kTwo;
    edited[0].bytes = "CREATE TABLE one (id bigint NOT NULL PRIMARY KEY, more text)";
    const std::string message = message_of([&] { data::migrate(database.database(), edited); });
    CHECK(message.find("0001_one.sql") != std::string::npos);
}

TEST_CASE("a migration that fails leaves nothing behind and the ones before it in place") {
    TestDatabase database(GENERATE(from_range(database_kinds())), TestDatabase::Schema::kEmpty);
    std::vector<EmbeddedFile> files = kTwo;
    files[1].bytes = "CREATE TABLE half (id bigint); CREATE TABLE one (id bigint)";
    CHECK_THROWS(data::migrate(database.database(), files));
    CHECK(data::schema_version(database.database()) == 1);
    CHECK(data::migrate(database.database(), kTwo).applied == std::vector<std::string>{"0002_two.sql"});
    CHECK_THROWS(database.execute("SELECT * FROM half"));
}

TEST_CASE("segments come with what is expected of them") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    CHECK(
        database.column(
            "SELECT name || ' ' || CAST(expected_api_calls AS text) FROM segments ORDER BY name") ==
        std::vector<std::string>{"enterprise 1000", "mid-market 500", "other 300", "smb 500", "startup 200"});
}

}  // namespace keepwell::test
