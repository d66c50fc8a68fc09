#pragma once

#include <cstdint>
#include <functional>

#include "domain/unit_of_work.hpp"
#include "services/demo/demo_event_portfolio.hpp"
#include "services/health_scoring.hpp"

namespace keepwell {

struct DemoEventsLoaded {
    std::int64_t customers = 0;
    std::int64_t events = 0;
};

/// Stores the portfolio's customers, all of their events up to `now`, and what their scores were every few
/// days of the last two months, so that histories have something to show. Customers that are there already
/// are met, not doubled; their events would be added again. `progress` gets the share that is done, in
/// percent.
DemoEventsLoaded load_demo_events(UnitOfWork& unit_of_work, const HealthScoring& scoring,
                                  const DemoEventPortfolio& portfolio, Timestamp now,
                                  const std::function<void(std::int64_t)>& progress);

}  // namespace keepwell
