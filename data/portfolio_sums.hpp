#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>

#include "domain/portfolio.hpp"

namespace keepwell::data {

/// Adds up groups of customers in any order.
class PortfolioSums {
public:
    struct Group {
        std::string_view segment;
        HealthStatus status;
        std::int64_t accounts = 0;
        Money arr;
        std::int64_t scored_accounts = 0;
        double score_sum = 0;
        std::int64_t lowest_id = 0;
    };
    void add(const Group& group);
    PortfolioTotals totals() const;

private:
    struct Segment {
        std::int64_t accounts = 0;
        std::int64_t lowest_id = 0;
    };
    PortfolioTotals sums_;
    std::array<PortfolioTotals::Bucket, kHealthStatuses.size()> buckets_{};
    std::map<std::string, Segment, std::less<>> segments_;
};

}  // namespace keepwell::data
