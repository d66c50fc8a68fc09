#include "services/portfolio_service.hpp"

#include "domain/trend.hpp"

namespace keepwell {
namespace {

double average_of(const PortfolioTotals& totals) {
    if (totals.scored_accounts == 0) return 0;
    return round_to_cents(totals.score_sum / static_cast<double>(totals.scored_accounts));
}

}  // namespace

PortfolioSummary PortfolioService::summary(std::optional<Date> as_of) {
    return query(unit_of_work_, [&](Repositories& in) {
        const Date day = as_of.value_or(day_of(clock_.now()));
        const std::pair key{day, as_of.has_value()};
        const std::int64_t version = in.portfolio.data_version();
        if (auto known = summaries_.find(version, key)) return *std::move(known);
        PortfolioSummary summary;
        summary.totals = as_of ? in.portfolio.totals(day) : in.portfolio.totals();
        const Money now = as_of ? in.portfolio.arr_on(day) : summary.totals.arr;
        summary.arr_trend_30d = now - in.portfolio.arr_on(day - std::chrono::days{30});
        summary.arr_trend_90d = now - in.portfolio.arr_on(day - std::chrono::days{90});
        summary.average_score = average_of(summary.totals);
        summaries_.put(version, key, summary);
        return summary;
    });
}

PortfolioStanding PortfolioService::standing() {
    return query(unit_of_work_, [&](Repositories& in) {
        const std::int64_t version = in.portfolio.data_version();
        if (auto known = standings_.find(version, true)) return *std::move(known);
        PortfolioStanding standing{.totals = in.portfolio.totals()};
        standing.average_score = average_of(standing.totals);
        standing.calculated_at = clock_.now();
        standings_.put(version, true, standing);
        return standing;
    });
}

}  // namespace keepwell
