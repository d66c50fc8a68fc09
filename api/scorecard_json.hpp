#pragma once

#include <string>

#include "domain/health_factor.hpp"
#include "services/json_writer.hpp"
#include "services/scorecard_service.hpp"

namespace keepwell::api {

void write_scorecard(JsonWriter& json, const ListedScorecard& listed);
std::string scorecard_json(const Scorecard& card);
void write_rules(JsonWriter& json, const std::vector<AssignmentRule>& rules);
void write_factor(JsonWriter& json, const BaseHealthFactor& factor);

}  // namespace keepwell::api
