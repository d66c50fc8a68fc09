#pragma once

#include <span>
#include <vector>

#include "data/session.hpp"
#include "domain/daily_activity.hpp"

namespace keepwell::data {

/// Reads rows of the columns customer_id, day, event_type, events, last_at, details.
std::vector<DailyActivity> read_daily_activity(Query& row);
/// By customer, day and type.
void sort_daily_activity(std::vector<DailyActivity>& rows);

/// Merges these days into the stored ones; which of them were not there before. Their customers must be
/// locked.
std::vector<const DailyActivity*> merge_daily_activity(Session& session,
                                                       std::vector<const DailyActivity*> days);

}  // namespace keepwell::data
