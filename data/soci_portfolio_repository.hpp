#pragma once

#include "data/session.hpp"
#include "domain/portfolio.hpp"

namespace keepwell::data {

/// Sums over customers, account_metrics_daily and customer_changes, and table data_versions.
class SociPortfolioRepository final : public PortfolioRepository {
public:
    explicit SociPortfolioRepository(Session& session) : session_(session) {}

    PortfolioTotals totals() override;
    PortfolioTotals totals(Date as_of) override;
    Money arr_on(Date day) override;
    std::int64_t data_version() override;
    void bump_data_version() override;

private:
    Session& session_;
};

}  // namespace keepwell::data
