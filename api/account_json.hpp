#pragma once

#include "services/account_service.hpp"
#include "services/json_writer.hpp"

namespace keepwell::api {

/// The members of the account routes, in the order that existing clients know.
void write_account(JsonWriter& json, const AccountDetail& account, bool with_history);
void write_metrics(JsonWriter& json, const DailyMetrics& row);
void write_health_history(JsonWriter& json, const std::vector<DailyMetrics>& rows, const RowBands& bands);
void write_health(JsonWriter& json, const AccountHealth& health);

}  // namespace keepwell::api
