#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "domain/portfolio.hpp"

namespace keepwell::data {

/// Adds up groups of customers in any order.
class PortfolioSums {
public:
    struct Group {
        std::string_view segment;
        std::string_view region;
        HealthStatus status;
        std::int64_t accounts = 0;
        Money arr;
        std::int64_t scored_accounts = 0;
        double score_sum = 0;
        std::int64_t first_in_segment =
            0;  ///< The lowest id among its segment's accounts, or of one of them.
        std::int64_t first_in_region = 0;
    };
    void add(const Group& group);
    PortfolioTotals totals() const;

private:
    /// Accounts by a name, in the order in which the names were first seen.
    class ByName {
    public:
        void add(std::string_view name, std::int64_t accounts, std::int64_t id);
        std::vector<PortfolioTotals::Group> groups() const;

    private:
        struct Sum {
            std::int64_t accounts = 0;
            std::int64_t lowest_id = 0;
        };
        std::map<std::string, Sum, std::less<>> sums_;
    };

    PortfolioTotals sums_;
    std::array<PortfolioTotals::Bucket, kHealthStatuses.size()> buckets_{};
    ByName segments_;
    ByName regions_;
};

}  // namespace keepwell::data
