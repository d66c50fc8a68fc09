#pragma once

#include <vector>

#include "api/route.hpp"
#include "services/job_worker.hpp"
#include "services/scorecard_backtest.hpp"
#include "services/scorecard_preview.hpp"
#include "services/scorecard_service.hpp"

namespace keepwell::api {

/// Scorecards, the rules that assign them, and the factors that they are made of.
std::vector<Route> scorecard_routes(ScorecardService& scorecards, ScorecardPreview& preview,
                                    ScorecardBacktest& backtest, JobWorker& worker);

}  // namespace keepwell::api
