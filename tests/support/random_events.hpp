#pragma once

#include <cstdint>
#include <random>
#include <string>

#include "domain/time.hpp"

namespace keepwell::testing {

/// An event as a client sends it, and again until it is acknowledged.
struct SentEvent {
    std::string message_id{};
    std::int64_t customer_id = 0;
    std::string type{};
    std::string data{};  ///< A JSON object without spaces.
    Timestamp occurred_at{};

    /// The members without the braces; a batch needs `customer_id` as well.
    std::string members() const;
};

/// Makes up events of every built-in type, valid and the same for the same seed.
class RandomEvents {
public:
    /// Message ids begin with `name`, so that those of other sources differ.
    RandomEvents(std::uint64_t seed, std::string name, Timestamp now);

    SentEvent next(std::int64_t customer_id);
    /// One of this type.
    SentEvent next(std::int64_t customer_id, const std::string& type);
    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(random_() % limit); }
    bool chance(double probability) { return unit() < probability; }
    double unit() { return static_cast<double>(random_() >> 11) * 0x1.0p-53; }

private:
    std::string data_of(const std::string& type);
    Timestamp moment();

    std::mt19937_64 random_;
    std::string name_;
    Timestamp now_;
    std::int64_t count_ = 0;
};

/// How far back events may lie.
inline constexpr std::chrono::days kOldestRandomEvent{80};

}  // namespace keepwell::testing
