#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <memory>
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

/// As the test says unless KEEPWELL_FAULT_KILLS does.
int fault_kills(int usual) {
    const char* given = std::getenv("KEEPWELL_FAULT_KILLS");
    return usual == 0 || given == nullptr ? usual : std::stoi(given);
}

/// What happens to a server while clients send events.
struct Course {
    Kind kind = Kind::kSqlite;
    int kills = 0;
    int nodes = 1;  ///< Servers on one PostgreSQL.
    bool has_bad_clients_network = false;
    bool has_bad_database_network = false;
};

/// The servers between their networks, and what happens to all of them.
class Ordeal {
public:
    Ordeal(const Course& course, std::uint64_t seed)
        : course_(course),
          random_(seed),
          database_(course.kind, test::TestDatabase::Schema::kEmpty),
          to_database_(course.kind == Kind::kPostgresql ? port_in(database_.url()) : 1, seed + 1) {
        for (int number = 0; number < course.nodes; ++number)
            nodes_.push_back(std::make_unique<Node>(url(), seed + 2 + static_cast<std::uint64_t>(number)));
    }

    /// Things happen until the last kill, and a while after it.
    void run(const EventLedger& ledger) {
        set_networks();
        const int rounds = std::max(course_.kills, 4);
        for (int round = 0; round < rounds; ++round) {
            // A random moment, but one that something was written before.
            const auto earliest = ledger.size() + 20;
            const auto moment = std::chrono::steady_clock::now() + pause(50, 1'200);
            const bool is_alive = eventually(
                [&] { return ledger.size() >= earliest && std::chrono::steady_clock::now() >= moment; }, 60s);
            if (!is_alive) FAIL("nothing is acknowledged any more, in round " << round);
            Node& node = *nodes_[random_() % nodes_.size()];
            if (course_.has_bad_database_network) disturb(to_database_);
            if (course_.has_bad_clients_network) disturb(node.network);
            if (round < course_.kills) {
                node.server.kill();
                restart(node);
            }
        }
        to_database_.set({});
        for (const auto& node : nodes_) node->network.set({});
    }

    std::vector<std::uint16_t> clients_ports() const {
        std::vector<std::uint16_t> ports;
        for (const auto& node : nodes_) ports.push_back(node->network.port());
        return ports;
    }
    ServerProcess& any_server() { return nodes_.front()->server; }
    test::TestDatabase& database() { return database_; }
    std::int64_t cuts() const {
        std::int64_t cuts = to_database_.cuts();
        for (const auto& node : nodes_) cuts += node->network.cuts();
        return cuts;
    }
    void check_end() {
        for (const auto& node : nodes_) {
            CHECK(node->server.process().is_running());
            CHECK(node->server.stop() == 0);
        }
    }

private:
    struct Node {
        Node(const std::string& url, std::uint64_t seed)
            : server({{"DATABASE_URL", url}}), network(server.port(), seed) {}

        ServerProcess server;
        FaultProxy network;  ///< Between its clients and it.
    };

    std::string url() const {
        return course_.has_bad_database_network ? with_port(database_.url(), to_database_.port())
                                                : database_.url();
    }

    std::chrono::milliseconds pause(int least_ms, int most_ms) {
        return std::chrono::milliseconds{std::uniform_int_distribution(least_ms, most_ms)(random_)};
    }

    /// As a supervisor does: again when it ends at once, which a bad network to the database may bring about.
    void restart(Node& node) const {
        for (int attempt = 1;; ++attempt) {
            try {
                node.server.start();
                break;
            } catch (const std::runtime_error&) {
                if (!course_.has_bad_database_network || attempt == 10) throw;
            }
        }
        node.network.forward_to(node.server.port());
    }

    void set_networks() {
        if (course_.has_bad_database_network)
            to_database_.set({.delay = 1ms, .cut_request = 0.002, .cut_answer = 0.004});
        if (!course_.has_bad_clients_network) return;
        for (const auto& node : nodes_)
            node->network.set({.delay = 4ms, .cut_request = 0.01, .cut_answer = 0.02});
    }

    /// Silence for a while, all connections lost at once, or neither.
    void disturb(FaultProxy& network) {
        const int what = std::uniform_int_distribution(0, 2)(random_);
        if (what == 0) {
            network.hold();
            std::this_thread::sleep_for(pause(100, 1'500));
            network.release();
        }
        if (what == 1) network.cut_all();
    }

    Course course_;
    std::mt19937_64 random_;
    test::TestDatabase database_;
    FaultProxy to_database_;
    std::vector<std::unique_ptr<Node>> nodes_;
};

void survives(Course course) {
    course.kills = fault_kills(course.kills);
    const std::uint64_t seed = fault_seed();
    INFO("repeat it with KEEPWELL_FAULT_SEED=" << seed);
    Ordeal ordeal(course, seed);
    EventLedger ledger;
    EventLoad load(ordeal.clients_ports(), {.seed = seed}, ledger);
    ordeal.run(ledger);
    load.finish();
    const auto broken =
        broken_invariants(ApiClient(ordeal.any_server().port()), ordeal.database(), load.customers(), ledger);
    std::printf(
        "faults: seed %llu, %s, %d kills, %lld cuts, %lld events acknowledged, %lld retries, %zu broken\n",
        static_cast<unsigned long long>(seed), course.kind == Kind::kSqlite ? "SQLite" : "PostgreSQL",
        course.kills, static_cast<long long>(ordeal.cuts()), static_cast<long long>(ledger.size()),
        static_cast<long long>(ledger.retries()), broken.size());
    for (const std::string& each : broken) UNSCOPED_INFO(each);
    CHECK(broken.empty());
    ordeal.check_end();
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

TEST_CASE(
    "no acknowledged event is lost or doubled when two servers share a database and are killed in turn") {
    if (!has_postgresql()) return;
    survives({.kind = Kind::kPostgresql, .kills = 4, .nodes = 2});
}

TEST_CASE("no acknowledged event is lost or doubled over twenty kills in bad networks", "[slow]") {
    const Kind kind = GENERATE(from_range(test::database_kinds()));
    survives({.kind = kind,
              .kills = 20,
              .has_bad_clients_network = true,
              .has_bad_database_network = kind == Kind::kPostgresql});
}

}  // namespace keepwell::testing
