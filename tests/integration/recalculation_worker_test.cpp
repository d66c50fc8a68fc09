#include "services/recalculation_worker.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <set>
#include <thread>

#include "domain/error.hpp"
#include "services/job_worker.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/scoring_world.hpp"

namespace keepwell::testing {
namespace {

using namespace std::chrono_literals;
using Kind = test::DatabaseKind;

/// Notices when two threads score one customer at the same time.
class WatchingFactor final : public BaseHealthFactor {
public:
    struct Seen {
        std::mutex mutex;
        std::set<std::int64_t> in_work;
        std::atomic<int> collisions{0};
    };
    explicit WatchingFactor(Seen& seen) : seen_(seen) {}

    std::string_view name() const override { return "watching"; }
    std::string_view summary() const override { return "Watches"; }
    double default_weight() const override { return 1; }
    FactorNeeds needs() const override { return {.activity = true}; }
    std::optional<double> score(const FactorInput& input) const override { return explain(input).score; }
    FactorScore explain(const FactorInput& input) const override {
        FactorScore score;
        std::int64_t logins = 0;
        {
            const std::lock_guard lock(seen_.mutex);
            if (!seen_.in_work.insert(input.customer->id.value).second) ++seen_.collisions;
        }
        for (const DailyActivity& day : input.activity->days) logins += day.count;
        std::this_thread::yield();
        const std::lock_guard lock(seen_.mutex);
        seen_.in_work.erase(input.customer->id.value);
        score.value = static_cast<double>(logins);
        score.score = std::min(100.0, static_cast<double>(logins) / 10);
        return score;
    }

private:
    Seen& seen_;
};

/// Makes the database refuse scores of a customer.
void refuse_scores_of(test::TestDatabase& database, CustomerId id) {
    const std::string number = std::to_string(id.value);
    if (database.kind() == Kind::kSqlite) {
        database.execute("CREATE TRIGGER refuse BEFORE INSERT ON health_scores WHEN NEW.customer_id = " +
                         number + " BEGIN SELECT RAISE(ABORT, 'refused'); END");
    } else {
        database.execute("ALTER TABLE health_scores ADD CONSTRAINT refuse CHECK (customer_id <> " + number +
                         ")");
    }
}

void accept_scores(test::TestDatabase& database) {
    database.execute(database.kind() == Kind::kSqlite ? "DROP TRIGGER refuse"
                                                      : "ALTER TABLE health_scores DROP CONSTRAINT refuse");
}

}  // namespace

TEST_CASE("An event leads to a stored score and to the customer's own columns") {
    ScoringWorld world(GENERATE(from_range(test::database_kinds())));
    const CustomerId acme = world.add_customer("Acme");
    world.record({world.login(acme),
                  world.event(acme, "feature_use", {{"feature_name", std::string{"export"}}}),
                  world.event(acme, "nps_response", {{"score", 9.0}}),
                  world.event(acme, "support_ticket",
                              {{"ticket_id", std::string{"T-1"}}, {"status", std::string{"open"}}})});
    CHECK(world.backlog().oldest_request == world.clock.now());

    world.catch_up();

    const HealthScore score = world.stored(acme);
    CHECK(score.scorecard == "activity");
    CHECK(score.as_of == day_of(world.clock.now()));
    CHECK(tells_the_same(score, world.calculated(acme)));
    const Customer stored = world.customer(acme);
    CHECK(stored.scorecard == "activity");
    CHECK(stored.health_score == score.overall_score);
    CHECK(stored.health_status == score.status);
    CHECK(stored.last_login == world.clock.now() - 1s);
    CHECK(stored.last_activity == world.clock.now() - 1s);
    CHECK(stored.support_tickets == 1);
    CHECK(stored.nps_score == 9.0);
    CHECK(stored.feature_usage == decltype(stored.feature_usage){{"export", 1}});
    CHECK_FALSE(world.backlog().oldest_request);
}

TEST_CASE("Scoring the same again on the same day adds nothing to the history") {
    ScoringWorld world(GENERATE(from_range(test::database_kinds())));
    const CustomerId acme = world.add_customer("Acme");
    world.record({world.login(acme)});
    world.catch_up();
    const auto rows = [&] { return world.database.number("SELECT count(*) FROM health_scores"); };
    REQUIRE(rows() == 1);

    world.unit_of_work().run([&](Repositories& in) {
        const std::array ids{acme};
        in.recalculations.request(ids, world.clock.now(), world.clock.now());
    });
    world.catch_up();
    CHECK(world.worker.stats().calculated == 2);
    CHECK(rows() == 1);
}

TEST_CASE("A customer whose events stop drifts down without any event") {
    ScoringWorld world(GENERATE(from_range(test::database_kinds())));
    const CustomerId acme = world.add_customer("Acme");
    for (int day = 0; day < 20; ++day) {
        world.clock.advance(24h);
        world.record({world.login(acme), world.login(acme),
                      world.event(acme, "api_call", {{"endpoint", std::string{"/a"}}})});
        world.catch_up();
    }
    double last = world.stored(acme).overall_score.value();
    CHECK(last > 30);
    for (int week = 0; week < 5; ++week) {
        world.clock.advance(7 * 24h);
        world.catch_up();
        const double now = world.stored(acme).overall_score.value();
        CHECK(now <= last);
        CHECK(world.stored(acme).as_of == day_of(world.clock.now()));
        last = now;
    }
    CHECK(last < 5);
    CHECK(world.customer(acme).health_status == HealthStatus::kCritical);
}

TEST_CASE("A source that was never connected paints nobody red") {
    ScoringWorld world(GENERATE(from_range(test::database_kinds())));
    const CustomerId acme = world.add_customer("Acme");
    world.clock.advance(40 * 24h);
    std::vector<CustomerEvent> calls;
    for (int i = 0; i < 600; ++i) {
        calls.push_back(world.event(acme, "api_call",
                                    {{"endpoint", "/" + std::to_string(i % 6)}, {"status_code", 200.0}}));
    }
    world.record(calls);
    world.catch_up();
    const HealthScore score = world.stored(acme);
    CHECK(score.status == HealthStatus::kInsufficientData);
    CHECK(score.overall_score == Approx(100));
    for (const FactorScore& factor : score.factors) {
        CAPTURE(factor.name);
        CHECK(factor.score.has_value() == (factor.name == "api_usage"));
    }
}

TEST_CASE("A customer with metrics rows keeps its card and its score when events come") {
    ScoringWorld world(GENERATE(from_range(test::database_kinds())));
    const CustomerId acme = world.add_customer("Acme");
    const DailyMetrics row{.customer_id = acme,
                           .date = day_of(world.clock.now()),
                           .daily_active_users = 160,
                           .feature_adoption_rate = 0.78,
                           .support_tickets_open = 2,
                           .nps_score = 55,
                           .login_frequency = 0.88,
                           .arr = {50'000'000},
                           .health_score = 84.325};
    const std::array ids{acme};
    world.unit_of_work().run([&](Repositories& in) {
        in.daily_metrics.upsert({&row, 1});
        in.customers.mark_stale(ids);
        CHECK(world.scoring.refresh(in, ids, world.clock.now()).empty());
    });
    CHECK(world.customer(acme).health_score == Approx(84.325));
    CHECK(world.customer(acme).scorecard == "metrics");

    world.clock.advance(48h);
    world.record({world.login(acme)});
    world.catch_up();
    CHECK(world.customer(acme).scorecard == "metrics");
    CHECK(world.customer(acme).health_score == Approx(84.325));
    CHECK(world.customer(acme).last_login == world.clock.now() - 1s);
    CHECK(world.database.number("SELECT count(*) FROM health_scores") == 1);
}

TEST_CASE("A customer of whom nothing is known gets no score") {
    ScoringWorld world(GENERATE(from_range(test::database_kinds())));
    const CustomerId acme = world.add_customer("Acme");
    world.unit_of_work().run([&](Repositories& in) {
        const std::array ids{acme};
        in.recalculations.request(ids, world.clock.now(), world.clock.now());
    });
    world.catch_up();
    CHECK(world.worker.stats().calculated == 1);
    CHECK_FALSE(world.customer(acme).scorecard);
    CHECK(world.database.number("SELECT count(*) FROM health_scores") == 0);
}

TEST_CASE("A score that was made from a customer as it was before is not stored over a newer one") {
    ScoringWorld world(GENERATE(from_range(test::database_kinds())));
    const CustomerId acme = world.add_customer("Acme");
    world.record({world.login(acme)});
    world.catch_up();
    const std::array ids{acme};
    world.record({world.login(acme)});
    const auto outdated = query(world.unit_of_work(), [&](Repositories& in) {
        return world.scoring.score(in, ids, world.clock.now());
    });
    SECTION("somebody has overridden it") {
        world.unit_of_work().run([&](Repositories& in) {
            in.overrides.add({.customer_id = acme,
                              .score = 12,
                              .author = "jo",
                              .reason = "because",
                              .created_at = world.clock.now(),
                              .expires_at = world.clock.now() + 1h});
            world.scoring.refresh(in, ids, world.clock.now());
        });
    }
    SECTION("somebody has given it another scorecard") {
        world.unit_of_work().run([&](Repositories& in) {
            CustomerChange change;
            change.scorecard = "metrics";
            in.customers.update(acme, change, {}, world.clock.now());
        });
    }
    const Customer before = world.customer(acme);
    world.unit_of_work().run([&](Repositories& in) {
        in.customers.lock(ids);
        CHECK(world.scoring.store(in, outdated, world.clock.now()) == std::vector{acme});
    });
    CHECK(world.customer(acme).scorecard == before.scorecard);
    CHECK(world.customer(acme).health_score == before.health_score);
}

TEST_CASE("An override counts until it expires, and then the computed score by itself") {
    ScoringWorld world(GENERATE(from_range(test::database_kinds())));
    const CustomerId acme = world.add_customer("Acme");
    world.record({world.login(acme)});
    world.unit_of_work().run([&](Repositories& in) {
        in.overrides.add({.customer_id = acme,
                          .score = 93,
                          .author = "jo",
                          .reason = "I know them",
                          .created_at = world.clock.now(),
                          .expires_at = world.clock.now() + 1h});
    });
    world.catch_up();
    CHECK(world.customer(acme).health_score == 93);
    world.clock.advance(1h);
    world.catch_up();
    CHECK(world.customer(acme).health_score == world.calculated(acme).overall_score);
    CHECK_FALSE(world.stored(acme).replaced);
}

TEST_CASE("A customer that can't be scored holds nobody up and ends as a dead job that can be replayed") {
    ScoringWorld world(GENERATE(from_range(test::database_kinds())));
    std::vector<CustomerId> ids;
    std::vector<CustomerEvent> events;
    for (int i = 0; i < 7; ++i) {
        ids.push_back(world.add_customer("Customer " + std::to_string(i)));
        events.push_back(world.login(ids.back()));
    }
    const CustomerId bad = ids[4];
    refuse_scores_of(world.database, bad);
    world.record(events);
    world.catch_up();
    for (const CustomerId id : ids) CHECK(world.customer(id).scorecard.has_value() == (id != bad));
    const auto dead = [&] {
        return query(world.unit_of_work(),
                     [](Repositories& in) { return in.jobs.list(JobState::kDead, 10); });
    };
    for (int attempt = 1; attempt < 8; ++attempt) {
        CHECK(world.worker.stats().failed == attempt);
        CHECK(dead().empty());
        CHECK(world.backlog().oldest_request);
        world.clock.advance(5min);
        world.catch_up();
    }
    CHECK(world.worker.stats().given_up == 1);
    REQUIRE(dead().size() == 1);
    CHECK(dead().front().type == "recalculate");
    CHECK(dead().front().payload == R"({"customer_id":)" + std::to_string(bad.value) + "}");
    CHECK(dead().front().last_error == "internal error; see the log of the server");
    CHECK_FALSE(world.backlog().oldest_request);

    accept_scores(world.database);
    JobWorker jobs(world.unit_of_work(), world.clock, {.owner = "jobs"});
    world.worker.run_in(jobs);
    world.unit_of_work().run(
        [&](Repositories& in) { CHECK(in.jobs.replay(dead().front().id, world.clock.now())); });
    jobs.start();
    const auto done =
        query(world.unit_of_work(), [](Repositories& in) { return in.jobs.list({}, 1); }).front();
    CHECK(jobs.wait(done.id, 30s).state == JobState::kSucceeded);
    jobs.stop();
    world.catch_up();
    CHECK(world.customer(bad).scorecard == "activity");
}

TEST_CASE(
    "However events and calculations meet, every score is right in the end and none is made twice at once") {
    const auto kind = GENERATE(from_range(test::database_kinds()));
    WatchingFactor::Seen seen;
    FactorRegistry registry = builtin_factors();
    registry.add(std::make_unique<WatchingFactor>(seen));
    ScoringWorld world(kind, std::move(registry));
    world.unit_of_work().run([&](Repositories& in) {
        Scorecard card = activity_scorecard();
        card.version = 2;
        card.factors.push_back({.factor = "watching", .weight = 1});
        in.scorecards.add(activity_scorecard(), world.clock.now());
        in.scorecards.add(card, world.clock.now());
        in.scorecards.bump_revision();
    });
    constexpr int kCustomers = 40;
    constexpr int kWriters = 3;
    constexpr int kBatches = 30;
    std::vector<CustomerId> ids;
    for (int i = 0; i < kCustomers; ++i) ids.push_back(world.add_customer("Customer " + std::to_string(i)));

    const SystemClock clock;
    const auto options = [](std::string owner) {
        return RecalculationWorker::Options{
            .threads = 2, .owner = std::move(owner), .poll = 5ms, .again = 1ms, .batch = 7};
    };
    RecalculationWorker one(world.unit_of_work(), world.scoring, clock, options("one"));
    RecalculationWorker other(world.unit_of_work(), world.scoring, clock, options("other"));
    one.start();
    other.start();
    std::vector<std::thread> writers;
    for (int writer = 0; writer < kWriters; ++writer) {
        writers.emplace_back([&, writer] {
            for (int batch = 0; batch < kBatches; ++batch) {
                std::vector<CustomerEvent> events;
                for (int i = 0; i < 10; ++i) {
                    const auto customer =
                        static_cast<std::size_t>((writer * 7 + batch * 3 + i * 11) % kCustomers);
                    events.push_back(world.login(ids[customer]));
                    events.back().occurred_at = clock.now();
                }
                world.unit_of_work().run(
                    [&](Repositories& in) { EventRecording::record(in, events, clock.now()); });
                one.wake();
            }
        });
    }
    for (std::thread& writer : writers) writer.join();
    const bool is_done = eventually(
        [&] {
            return query(world.unit_of_work(), [&](Repositories& in) {
                return !in.recalculations.backlog(clock.now()).oldest_request.has_value();
            });
        },
        60s);
    one.stop();
    other.stop();
    REQUIRE(is_done);
    CHECK(seen.collisions == 0);
    CHECK(one.stats().failed + other.stats().failed == 0);
    double logins = 0;
    for (const CustomerId id : ids) {
        CAPTURE(id.value);
        const HealthScore score = world.stored(id);
        const HealthScore right = query(world.unit_of_work(), [&](Repositories& in) {
            return world.scoring.calculate(in, id, score.as_of, clock.now());
        });
        CHECK(score.overall_score == right.overall_score);
        logins += score.factors.back().value.value_or(0);
    }
    CHECK(logins == kWriters * kBatches * 10);
}

}  // namespace keepwell::testing
