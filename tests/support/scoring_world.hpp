#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "domain/factor_registry.hpp"
#include "services/event_recording.hpp"
#include "services/health_scoring.hpp"
#include "services/recalculation_worker.hpp"
#include "services/scorecard_book.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::testing {

/// A database with customers that are scored by their events, and a clock that stands still.
class ScoringWorld {
public:
    explicit ScoringWorld(test::DatabaseKind kind, FactorRegistry registry = builtin_factors())
        : database(kind), factors(std::move(registry)) {}

    /// Named by `name`, which sorts customers of one test.
    CustomerId add_customer(const std::string& name, const std::string& segment = "SMB") {
        return transact(unit_of_work(), [&](Repositories& in) {
            const AccountAttributes attributes{.name = name,
                                               .segment = segment,
                                               .region = "EU",
                                               .arr = {1'200'000},
                                               .custom = {},
                                               .as_of = day_of(clock.now()),
                                               .arr_since = {},
                                               .first_day = {}};
            return in.customers.upsert_accounts({&attributes, 1}, clock.now()).front().id;
        });
    }

    CustomerEvent event(CustomerId id, std::string type, Attributes attributes) const {
        CustomerEvent made;
        made.customer_id = id;
        made.type = std::move(type);
        made.attributes = std::move(attributes);
        made.occurred_at = clock.now();
        made.received_at = clock.now();
        return made;
    }
    CustomerEvent login(CustomerId id) const {
        return event(id, "login", {{"ip_address", std::string{"10.0.0.1"}}, {"user", std::string{"jo"}}});
    }
    void record(const std::vector<CustomerEvent>& events) {
        unit_of_work().run([&](Repositories& in) { EventRecording::record(in, events, clock.now()); });
    }

    /// Moves the clock past the pause before a calculation and lets one worker do all that is due.
    void catch_up() {
        clock.advance(std::chrono::seconds{1});
        while (worker.run_batch() > 0) {
        }
    }

    HealthScore stored(CustomerId id) {
        return query(unit_of_work(),
                     [&](Repositories& in) { return in.health_scores.find_latest(id).value(); });
    }
    /// What the score is today, calculated anew.
    HealthScore calculated(CustomerId id) {
        return query(unit_of_work(), [&](Repositories& in) {
            return scoring.calculate(in, id, day_of(clock.now()), clock.now());
        });
    }
    Customer customer(CustomerId id) {
        return query(unit_of_work(), [&](Repositories& in) { return in.customers.find(id).value(); });
    }
    RecalculationRepository::Backlog backlog() {
        return query(unit_of_work(),
                     [&](Repositories& in) { return in.recalculations.backlog(clock.now()); });
    }
    UnitOfWork& unit_of_work() { return database.unit_of_work(); }

    test::TestDatabase database;
    FakeClock clock;
    FactorRegistry factors;
    ScorecardBook book{factors};
    HealthScoring scoring{book};
    RecalculationWorker worker{database.unit_of_work(), scoring, clock, {.owner = "test"}};
};

}  // namespace keepwell::testing
