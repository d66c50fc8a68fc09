#include "data/portfolio_sums.hpp"

#include <algorithm>

namespace keepwell::data {

void PortfolioSums::add(const Group& group) {
    sums_.accounts += group.accounts;
    sums_.arr += group.arr;
    sums_.scored_accounts += group.scored_accounts;
    sums_.score_sum += group.score_sum;
    PortfolioTotals::Bucket& bucket = buckets_.at(static_cast<std::size_t>(group.status));
    bucket.accounts += group.accounts;
    bucket.arr += group.arr;
    auto found = segments_.find(group.segment);
    if (found == segments_.end()) {
        found = segments_.emplace(group.segment, Segment{0, group.lowest_id}).first;
    }
    found->second.accounts += group.accounts;
    found->second.lowest_id = std::min(found->second.lowest_id, group.lowest_id);
}

PortfolioTotals PortfolioSums::totals() const {
    PortfolioTotals totals = sums_;
    for (const HealthStatus status : kHealthStatuses) {
        PortfolioTotals::Bucket bucket = buckets_.at(static_cast<std::size_t>(status));
        bucket.status = status;
        if (bucket.accounts > 0) totals.buckets.push_back(bucket);
    }
    std::vector<std::pair<std::int64_t, PortfolioTotals::Segment>> segments;
    for (const auto& [name, segment] : segments_) {
        segments.push_back({segment.lowest_id, {name, segment.accounts}});
    }
    std::sort(segments.begin(), segments.end(),
              [](const auto& left, const auto& right) { return left.first < right.first; });
    for (auto& [lowest_id, segment] : segments) totals.segments.push_back(std::move(segment));
    return totals;
}

}  // namespace keepwell::data
