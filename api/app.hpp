#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

#include "api/config.hpp"
#include "api/route.hpp"
#include "domain/time.hpp"
#include "services/account_scoring.hpp"
#include "services/health_scoring.hpp"
#include "services/import/import_service.hpp"
#include "services/recompute_service.hpp"
#include "services/scorecard_backtest.hpp"

namespace keepwell::api {

/// The composition root: builds every object once, top to bottom, and owns it. main() and the end-to-end
/// tests both start the program through this class.
class App {
public:
    /// Opens the database, migrates it and builds the services. Throws Error saying what is wrong.
    explicit App(const Config& config);
    App(const Config& config, const Clock& clock);
    ~App();

    /// As work(), and serves. Throws when the address can't be bound.
    void serve();
    /// Runs jobs, calculations and what is scheduled, without serving.
    void work();
    std::uint16_t port() const;
    /// Finishes what is running; true when nothing was cut off.
    bool drain(std::chrono::milliseconds patience);

    const std::vector<Route>& routes() const;
    UnitOfWork& unit_of_work();
    ImportService& imports();
    RecomputeService& recompute();
    RecalculationWorker& recalculation();
    const HealthScoring& scoring();
    ScorecardBacktest& backtest();
    /// Whether no customer is stored yet.
    bool is_empty();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace keepwell::api
