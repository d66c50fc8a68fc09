#include "services/account_scoring.hpp"

#include <unordered_map>

namespace keepwell {
namespace {

constexpr std::int64_t kRefreshBatch = 500;
/// Later than any row: the latest row is wanted, whatever its day.
constexpr Date kEndOfTime = std::chrono::year{9999} / 12 / 31;

}  // namespace

std::optional<double> AccountScoring::score(const DailyMetrics& row) const {
    return calculator_.overall({.metrics = {&row, 1}, .as_of = row.date}).score;
}

HealthStatus AccountScoring::status(std::optional<double> score) const {
    return score ? scorecard().band(*score) : HealthStatus::kInsufficientData;
}

HealthScore AccountScoring::explain(std::span<const DailyMetrics> rows, Date as_of) const {
    return calculator_.calculate({.metrics = rows, .as_of = as_of});
}

void AccountScoring::refresh(Repositories& in, std::span<const CustomerId> ids) const {
    const Timestamp now = clock_.now();
    // A row that somebody is just writing would otherwise be missed, and its mark cleared.
    in.customers.lock(ids);
    std::unordered_map<std::int64_t, DailyMetrics> latest;
    for (DailyMetrics& row : in.daily_metrics.latest(ids, kEndOfTime))
        latest.emplace(row.customer_id.value, row);
    std::vector<CustomerScore> stored;
    std::vector<HealthScore> history;
    for (const CustomerId id : ids) {
        CustomerScore score{.id = id,
                            .score = {},
                            .status = HealthStatus::kInsufficientData,
                            .scorecard = scorecard().name,
                            .latest_metrics_date = {}};
        if (const auto row = latest.find(id.value); row != latest.end()) {
            HealthScore explained = explain({&row->second, 1}, row->second.date);
            explained.customer_id = id;
            explained.calculated_at = now;
            score.score = explained.overall_score;
            score.status = explained.status;
            score.latest_metrics_date = row->second.date;
            history.push_back(std::move(explained));
        }
        stored.push_back(std::move(score));
    }
    in.health_scores.add(history);
    in.customers.save_scores(stored, now);
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
