#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "tests/support/random_events.hpp"

namespace keepwell::testing {

/// What clients know of their writes: whatever the server has acknowledged is in here, once. Also keeps what
/// must not have happened at all. Thread-safe.
class EventLedger {
public:
    struct Entry {
        SentEvent event;
        std::int64_t event_id = 0;  ///< 0: the answer did not name it.
    };

    /// The server says that it keeps the event. Objects when it named another id before.
    void acknowledge(const SentEvent& event, std::int64_t event_id = 0);
    /// Something went wrong that no fault explains.
    void object(std::string what);
    void count_retry();

    std::int64_t size() const;
    std::int64_t retries() const;
    std::vector<std::string> objections() const;
    /// Those of one customer.
    std::vector<Entry> entries(std::int64_t customer_id) const;

private:
    mutable std::mutex mutex_;
    std::unordered_map<std::string, Entry> entries_;  ///< By message_id.
    std::vector<std::string> objections_;
    std::int64_t retries_ = 0;
};

}  // namespace keepwell::testing
