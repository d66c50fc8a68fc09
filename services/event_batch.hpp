#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/error.hpp"
#include "domain/event.hpp"

namespace keepwell {

/// An event that was left out, and why.
struct RejectedEvent {
    std::int64_t index = 0;  ///< In the batch, from 0.
    std::string code{};      ///< For programs: unreadable, invalid, invalid_event_data, unknown_customer …
    std::string pointer{};   ///< Into the event.
    std::string message{};
};

/// Events of many customers that are recorded together.
struct EventBatch {
    std::vector<CustomerEvent> events;  ///< Those that could be read; occurred_at and received_at are set.
    struct Source {
        std::int64_t index = 0;            ///< In the batch.
        std::optional<CustomerKey> key{};  ///< Whose it is, unless the event has customer_id.
    };
    std::vector<Source> sources;          ///< One for each of `events`.
    std::vector<RejectedEvent> rejected;  ///< By index.
};

struct BatchResult {
    std::int64_t accepted = 0;
    std::int64_t duplicates = 0;
    std::vector<RejectedEvent> rejected;  ///< By index.
};

}  // namespace keepwell
