#pragma once

#include <string>
#include <string_view>

#include "domain/daily_activity.hpp"

namespace keepwell::data {

/// What a day came to beyond its count, as the text that is stored in daily_activity.details. Equal activity
/// gives equal text. Its items follow one another in the order of their names, each as
///
///     n3:mrr120.5=60@-3600000000;  a number: its sum, the last one unless equal, when unless at last_at
///     s6:errors3;                    a sum without a last one
///     k10:method=GET7;               a text, and how often unless once
///     t3:T-1@-5o-60p4:highx4;        a ticket: its moments, texts and numbers
///
/// with the length of each text before it, so that nothing is escaped. Moments are microseconds from last_at,
/// those of a ticket from its own.
std::string encode_details(const DailyActivity& activity);
/// Fills sums, keys, last and tickets of `activity`, whose last_at is there already. Throws
/// std::runtime_error when the text is none of these.
void decode_details(std::string_view details, DailyActivity& activity);

}  // namespace keepwell::data
