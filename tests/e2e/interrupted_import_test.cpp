#include <signal.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <random>

#include "tests/support/api_client.hpp"
#include "tests/support/process.hpp"
#include "tests/support/running_app.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::testing {
namespace {

using Schema = test::TestDatabase::Schema;

using namespace std::chrono_literals;

/// A made-up portfolio, the same each time.
class Portfolio {
public:
    Portfolio(int customers, int days) : path_(folder_.path() / "portfolio.csv"), customers_(customers) {
        Process demo({"demo", "--csv", path_.string(), "--customers", std::to_string(customers), "--days",
                      std::to_string(days), "--last-day", "2024-12-31"},
                     {}, folder_.path());
        REQUIRE(demo.wait(120s) == 0);
        std::ifstream file(path_, std::ios::binary);
        csv_.assign(std::istreambuf_iterator<char>{file}, {});
        rows_ = std::count(csv_.begin(), csv_.end(), '\n') - 1;
    }

    const std::filesystem::path& path() const { return path_; }
    const std::string& csv() const { return csv_; }
    std::int64_t rows() const { return rows_; }
    std::int64_t customers() const { return customers_; }

private:
    TemporaryFolder folder_;
    std::filesystem::path path_;
    std::string csv_;
    std::int64_t rows_ = 0;
    std::int64_t customers_;
};

/// Times differ, and so do numbers: PostgreSQL gives those of a transaction that was cut off to nobody else.
std::string comparable(std::string json) {
    for (const std::string name : {"created_at", "updated_at", "next_cursor", "id", "account_id"}) {
        const std::string key = "\"" + name + "\":";
        for (std::size_t at = json.find(key); at != std::string::npos; at = json.find(key, at))
            json.erase(at, json.find_first_of(",}", at) - at);
    }
    return json;
}

/// All that users see of the portfolio, as far as it does not depend on when and how it came in.
std::vector<std::string> seen_by_users(const ApiClient& client) {
    std::vector<std::string> texts;
    for (const std::string& page : client.pages()) texts.push_back(comparable(page));
    texts.push_back(client.get("/portfolio/summary").body);
    texts.push_back(client.get("/portfolio/summary?as_of=2024-12-31").body);
    const auto last = client.json("/accounts?sort=-id&page_size=1")["accounts"][0]["id"].GetInt64();
    texts.push_back(comparable(client.get("/accounts/" + std::to_string(last) + "?as_of=2024-12-31").body));
    return texts;
}

/// What an import that nothing interrupts gives.
std::vector<std::string> undisturbed(test::DatabaseKind kind, const Portfolio& portfolio) {
    test::TestDatabase database(kind, Schema::kEmpty);
    const Environment environment{{"DATABASE_URL", database.url()}};
    const TemporaryFolder folder;
    Process import({"import", portfolio.path().string()}, environment, folder.path());
    REQUIRE(import.wait(300s) == 0);
    const ServerProcess server(environment);
    return seen_by_users(ApiClient(server.port()));
}

/// Shows the place and not whole pages when they differ.
void check_same(const std::vector<std::string>& actual, const std::vector<std::string>& expected) {
    REQUIRE(actual.size() == expected.size());
    for (std::size_t i = 0; i < actual.size(); ++i) {
        const auto [left, right] =
            std::mismatch(actual[i].begin(), actual[i].end(), expected[i].begin(), expected[i].end());
        if (left == actual[i].end() && right == expected[i].end()) continue;
        const auto at = static_cast<std::size_t>(left - actual[i].begin());
        const std::size_t from = at < 200 ? 0 : at - 200;
        FAIL("text " << i << " differs: " << actual[i].substr(from, 400) << " instead of "
                     << expected[i].substr(from, 400));
    }
}

/// Queues the import and returns the target of its job.
std::string start_import(const ApiClient& client, const Portfolio& portfolio) {
    const Reply reply = client.upload("portfolio.csv", portfolio.csv(), "", "Prefer: respond-async\r\n");
    REQUIRE(reply.status == 202);
    return reply.header("location");
}

std::int64_t rows_read(const ServerProcess& server, const std::string& job) {
    return ApiClient(server.port()).json(job)["rows_read"].GetInt64();
}

bool has_succeeded(const ServerProcess& server, const std::string& job) {
    return ApiClient(server.port()).json(job)["status"] == "succeeded";
}

void check_result(const ServerProcess& server, const std::string& job, const Portfolio& portfolio,
                  test::TestDatabase& database) {
    const auto ended = ApiClient(server.port()).json(job);
    const auto& result = ended["result"];
    CHECK(result["rows_read"].GetInt64() == portfolio.rows());
    CHECK(result["rows_rejected"].GetInt64() == 0);
    CHECK(result["metrics_created"].GetInt64() == portfolio.rows());
    CHECK(result["metrics_updated"].GetInt64() == 0);
    CHECK(result["accounts_created"].GetInt64() == portfolio.customers());
    CHECK(result["accounts_updated"].GetInt64() == 0);
    CHECK(database.number("SELECT count(*) FROM account_metrics_daily") == portfolio.rows());
    CHECK(database.number("SELECT count(*) FROM customers") == portfolio.customers());
    CHECK(server.files() == 0);
}

void survives_kills(test::DatabaseKind kind, const Portfolio& portfolio, int kills) {
    CAPTURE(Catch::rngSeed());
    std::mt19937 random(Catch::rngSeed());
    test::TestDatabase database(kind, Schema::kEmpty);
    ServerProcess server({{"DATABASE_URL", database.url()}});
    const std::string job = start_import(ApiClient(server.port()), portfolio);
    for (int kill = 0; kill < kills; ++kill) {
        // Somewhere in this kill's share of the file.
        const double share = (kill + std::uniform_real_distribution(0.1, 0.9)(random)) / kills * 0.8;
        const auto moment = static_cast<std::int64_t>(share * static_cast<double>(portfolio.rows()));
        REQUIRE(eventually([&] { return rows_read(server, job) >= moment; }, 60s));
        server.kill();
        const std::int64_t before = database.number("SELECT max(rows_read) FROM import_manifests");
        CAPTURE(kill, moment, before);
        REQUIRE(before < portfolio.rows());
        server.start();
        // By itself, once the lease of 15 seconds is over.
        CHECK(eventually([&] { return rows_read(server, job) > before; }, 20s));
    }
    REQUIRE(eventually([&] { return has_succeeded(server, job); }, 300s));
    check_result(server, job, portfolio, database);
    check_same(seen_by_users(ApiClient(server.port())), undisturbed(kind, portfolio));
    CHECK(server.stop() == 0);
}

bool has_postgresql() {
    return test::database_kinds().size() > 1;
}

}  // namespace

