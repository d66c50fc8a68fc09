#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/customer.hpp"

namespace keepwell {

struct OverrideId {
    std::int64_t value{};
    auto operator<=>(const OverrideId&) const = default;
};

/// A person's judgement instead of the computed score, which stays visible beside it.
struct HealthOverride {
    CustomerId customer_id{};
    OverrideId id{};
    double score = 0;  ///< 0 to 100.
    std::string author{};
    std::string reason{};
    Timestamp created_at{};
    Timestamp expires_at{};
    std::optional<Timestamp> removed_at{};

    bool is_valid_at(Timestamp time) const {
        return created_at <= time && time < expires_at && (!removed_at || time < *removed_at);
    }
};

inline constexpr std::chrono::days kDefaultOverrideLife{30};
inline constexpr std::chrono::days kMaximumOverrideLife{365};

/// Port. Table health_overrides; the newest valid one counts.
class HealthOverrideRepository {
public:
    virtual ~HealthOverrideRepository() = default;

    virtual OverrideId add(const HealthOverride& override) = 0;
    /// The newest of each customer that is valid at `time`.
    virtual std::vector<HealthOverride> valid(std::span<const CustomerId> ids, Timestamp time) = 0;
    /// Newest first.
    virtual std::vector<HealthOverride> list(CustomerId id, std::int64_t limit) = 0;
    /// Ends every valid one of the customer; how many.
    virtual std::int64_t remove(CustomerId id, Timestamp now) = 0;
};

}  // namespace keepwell
