#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "data/session.hpp"
#include "domain/event.hpp"

namespace keepwell::data {

/// What makes a message_id of a customer mean one event.
struct EventKey {
    CustomerId customer_id{};
    std::string_view message_id{};  ///< Borrowed.
    EventId event_id{};
    Timestamp occurred_at{};
    std::int64_t body = 0;

    bool is_there = false;  ///< Set by add_event_keys(): event_id and body are those of the stored one.
};

/// Tells contents apart: type, data and, when the client gave it, the time. Equal on every machine.
std::int64_t body_of(const CustomerEvent& event);

/// Adds the keys that are not there yet; fills in the others. The pairs of customer and message_id must be
/// distinct, and the customers locked. Bulk.
void add_event_keys(Session& session, std::span<EventKey> keys);

}  // namespace keepwell::data
