#pragma once

#include <rapidjson/document.h>

#include <string>
#include <string_view>
#include <vector>

#include "api/route.hpp"
#include "domain/scorecard.hpp"
#include "services/scorecard_backtest.hpp"
#include "services/scorecard_service.hpp"

namespace keepwell::api {

/// A card of the name as it is written in JSON, as it is answered, so that what was read can be changed and
/// sent back. Throws Error{kInvalid} naming every mistake: of the JSON and of the card. An empty `name` takes
/// that of the body.
Scorecard parse_scorecard(const Request& request, const ScorecardService& scorecards, std::string name = {});
/// `{"scorecard": {…}}`.
Scorecard parse_previewed(const Request& request, const ScorecardService& scorecards, std::string name);
/// `{"rules": […]}`.
std::vector<AssignmentRule> parse_rules(const Request& request);
/// No body is all that is usual.
BacktestWish parse_backtest(const Request& request, const ScorecardBacktest& backtest, std::string name);

/// What scorecard_json() wrote.
Scorecard read_scorecard_json(std::string_view json);

}  // namespace keepwell::api
