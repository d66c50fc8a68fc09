#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "domain/health_factor.hpp"

namespace keepwell {

/// The factors that exist, found by name. Filled once at start, then only read: thread-safe.
class FactorRegistry {
public:
    /// Throws Error{kConflict} when a factor of that name is there.
    void add(std::unique_ptr<BaseHealthFactor> factor);
    /// Null when there is none.
    const BaseHealthFactor* find(std::string_view name) const;
    /// In the order they were added.
    const std::vector<std::unique_ptr<BaseHealthFactor>>& all() const { return factors_; }

private:
    std::vector<std::unique_ptr<BaseHealthFactor>> factors_;
};

/// Every built-in factor. An explicit list on purpose: objects that register themselves from a static library
/// are dropped by the linker when nothing refers to them.
FactorRegistry builtin_factors();

}  // namespace keepwell
