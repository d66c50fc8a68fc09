#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "domain/customer.hpp"

namespace keepwell {

/// Sums over all scored-or-not customers that have a scorecard or metrics (a customer known only from
/// Customer 360 is no part of the portfolio).
struct PortfolioTotals {
    std::int64_t accounts = 0;
    Money arr;
    struct Bucket {
        HealthStatus status;
        std::int64_t accounts = 0;
        Money arr;
    };
    std::vector<Bucket> buckets;  ///< Only those with an account.
    struct Group {
        std::string name;
        std::int64_t accounts = 0;
    };
    std::vector<Group> segments;  ///< By the lowest customer id in each: first seen first.
    std::vector<Group> regions;   ///< Likewise.
    std::int64_t scored_accounts = 0;
    double score_sum = 0;  ///< Over scored_accounts.
};

/// Port: the named report queries over the whole portfolio.
class PortfolioRepository {
public:
    virtual ~PortfolioRepository() = default;

    /// As the customers stand now.
    virtual PortfolioTotals totals() = 0;
    /// As they stood on `as_of`, from the metrics rows and customer_changes up to that day.
    virtual PortfolioTotals totals(Date as_of) = 0;
    /// Total ARR as it was valid on `day`, from customer_changes.
    virtual Money arr_on(Date day) = 0;
    /// Counts every change to customers, metrics and scores; equal versions mean equal answers.
    virtual std::int64_t data_version() = 0;
    /// To be called once in every unit of work that changes them.
    virtual void bump_data_version() = 0;
};

}  // namespace keepwell
