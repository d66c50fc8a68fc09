#pragma once

#include <cstdint>

namespace keepwell {

/// A small random generator (SplitMix64) with its own distributions: the standard library's differ from one
/// implementation to the next, and the same seed must give the same portfolio everywhere.
class DemoRandom {
public:
    explicit DemoRandom(std::uint64_t seed) : state_(seed) {}
    /// An independent stream, e.g. one per account.
    DemoRandom(std::uint64_t seed, std::uint64_t stream) : state_(mixed(seed) ^ mixed(stream * 2 + 1)) {}

    std::uint64_t next() { return mixed(state_ += 0x9E3779B97F4A7C15U); }
    /// From 0 to 1, without 1.
    double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
    double between(double low, double high) { return low + (high - low) * unit(); }
    bool chance(double probability) { return unit() < probability; }

private:
    static std::uint64_t mixed(std::uint64_t value) {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9U;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBU;
        return value ^ (value >> 31);
    }

    std::uint64_t state_;
};

}  // namespace keepwell
