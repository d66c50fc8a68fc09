#include <sqlite3.h>
#include <sys/resource.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "domain/time.hpp"
#include "tests/support/api_client.hpp"
#include "tests/support/metrics_csv.hpp"
#include "tests/support/postgresql_server.hpp"
#include "tests/support/process.hpp"
#include "tests/support/running_app.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::testing {
namespace {

using namespace std::chrono_literals;

/// `accounts` times 200 rows.
std::string many_rows(int accounts) {
    std::string csv = kMetricsHeader;
    for (int account = 0; account < accounts; ++account) {
        for (int day = 0; day < 200; ++day) {
            const Date date = Date{std::chrono::days{19'000 + day}};
            csv += "Account " + std::to_string(account) + ",SMB,EU,1000," + keepwell::to_string(date) + "," +
                   std::to_string(day) + ",0.5,1,,0.5\n";
        }
    }
    return csv;
}

bool succeeds(const ApiClient& client, const std::string& job, std::chrono::milliseconds patience) {
    return eventually([&] { return client.json(job)["status"] == "succeeded"; }, patience);
}

/// The database's writer, held by another program.
class OtherWriter {
public:
    explicit OtherWriter(const std::filesystem::path& path) {
        if (sqlite3_open(path.c_str(), &database_) != SQLITE_OK) throw std::runtime_error("cannot open");
        // The server may still be writing what follows an import: wait for its turn to end, as any program
        // would.
        sqlite3_busy_timeout(database_, 10'000);
        if (sqlite3_exec(database_, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) != SQLITE_OK)
            throw std::runtime_error("cannot lock");
    }
    ~OtherWriter() { sqlite3_close(database_); }
    OtherWriter(const OtherWriter&) = delete;
    OtherWriter& operator=(const OtherWriter&) = delete;

private:
    sqlite3* database_ = nullptr;
};

}  // namespace

TEST_CASE("while another program holds the SQLite file, writing answers 503 and reading goes on") {
    ServerProcess server({});
    const ApiClient client(server.port());
    REQUIRE(client.upload("sample.csv", kSampleCsv).status == 200);
    {
        const OtherWriter other(server.folder() / "keepwell.db");
        const Reply refused = client.upload("sample.csv", kSampleCsv);
        CHECK(refused.status == 503);
        CHECK_FALSE(refused.header("retry-after").empty());
        CHECK(client.accounts() == 5);
        CHECK(server.files() == 0);
    }
    CHECK(client.upload("sample.csv", kSampleCsv).status == 200);
}

TEST_CASE("an import that finds no room for the SQLite file goes on once there is") {
    ServerProcess server({});
    const ApiClient client(server.port());
    REQUIRE(client.upload("sample.csv", kSampleCsv).status == 200);
    const std::string csv = many_rows(300);
    const rlimit none{4'000'000, RLIM_INFINITY};  // Files larger than the upload, smaller than its tables.
    REQUIRE(csv.size() < none.rlim_cur);
    REQUIRE(::prlimit(server.process().id(), RLIMIT_FSIZE, &none, nullptr) == 0);
    const Reply accepted = client.upload("many.csv", csv, "", "Prefer: respond-async\r\n");
    REQUIRE(accepted.status == 202);
    const std::string job = accepted.header("location");
    REQUIRE(eventually([&] { return !client.json(job)["error"].IsNull(); }, 30s));
    CHECK_THAT(client.json(job)["error"].GetString(), Catch::Contains("try again"));
    CHECK(client.get("/accounts").status == 200);
    CHECK(client.get("/livez").status == 200);
    CHECK(server.process().is_running());

    const rlimit enough{RLIM_INFINITY, RLIM_INFINITY};
    REQUIRE(::prlimit(server.process().id(), RLIMIT_FSIZE, &enough, nullptr) == 0);
    REQUIRE(succeeds(client, job, 60s));
    CHECK(client.json(job)["result"]["metrics_created"].GetInt() == 60'000);
    CHECK(client.accounts() == 305);
    CHECK(server.files() == 0);
}

TEST_CASE("an upload that finds no room is refused, and leaves nothing") {
    ServerProcess server({});
    const ApiClient client(server.port());
    const rlimit none{1'500'000, RLIM_INFINITY};
    REQUIRE(::prlimit(server.process().id(), RLIMIT_FSIZE, &none, nullptr) == 0);
    CHECK(client.upload("many.csv", many_rows(300)).status == 507);
    CHECK(server.files() == 0);
    CHECK(server.process().is_running());
    const rlimit enough{RLIM_INFINITY, RLIM_INFINITY};
    REQUIRE(::prlimit(server.process().id(), RLIMIT_FSIZE, &enough, nullptr) == 0);
    CHECK(client.upload("sample.csv", kSampleCsv).status == 200);
}

TEST_CASE("a file that is no database is refused at the start, and stays as it is") {
    const TemporaryFolder folder;
    const std::string text(10'000, 'x');
    std::ofstream(folder.path() / "keepwell.db") << text;
    Process process({"serve", "--api-port", "0"}, {}, folder.path());
    CHECK(process.wait(10s).value_or(0) != 0);
    CHECK_THAT(process.output(), Catch::Contains("database"));
    CHECK(std::filesystem::file_size(folder.path() / "keepwell.db") == text.size());
}

TEST_CASE("while PostgreSQL is away everything answers 503, and works again once it is back") {
    if (test::database_kinds().size() < 2) return;
    PostgresqlServer database;
    ServerProcess server({{"DATABASE_URL", database.url()}});
    const ApiClient client(server.port());
    REQUIRE(client.upload("sample.csv", kSampleCsv).status == 200);
    const auto before = client.pages();

    for (int round = 0; round < 2; ++round) {
        CAPTURE(round);
        database.stop();
        for (const char* target : {"/accounts", "/accounts/1", "/accounts/1/health", "/portfolio/summary",
                                   "/api/imports", "/api/jobs/1", "/playbooks"}) {
            CAPTURE(target);
            const Reply reply = client.get(target);
            CHECK(reply.status == 503);
            CHECK_FALSE(reply.header("retry-after").empty());
        }
        CHECK(client.get("/readyz").status == 503);
        CHECK(client.get("/health").status == 503);
        CHECK(client.get("/livez").status == 200);
        CHECK(client.upload("sample.csv", kSampleCsv).status == 503);
        CHECK(client.post("/health/recompute").status == 503);
        CHECK(server.files() == 0);
        CHECK(server.process().is_running());

        database.start();
        CHECK(eventually([&] { return client.get("/readyz").status == 200; }, 15s));
        CHECK(client.pages() == before);
        CHECK(client.upload("sample.csv", kSampleCsv).status == 200);
    }
}

TEST_CASE("an import goes on by itself after PostgreSQL was away in its middle") {
    if (test::database_kinds().size() < 2) return;
    PostgresqlServer database;
    const ServerProcess server({{"DATABASE_URL", database.url()}});
    const ApiClient client(server.port());
    const Reply accepted = client.upload("many.csv", many_rows(500), "", "Prefer: respond-async\r\n");
    REQUIRE(accepted.status == 202);
    const std::string job = accepted.header("location");
    REQUIRE(eventually([&] { return client.json(job)["rows_read"].GetInt() > 0; }, 30s));
    CHECK(client.json(job)["rows_read"].GetInt() < 100'000);
    database.stop();
    CHECK(client.get(job).status == 503);
    database.start();
    REQUIRE(eventually([&] { return client.get("/readyz").status == 200; }, 15s));
    REQUIRE(succeeds(client, job, 60s));
    CHECK(client.json(job)["result"]["rows_read"].GetInt() == 100'000);
    CHECK(client.json(job)["result"]["metrics_created"].GetInt() == 100'000);
    CHECK(client.accounts() == 500);
    CHECK(server.files() == 0);
}

}  // namespace keepwell::testing
