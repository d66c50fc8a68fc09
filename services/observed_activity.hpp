#pragma once

#include <span>

#include "domain/customer.hpp"
#include "domain/daily_activity.hpp"

namespace keepwell {

/// What a customer's own row says of its events: from the days up to `as_of`, with the tickets of all days.
/// What those days don't tell (the last login was before them) stays as it is in `stored`.
CustomerActivity observed_activity(const Customer& stored, std::span<const DailyActivity> days, Date as_of);

}  // namespace keepwell
