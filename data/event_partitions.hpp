#pragma once

#include <set>
#include <span>

#include "data/session.hpp"

namespace keepwell::data {

/// The partitions of customer_events on PostgreSQL, one for each UTC month. What lies before 2000 shares one.
/// Kept with a session, which it asks only for months that it hasn't met yet.
class EventPartitions {
public:
    explicit EventPartitions(Session& session) : session_(session) {}

    /// Makes the missing ones among the months of these days, inside the transaction. Others may do the same
    /// at the same time, and go on adding events to other months.
    void prepare(std::span<const Date> days);
    /// One that was met is gone: ask again.
    void forget() { known_.clear(); }
    /// Drops the oldest ones that end at or before the day, up to the first one that has rows; how many rows
    /// went with it. Throws SqlError{kBusy} when somebody uses the table for too long.
    std::int64_t drop_before(Date day);

private:
    void make(std::span<const Date> months);

    Session& session_;
    std::set<Date> known_;  ///< By their first day.
};

/// The first day of its month; one day for all before 2000.
Date event_month_of(Date day);

}  // namespace keepwell::data
