#pragma once

#include "api/event_reader.hpp"
#include "api/route.hpp"
#include "services/event_batch.hpp"

namespace keepwell::api {

/// As many events may come in one batch.
inline constexpr std::size_t kMaximumBatch = 2'000;

/// The one event that the body holds, of `customer`. Throws Error: kUnsupportedType, kUnreadable, kTooLarge,
/// or kInvalid naming all mistakes.
CustomerEvent parse_event(const Request& request, CustomerId customer, Timestamp now);

/// The events that the body holds: `{"events":[…]}`, a bare array, or one on each line (NDJSON). An event
/// that can't be read is one of `rejected`, whatever the others are like. Throws Error{kUnsupportedType},
/// Error{kUnreadable} when it can't be told where events begin and end, Error{kInvalid} when there is no list
/// of events, Error{kTooLarge} when it is too long.
EventBatch parse_event_batch(const Request& request, Timestamp now);

}  // namespace keepwell::api
