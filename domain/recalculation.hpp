#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/customer.hpp"

namespace keepwell {

/// A customer whose score is due to be calculated, as a worker has claimed it.
struct Recalculation {
    CustomerId customer_id{};
    std::int64_t version = 0;  ///< Of the last request that this claim has seen.
    std::optional<Timestamp>
        requested_at{};  ///< Of the first request that it serves; empty: the clock's turn.
    int attempts = 0;    ///< With this one.
};

/// A request after an event is due this much later, so that a burst makes one calculation.
inline constexpr std::chrono::milliseconds kRecalculationDelay{200};

/// Port: when each customer that is scored by events is due. One row per customer, so a burst of events makes
/// one calculation; a request during a calculation makes another one after it.
class RecalculationRepository {
public:
    virtual ~RecalculationRepository() = default;

    /// The customers are due at `run_at` at the latest. Bulk; adds missing rows.
    virtual void request(std::span<const CustomerId> ids, Timestamp run_at, Timestamp now) = 0;
    /// As request() for at most `limit` customers after `after` that have a row; the last of them, empty at
    /// the end. For scoring everything again.
    virtual std::optional<CustomerId> request_next(CustomerId after, Timestamp run_at, Timestamp now,
                                                   std::int64_t limit) = 0;
    /// Takes due ones, the longest due first, for `owner` until now + lease. Two claimers never get the same
    /// customer. One that its owner doesn't finish becomes due again by itself.
    virtual std::vector<Recalculation> claim(std::string_view owner, Timestamp now,
                                             std::chrono::milliseconds lease, std::int64_t limit) = 0;
    /// Those that `owner` still holds; nobody else can take them until the unit of work ends. To be called
    /// first in the transaction that stores their scores: whatever is missing must not be stored.
    virtual std::vector<CustomerId> hold(std::span<const Recalculation> claimed, std::string_view owner) = 0;
    /// The scores are stored. Without a newer request the customer is next due at `next`, otherwise at
    /// `again`.
    virtual void finish(std::span<const Recalculation> claimed, std::string_view owner, Timestamp next,
                        Timestamp again) = 0;
    /// The calculation failed: tried again at `run_at`.
    virtual void retry(std::span<const Recalculation> claimed, std::string_view owner, std::string_view error,
                       Timestamp run_at) = 0;

    struct Backlog {
        std::int64_t due = 0;
        std::optional<Timestamp> oldest_request;  ///< Among all that no calculation has served yet.
    };
    virtual Backlog backlog(Timestamp now) = 0;
};

}  // namespace keepwell
