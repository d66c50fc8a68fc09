#pragma once

#include <atomic>
#include <chrono>

#include "domain/time.hpp"

namespace keepwell::testing {

/// Stands still until it is told to move. Thread-safe.
class FakeClock final : public Clock {
public:
    explicit FakeClock(Date day = Date{std::chrono::days{20'000}})
        : microseconds_(Timestamp{day}.time_since_epoch().count()) {}

    Timestamp now() const override { return Timestamp{std::chrono::microseconds{microseconds_.load()}}; }
    void advance(std::chrono::microseconds by) { microseconds_ += by.count(); }

private:
    std::atomic<std::int64_t> microseconds_;
};

}  // namespace keepwell::testing
