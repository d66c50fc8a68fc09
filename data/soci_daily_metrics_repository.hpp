#pragma once

#include "data/session.hpp"
#include "domain/daily_metrics.hpp"

namespace keepwell::data {

/// Table account_metrics_daily.
class SociDailyMetricsRepository final : public DailyMetricsRepository {
public:
    explicit SociDailyMetricsRepository(Session& session) : session_(session) {}

    MetricsWritten upsert(std::span<const DailyMetrics> rows) override;
    std::vector<DailyMetrics> latest(std::span<const CustomerId> ids, Date as_of) override;
    std::vector<DailyMetrics> history(CustomerId id, Date from, Date as_of, std::int64_t limit) override;
    void save_row_scores(std::span<const DailyMetrics> rows) override;
    std::vector<DailyMetrics> scan(CustomerId after_customer, Date after_date, std::int64_t limit) override;

private:
    Session& session_;
};

}  // namespace keepwell::data
