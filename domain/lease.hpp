#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "domain/time.hpp"

namespace keepwell {

/// Port: who may run what runs once for all nodes. Table leases.
class LeaseRepository {
public:
    virtual ~LeaseRepository() = default;

    /// Takes or keeps the lease `name` until now + duration. Its epoch, which grows with each new owner;
    /// empty while somebody else holds it.
    virtual std::optional<std::int64_t> acquire(std::string_view name, std::string_view owner, Timestamp now,
                                                std::chrono::milliseconds duration) = 0;
    /// Gives it up, so that another may take it at once.
    virtual void release(std::string_view name, std::string_view owner) = 0;
};

}  // namespace keepwell
