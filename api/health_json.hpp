#pragma once

#include "services/health_service.hpp"
#include "services/json_writer.hpp"

namespace keepwell::api {

void write_health_report(JsonWriter& json, const HealthReport& report, const HealthService& health);
void write_health_move(JsonWriter& json, const HealthMove& move, Date from, Date to);
void write_override(JsonWriter& json, const HealthOverride& override);
/// One day of the history.
void write_day(JsonWriter& json, const HealthScore& score);

}  // namespace keepwell::api
