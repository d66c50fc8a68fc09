#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "domain/event.hpp"
#include "services/rejected_item.hpp"

namespace keepwell {

/// Events of many customers that are recorded together.
struct EventBatch {
    std::vector<CustomerEvent> events;  ///< Those that could be read; occurred_at and received_at are set.
    struct Source {
        std::int64_t index = 0;            ///< In the batch.
        std::optional<CustomerKey> key{};  ///< Whose it is, unless the event has customer_id.
    };
    std::vector<Source> sources;         ///< One for each of `events`.
    std::vector<RejectedItem> rejected;  ///< By index.
};

struct BatchResult {
    std::int64_t accepted = 0;
    std::int64_t duplicates = 0;
    std::vector<RejectedItem> rejected;  ///< By index.
};

}  // namespace keepwell
