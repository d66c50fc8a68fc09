#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "tests/support/event_invariants.hpp"
#include "tests/support/event_load.hpp"
#include "tests/support/fault_proxy.hpp"
#include "tests/support/process.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::testing {
namespace {

using namespace std::chrono_literals;
using Kind = test::DatabaseKind;

/// Another one each time, so that runs find more together than one does; KEEPWELL_FAULT_SEED repeats one.
std::uint64_t fault_seed() {
    if (const char* given = std::getenv("KEEPWELL_FAULT_SEED")) return std::stoull(given);
    return std::random_device{}() % 1'000'000;
}

/// What happens to a server while clients send events.
struct Course {
    Kind kind = Kind::kSqlite;
    int kills = 0;
    bool has_bad_clients_network = false;
    bool has_bad_database_network = false;
};

std::uint16_t port_in(const std::string& url) {
    const std::size_t colon = url.rfind(':');
    return static_cast<std::uint16_t>(std::stoi(url.substr(colon + 1)));
}

std::string with_port(const std::string& url, std::uint16_t port) {
    const std::size_t colon = url.rfind(':');
    return url.substr(0, colon + 1) + std::to_string(port) + url.substr(url.find('/', colon));
}

/// The server between its two networks, and what happens to all three.
class Ordeal {
public:
    Ordeal(const Course& course, std::uint64_t seed)
        : course_(course),
          random_(seed),
          database_(course.kind, test::TestDatabase::Schema::kEmpty),
          to_database_(course.kind == Kind::kPostgresql ? port_in(database_.url()) : 1, seed + 1),
          server_({{"DATABASE_URL", url()}}),
          to_server_(server_.port(), seed + 2) {}

    /// Things happen until the last kill, and a while after it.
    void run(const EventLedger& ledger) {
        set_networks();
        const int rounds = std::max(course_.kills, 4);
        for (int round = 0; round < rounds; ++round) {
            // A random moment, but one that something was written before.
            const auto earliest = ledger.size() + 20;
            const auto moment = std::chrono::steady_clock::now() +
                                std::chrono::milliseconds{std::uniform_int_distribution(50, 1'200)(random_)};
            const bool is_alive = eventually(
                [&] { return ledger.size() >= earliest && std::chrono::steady_clock::now() >= moment; }, 60s);
            if (!is_alive) FAIL("nothing is acknowledged any more, in round " << round);
            if (course_.has_bad_database_network) disturb(to_database_);
            if (course_.has_bad_clients_network) disturb(to_server_);
            if (round < course_.kills) {
                server_.kill();
                server_.start();
                to_server_.forward_to(server_.port());
            }
        }
        to_database_.set({});
        to_server_.set({});
    }

    std::uint16_t clients_port() const { return to_server_.port(); }
    ServerProcess& server() { return server_; }
    test::TestDatabase& database() { return database_; }
    std::int64_t cuts() const { return to_database_.cuts() + to_server_.cuts(); }

private:
    std::string url() const {
        return course_.has_bad_database_network ? with_port(database_.url(), to_database_.port())
                                                : database_.url();
    }

    void set_networks() {
        if (course_.has_bad_clients_network)
            to_server_.set({.delay = 4ms, .cut_request = 0.01, .cut_answer = 0.02});
        if (course_.has_bad_database_network)
            to_database_.set({.delay = 2ms, .cut_request = 0.0005, .cut_answer = 0.001});
    }

    /// Silence for a while, all connections lost at once, or neither.
    void disturb(FaultProxy& network) {
        const int what = std::uniform_int_distribution(0, 2)(random_);
        if (what == 0) {
            network.hold();
            std::this_thread::sleep_for(
                std::chrono::milliseconds{std::uniform_int_distribution(100, 1'500)(random_)});
            network.release();
        }
        if (what == 1) network.cut_all();
    }

    Course course_;
    std::mt19937_64 random_;
    test::TestDatabase database_;
    FaultProxy to_database_;
    ServerProcess server_;
    FaultProxy to_server_;
};

void survives(const Course& course) {
    const std::uint64_t seed = fault_seed();
    INFO("repeat it with KEEPWELL_FAULT_SEED=" << seed);
    Ordeal ordeal(course, seed);
    EventLedger ledger;
    EventLoad load(ordeal.clients_port(), {.seed = seed}, ledger);
    ordeal.run(ledger);
    load.finish();
    const auto broken =
        broken_invariants(ApiClient(ordeal.server().port()), ordeal.database(), load.customers(), ledger);
    std::printf(
        "faults: seed %llu, %s, %d kills, %lld cuts, %lld events acknowledged, %lld retries, %zu broken\n",
        static_cast<unsigned long long>(seed), course.kind == Kind::kSqlite ? "SQLite" : "PostgreSQL",
        course.kills, static_cast<long long>(ordeal.cuts()), static_cast<long long>(ledger.size()),
        static_cast<long long>(ledger.retries()), broken.size());
    for (const std::string& each : broken) UNSCOPED_INFO(each);
    CHECK(broken.empty());
    CHECK(ordeal.server().process().is_running());
    CHECK(ordeal.server().stop() == 0);
}

bool has_postgresql() {
    return test::database_kinds().size() > 1;
}

}  // namespace

TEST_CASE("no acknowledged event is lost or doubled when the server is killed (SQLite)") {
    survives({.kind = Kind::kSqlite, .kills = 4});
}

TEST_CASE("no acknowledged event is lost or doubled when the server is killed (PostgreSQL)") {
    if (!has_postgresql()) return;
    survives({.kind = Kind::kPostgresql, .kills = 4});
}

TEST_CASE("no acknowledged event is lost or doubled when clients lose their connections") {
    survives({.kind = Kind::kSqlite, .has_bad_clients_network = true});
}

TEST_CASE("no acknowledged event is lost or doubled when the server loses the database's connections") {
    if (!has_postgresql()) return;
    survives({.kind = Kind::kPostgresql, .has_bad_database_network = true});
}

TEST_CASE("no acknowledged event is lost or doubled over twenty kills in bad networks", "[slow]") {
    const Kind kind = GENERATE(from_range(test::database_kinds()));
    survives({.kind = kind,
              .kills = 20,
              .has_bad_clients_network = true,
              .has_bad_database_network = kind == Kind::kPostgresql});
}

}  // namespace keepwell::testing
