#pragma once

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "api/edge/waiting_pool.hpp"
#include "api/http_server.hpp"

namespace keepwell::api {

/// What all connections of a server share. Thread-safe; the options and hooks never change.
struct EdgeContext {
    EdgeContext(HttpServer::Options with, HttpHooks and_hooks)
        : options(std::move(with)),
          hooks(std::move(and_hooks)),
          pool(std::max(1, options.waiting_threads), options.limits.waiting_requests) {}

    const HttpServer::Options options;
    const HttpHooks hooks;

    std::atomic<bool> is_draining{false};
    std::atomic<std::uint64_t> connections_open{0};
    std::atomic<std::uint64_t> connections_total{0};
    std::atomic<std::uint64_t> requests_total{0};
    std::atomic<std::uint64_t> refused_total{0};
    std::atomic<std::uint64_t> requests_in_flight{0};
    std::atomic<std::uint64_t> bytes_in{0};
    std::atomic<std::uint64_t> bytes_out{0};

    /// A connection has ended; wakes who waits for the last one.
    void connection_closed() {
        if (connections_open.fetch_sub(1) == 1) {
            const std::lock_guard lock(mutex);
            all_closed.notify_all();
        }
    }

    std::mutex mutex;
    std::condition_variable all_closed;  ///< With `mutex`; connections_open has become 0.

    WaitingPool pool;  ///< Last: its jobs use what is above.
};

}  // namespace keepwell::api
