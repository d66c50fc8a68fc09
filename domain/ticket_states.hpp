#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>

#include "domain/daily_activity.hpp"

namespace keepwell {

/// Every support ticket by its id, as it stood at the end of `as_of`. Tickets that nobody can ever close, for
/// want of an id or a status, are left out once they are a month old.
std::map<std::string, TicketState, std::less<>> ticket_states(std::span<const DailyActivity> days,
                                                              Date as_of);

/// Whether the priority is `urgent` or `critical`.
bool is_urgent(const TicketState& ticket);

}  // namespace keepwell
