#include "data/portfolio_sums.hpp"

#include <algorithm>

namespace keepwell::data {

void PortfolioSums::ByName::add(std::string_view name, std::int64_t accounts, std::int64_t id) {
    auto found = sums_.find(name);
    if (found == sums_.end()) found = sums_.emplace(name, Sum{0, id}).first;
    found->second.accounts += accounts;
    found->second.lowest_id = std::min(found->second.lowest_id, id);
}

std::vector<PortfolioTotals::Group> PortfolioSums::ByName::groups() const {
    std::vector<std::pair<std::int64_t, PortfolioTotals::Group>> ordered;
    for (const auto& [name, sum] : sums_) ordered.push_back({sum.lowest_id, {name, sum.accounts}});
    std::sort(ordered.begin(), ordered.end(),
              [](const auto& left, const auto& right) { return left.first < right.first; });
    std::vector<PortfolioTotals::Group> groups;
    groups.reserve(ordered.size());
    for (auto& [lowest_id, group] : ordered) groups.push_back(std::move(group));
    return groups;
}

void PortfolioSums::add(const Group& group) {
    sums_.accounts += group.accounts;
    sums_.arr += group.arr;
    sums_.scored_accounts += group.scored_accounts;
    sums_.score_sum += group.score_sum;
    PortfolioTotals::Bucket& bucket = buckets_.at(static_cast<std::size_t>(group.status));
    bucket.accounts += group.accounts;
    bucket.arr += group.arr;
    segments_.add(group.segment, group.accounts, group.first_in_segment);
    regions_.add(group.region, group.accounts, group.first_in_region);
}

PortfolioTotals PortfolioSums::totals() const {
    PortfolioTotals totals = sums_;
    for (const HealthStatus status : kHealthStatuses) {
        PortfolioTotals::Bucket bucket = buckets_.at(static_cast<std::size_t>(status));
        bucket.status = status;
        if (bucket.accounts > 0) totals.buckets.push_back(bucket);
    }
    totals.segments = segments_.groups();
    totals.regions = regions_.groups();
    return totals;
}

}  // namespace keepwell::data
