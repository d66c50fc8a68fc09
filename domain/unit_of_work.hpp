#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <type_traits>
#include <utility>

#include "domain/customer.hpp"
#include "domain/daily_activity.hpp"
#include "domain/daily_metrics.hpp"
#include "domain/event.hpp"
#include "domain/event_type.hpp"
#include "domain/health_override.hpp"
#include "domain/health_score.hpp"
#include "domain/import.hpp"
#include "domain/job.hpp"
#include "domain/lease.hpp"
#include "domain/playbook.hpp"
#include "domain/portfolio.hpp"
#include "domain/recalculation.hpp"
#include "domain/scorecard.hpp"
#include "domain/segment.hpp"
#include "domain/session.hpp"

namespace keepwell {

/// Every repository, bound to the session in use.
struct Repositories {
    CustomerRepository& customers;
    DailyMetricsRepository& daily_metrics;
    HealthScoreRepository& health_scores;
    PortfolioRepository& portfolio;
    JobRepository& jobs;
    ImportRepository& imports;
    PlaybookRepository& playbooks;
    ScorecardRepository& scorecards;
    EventRepository& events;
    EventTypeRepository& event_types;
    DailyActivityRepository& activity;
    SessionRepository& sessions;
    RecalculationRepository& recalculations;
    HealthOverrideRepository& overrides;
    SegmentRepository& segments;
    LeaseRepository& leases;
};

/// What the database cost the current thread since the last reset; the access log prints it.
struct DatabaseUse {
    int queries = 0;
    std::chrono::nanoseconds time{0};
};
/// The current thread's counter.
DatabaseUse& database_use();

/// Port: the only two doors to the database. Thread-safe.
/// Both throw Error{kUnavailable} when the database is away or no session is free in time.
class UnitOfWork {
public:
    using Work = std::function<void(Repositories&)>;
    virtual ~UnitOfWork() = default;

    /// One transaction: committed when `work` returns, rolled back when it throws. Durable once this returns.
    /// `work` may be run again after a deadlock or a serialization failure, so it must not keep state of a
    /// first run; it must not call the network.
    virtual void run(const Work& work) = 0;
    /// For reading: no transaction, prepared statements; retried once on a lost connection.
    virtual void read(const Work& work) = 0;
};

/// As UnitOfWork::run, returning what `work` returns.
template <typename Work>
auto transact(UnitOfWork& unit_of_work, Work&& work) {
    std::optional<std::invoke_result_t<Work, Repositories&>> result;
    unit_of_work.run([&](Repositories& in) { result.emplace(work(in)); });
    return *std::move(result);
}

/// As UnitOfWork::read, returning what `work` returns.
template <typename Work>
auto query(UnitOfWork& unit_of_work, Work&& work) {
    std::optional<std::invoke_result_t<Work, Repositories&>> result;
    unit_of_work.read([&](Repositories& in) { result.emplace(work(in)); });
    return *std::move(result);
}

}  // namespace keepwell
