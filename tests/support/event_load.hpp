#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/event_ledger.hpp"
#include "tests/support/http_client.hpp"

namespace keepwell::testing {

/// Several clients that send events, one by one and in batches, and send whatever was not acknowledged again
/// under the same message_id until it is. Now and then one repeats what was acknowledged long ago, or says
/// something else under its id.
class EventLoad {
public:
    struct Plan {
        std::uint64_t seed = 0;
        int clients = 4;
        int customers = 40;
        std::size_t largest_batch = 60;
    };

    /// Makes the customers and sends an event of each type in each segment, all of it acknowledged once this
    /// returns. Then the clients are at work, taking turns over the ports.
    EventLoad(std::vector<std::uint16_t> ports, Plan plan, EventLedger& ledger);
    ~EventLoad();
    EventLoad(const EventLoad&) = delete;
    EventLoad& operator=(const EventLoad&) = delete;

    /// Returns when each client's last event is acknowledged.
    void finish();
    const std::vector<std::int64_t>& customers() const { return customers_; }

private:
    class Client;

    void work(int number);

    std::vector<std::uint16_t> ports_;
    Plan plan_;
    EventLedger& ledger_;
    Timestamp began_;
    std::vector<std::int64_t> customers_;
    std::atomic<bool> ending_{false};
    std::vector<std::thread> threads_;
};

}  // namespace keepwell::testing
