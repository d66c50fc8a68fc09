#pragma once

#include <span>
#include <vector>

#include "data/session.hpp"
#include "domain/daily_activity.hpp"

namespace keepwell::data {

/// Notes the types of these days as seen in the segments of their customers, where that is new or earlier
/// than what is known; nearly always nothing is to be written.
void note_event_types(Session& session, std::span<const DailyActivity* const> days);

std::vector<DailyActivityRepository::SeenType> read_seen_event_types(Session& session);

}  // namespace keepwell::data
