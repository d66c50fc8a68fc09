#include <catch2/catch.hpp>
#include <csignal>
#include <map>
#include <sstream>

#include "services/event_recording.hpp"
#include "tests/support/api_client.hpp"
#include "tests/support/process.hpp"
#include "tests/support/running_app.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::testing {
namespace {

using namespace std::chrono_literals;
using Kind = test::DatabaseKind;

constexpr int kCustomers = 100;
constexpr int kEvents = 10'000;
constexpr std::size_t kBatch = 500;

std::vector<CustomerId> add_customers(UnitOfWork& unit_of_work) {
    std::vector<AccountAttributes> customers;
    const Timestamp now = SystemClock{}.now();
    for (int i = 0; i < kCustomers; ++i) {
        customers.push_back({.name = "Customer " + std::to_string(i),
                             .segment = i % 2 == 0 ? "SMB" : "Enterprise",
                             .region = "EU",
                             .arr = {1'200'000},
                             .custom = {},
                             .as_of = day_of(now),
                             .arr_since = {},
                             .first_day = {}});
    }
    std::vector<CustomerId> ids;
    unit_of_work.run([&](Repositories& in) {
        ids.clear();
        for (const auto& row : in.customers.upsert_accounts(customers, now)) ids.push_back(row.id);
    });
    return ids;
}

/// The number-th event of a burst, the same each time, spread over customers, types and the last days.
CustomerEvent event_of(const std::vector<CustomerId>& ids, int number) {
    const Timestamp now = SystemClock{}.now();
    CustomerEvent event;
    event.customer_id = ids[static_cast<std::size_t>(number * 7) % ids.size()];
    event.message_id = "burst-" + std::to_string(number);
    event.received_at = now;
    event.occurred_at = now - std::chrono::hours{number % 500};
    switch (number % 5) {
        case 0:
            event.type = "login";
            event.attributes = {{"ip_address", std::string{"10.0.0.1"}}, {"user", std::string{"jo"}}};
            break;
        case 1:
            event.type = "feature_use";
            event.attributes = {{"feature_name", "feature-" + std::to_string(number % 9)}};
            break;
        case 2:
            event.type = "payment";
            event.attributes = {{"amount", 100.0}, {"status", std::string{"paid_on_time"}}};
            break;
        default:
            event.type = "api_call";
            event.attributes = {{"endpoint", "/" + std::to_string(number % 6)}, {"status_code", 200.0}};
    }
    return event;
}

/// Sends the events from `first` to `last` in batches; `between` is called after each.
template <typename Between>
void send(UnitOfWork& unit_of_work, const std::vector<CustomerId>& ids, int first, int last,
          Between between) {
    std::vector<CustomerEvent> batch;
    const auto flush = [&] {
        unit_of_work.run([&](Repositories& in) { EventRecording::record(in, batch, SystemClock{}.now()); });
        batch.clear();
        between();
    };
    for (int number = first; number < last; ++number) {
        batch.push_back(event_of(ids, number));
        if (batch.size() == kBatch) flush();
    }
    if (!batch.empty()) flush();
}

/// The samples of /metrics by their names with labels.
std::map<std::string, double> metrics(std::uint16_t port) {
    const Reply reply = ask(port, "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");
    std::map<std::string, double> samples;
    std::istringstream lines(reply.body);
    for (std::string line; std::getline(lines, line);) {
        const std::size_t space = line.rfind(' ');
        if (!line.empty() && line.front() != '#' && space != std::string::npos)
            samples[line.substr(0, space)] = std::stod(line.substr(space + 1));
    }
    return samples;
}

bool has_caught_up(UnitOfWork& unit_of_work) {
    return query(unit_of_work, [](Repositories& in) {
        return !in.recalculations.backlog(SystemClock{}.now()).oldest_request.has_value();
    });
}

/// Stored and calculated anew say the same of everybody, factor by factor.
void check_scores(const ApiClient& client, const std::vector<CustomerId>& ids) {
    for (const CustomerId id : ids) {
        CAPTURE(id.value);
        const std::string path = "/api/customers/" + std::to_string(id.value) + "/health";
        auto stored = client.json(path);
        const std::string day = stored["data"]["as_of"].GetString();
        auto anew = client.json(path + "?as_of=" + day);
        REQUIRE(stored["data"]["overall_score"].IsNumber());
        CHECK(stored["data"]["overall_score"] == anew["data"]["overall_score"]);
        CHECK(stored["data"]["status"] == anew["data"]["status"]);
        CHECK(stored["data"]["factors"] == anew["data"]["factors"]);
        CHECK(stored["data"]["data_summary"]["events_analyzed"].GetInt() == kEvents / kCustomers);
    }
}

}  // namespace

