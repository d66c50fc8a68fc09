#include "services/account_scoring.hpp"

#include <algorithm>
#include <unordered_map>
#include <vector>

namespace keepwell {
namespace {

constexpr std::int64_t kRefreshBatch = 500;

std::optional<double> score_of(const WeightedCalculator& card, const DailyMetrics& row) {
    return card.overall({.metrics = {&row, 1}, .as_of = row.date}).score;
}

std::vector<CustomerId> customers_of(std::span<const DailyMetrics> rows) {
    std::vector<CustomerId> ids;
    for (const DailyMetrics& row : rows) ids.push_back(row.customer_id);
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

}  // namespace

void AccountScoring::score(Repositories& in, std::span<DailyMetrics> rows) const {
    const auto cards = book_.current(in);
    std::unordered_map<std::int64_t, const WeightedCalculator*> others;
    if (cards->has_other_row_cards()) {
        for (const Customer& customer : in.customers.find_all(customers_of(rows)))
            others.emplace(customer.id.value, &cards->rows_of(customer.scorecard));
    }
    for (DailyMetrics& row : rows) {
        const auto other = others.find(row.customer_id.value);
        row.health_score = score_of(other == others.end() ? cards->rows() : *other->second, row);
    }
}

void AccountScoring::refresh(Repositories& in, std::span<const CustomerId> ids) const {
    const auto followed = scoring_.refresh(in, ids, clock_.now());
    in.recalculations.request(followed, clock_.now(), clock_.now());
}

std::int64_t AccountScoring::refresh_stale(UnitOfWork& unit_of_work,
                                           const std::function<void(Repositories&)>& in_transaction,
                                           const std::function<void()>& between) const {
    std::int64_t refreshed = 0;
    CustomerId after{0};
    while (true) {
        const auto ids = transact(unit_of_work, [&](Repositories& in) {
            auto marked = in.customers.list_stale(after, kRefreshBatch);
            if (marked.empty()) return marked;
            refresh(in, marked);
            in.portfolio.bump_data_version();
            in_transaction(in);
            return marked;
        });
        if (ids.empty()) return refreshed;
        refreshed += static_cast<std::int64_t>(ids.size());
        after = ids.back();
        between();
    }
}

}  // namespace keepwell
