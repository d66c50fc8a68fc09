#pragma once

#include <cstdint>
#include <functional>

#include "domain/unit_of_work.hpp"
#include "services/demo/demo_event_portfolio.hpp"

namespace keepwell {

struct DemoEventsLoaded {
    std::int64_t customers = 0;
    std::int64_t events = 0;
};

/// Stores the portfolio's customers and all of their events up to `now`. Customers that are there already
/// are met, not doubled; their events would be added again. `progress` gets the share that is done, in
/// percent.
DemoEventsLoaded load_demo_events(UnitOfWork& unit_of_work, const DemoEventPortfolio& portfolio,
                                  Timestamp now, const std::function<void(std::int64_t)>& progress);

}  // namespace keepwell