TEST_CASE(
    "A burst of 10,000 events leaves every score right, each calculated a handful of times, within two "
    "seconds") {
    const test::TestDatabase database(GENERATE(from_range(test::database_kinds())),
                                      test::TestDatabase::Schema::kEmpty);
    RunningApp app(database.url());
    const ApiClient client(app.port());
    const auto ids = add_customers(app.app().unit_of_work());
    send(app.app().unit_of_work(), ids, 0, kEvents, [&] { app.app().recalculation().wake(); });
    REQUIRE(eventually([&] { return has_caught_up(app.app().unit_of_work()); }, 30s));
    check_scores(client, ids);

    const auto samples = metrics(app.port());
    CHECK(samples.at("keepwell_recalculations_due") == 0);
    CHECK(samples.at("keepwell_recalculation_lag_seconds") == 0);
    CHECK(samples.at("keepwell_customers_scored_failures_total") == 0);
    CHECK(samples.at("keepwell_customers_scored_total") >= kCustomers);
    CHECK(samples.at("keepwell_customers_scored_total") <= kCustomers * 20);
    const double all = samples.at("keepwell_event_to_score_seconds_count");
    CHECK(samples.at("keepwell_event_to_score_seconds_bucket{le=\"2\"}") >= 0.99 * all);
    WARN(samples.at("keepwell_customers_scored_total") / kCustomers
         << " calculations per customer, mean lag " << samples.at("keepwell_event_to_score_seconds_sum") / all
         << " s");
}

TEST_CASE("Two nodes that only work share what a node that only serves has taken in, on one PostgreSQL") {
    const auto kinds = test::database_kinds();
    if (std::find(kinds.begin(), kinds.end(), Kind::kPostgresql) == kinds.end()) return;
    const test::TestDatabase database(Kind::kPostgresql, test::TestDatabase::Schema::kEmpty);
    ServerProcess server({{"DATABASE_URL", database.url()}, {"WORKERS", "0"}});
    const Environment environment{{"DATABASE_URL", database.url()}, {"LOG_LEVEL", "debug"}};
    data::Database connection({.url = database.url()});
    data::SociUnitOfWork unit_of_work(connection);
    const auto ids = add_customers(unit_of_work);
    send(unit_of_work, ids, 0, kEvents / 2, [] {});
    CHECK_FALSE(has_caught_up(unit_of_work));
    {
        TemporaryFolder first_folder;
        TemporaryFolder second_folder;
        Process first({"work"}, environment, first_folder.path());
        Process second({"work"}, environment, second_folder.path());
        send(unit_of_work, ids, kEvents / 2, kEvents, [] {});
        REQUIRE(eventually([&] { return has_caught_up(unit_of_work); }, 60s));
        check_scores(ApiClient(server.port()), ids);
        for (Process* process : {&first, &second}) {
            process->send(SIGTERM);
            CHECK(process->wait() == 0);
        }
    }
    CHECK(server.stop() == 0);
}

TEST_CASE("A node that dies while it calculates leaves nothing behind") {
    const auto kinds = test::database_kinds();
    if (std::find(kinds.begin(), kinds.end(), Kind::kPostgresql) == kinds.end()) return;
    const test::TestDatabase database(Kind::kPostgresql, test::TestDatabase::Schema::kEmpty);
    ServerProcess server({{"DATABASE_URL", database.url()}, {"WORKERS", "1"}});
    data::Database connection({.url = database.url()});
    data::SociUnitOfWork unit_of_work(connection);
    const auto ids = add_customers(unit_of_work);
    // A worker that took some customers and is never heard of again.
    send(unit_of_work, ids, 0, kEvents, [&] {
        unit_of_work.run([](Repositories& in) {
            in.recalculations.claim("gone", SystemClock{}.now() + kRecalculationDelay, 1s, 7);
        });
    });
    REQUIRE(eventually([&] { return has_caught_up(unit_of_work); }, 60s));
    check_scores(ApiClient(server.port()), ids);
    CHECK(server.stop() == 0);
}

}  // namespace keepwell::testing
