#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "data/session.hpp"
#include "domain/daily_metrics.hpp"

namespace keepwell::data {

/// The columns of account_metrics_daily in the order of DailyMetrics, each behind `prefix` ("m.").
std::string daily_metrics_columns(std::string_view prefix = "");
/// Reads the columns of daily_metrics_columns().
std::vector<DailyMetrics> read_daily_metrics(Query& query);

/// DailyMetricsRepository::upsert(). Reads what is stored, compares here, and writes only what is new or
/// different: most uploads repeat what is known.
MetricsWritten upsert_daily_metrics(Session& session, std::span<const DailyMetrics> rows);

}  // namespace keepwell::data