TEST_CASE(
    "an import goes on by itself after each kill of the server, and ends as if there had been none "
    "(SQLite)") {
    survives_kills(test::DatabaseKind::kSqlite, Portfolio(1'000, 150), 2);
}

TEST_CASE(
    "an import goes on by itself after each kill of the server, and ends as if there had been none "
    "(PostgreSQL)") {
    if (!has_postgresql()) return;
    survives_kills(test::DatabaseKind::kPostgresql, Portfolio(1'000, 150), 2);
}

TEST_CASE("an import of a million rows survives three kills of the server", "[slow]") {
    const auto kind = GENERATE(from_range(test::database_kinds()));
    CAPTURE(kind);
    survives_kills(kind, Portfolio(2'000, 500), 3);
}

TEST_CASE("an import goes on at once when the server was stopped in its middle") {
    const auto kind = GENERATE(from_range(test::database_kinds()));
    CAPTURE(kind);
    const Portfolio portfolio(1'000, 150);
    test::TestDatabase database(kind, Schema::kEmpty);
    ServerProcess server({{"DATABASE_URL", database.url()}});
    const std::string job = start_import(ApiClient(server.port()), portfolio);
    REQUIRE(eventually([&] { return rows_read(server, job) > 0; }, 60s));
    CHECK(server.stop(20s) == 0);
    const std::int64_t before = database.number("SELECT max(rows_read) FROM import_manifests");
    CHECK(before < portfolio.rows());
    server.start();
    CHECK(eventually([&] { return rows_read(server, job) > before; }, 5s));
    REQUIRE(eventually([&] { return has_succeeded(server, job); }, 60s));
    check_result(server, job, portfolio, database);

    // The same file again: each account exists already and is counted once, stopped in between or not.
    const std::string again = start_import(ApiClient(server.port()), portfolio);
    REQUIRE(eventually([&] { return rows_read(server, again) > 0; }, 60s));
    CHECK(server.stop(20s) == 0);
    server.start();
    REQUIRE(eventually([&] { return has_succeeded(server, again); }, 60s));
    const auto ended = ApiClient(server.port()).json(again);
    CHECK(ended["result"]["accounts_created"].GetInt64() == 0);
    CHECK(ended["result"]["accounts_updated"].GetInt64() == portfolio.customers());
    CHECK(ended["result"]["metrics_created"].GetInt64() == 0);
    CHECK(ended["result"]["metrics_updated"].GetInt64() == 0);
}

TEST_CASE("`keepwell import` that was killed goes on where it was when it is started again") {
    const auto kind = GENERATE(from_range(test::database_kinds()));
    CAPTURE(kind);
    const Portfolio portfolio(1'000, 150);
    test::TestDatabase database(kind, Schema::kEmpty);
    const Environment environment{{"DATABASE_URL", database.url()}};
    const TemporaryFolder folder;
    const std::vector<std::string> command{"import", portfolio.path().string()};
    {
        Process killed(command, environment, folder.path());
        const auto is_halfway = [&] {
            try {
                return database.number("SELECT coalesce(max(rows_read), 0) FROM import_manifests") >
                       portfolio.rows() / 3;
            } catch (const std::exception&) {
                return false;  // There is no table yet.
            }
        };
        REQUIRE(eventually(is_halfway, 60s));
        killed.send(SIGKILL);
        CHECK(killed.wait() == 128 + SIGKILL);
    }
    CHECK(database.number("SELECT max(rows_read) FROM import_manifests") < portfolio.rows());
    Process again(command, environment, folder.path());
    REQUIRE(again.wait(120s) == 0);
    CAPTURE(again.output());
    // One manifest that has counted every row once: the second run has not read the first one's rows again.
    CHECK(database.number("SELECT count(*) FROM import_manifests") == 1);
    CHECK(database.number("SELECT rows_read FROM import_manifests") == portfolio.rows());
    CHECK(database.number("SELECT metrics_created FROM import_manifests") == portfolio.rows());
    CHECK(database.number("SELECT accounts_updated FROM import_manifests") == 0);
    CHECK(database.number("SELECT count(*) FROM account_metrics_daily") == portfolio.rows());
    CHECK(std::filesystem::exists(portfolio.path()));
    const ServerProcess server(environment);
    check_same(seen_by_users(ApiClient(server.port())), undisturbed(kind, portfolio));
}

}  // namespace keepwell::testing
