#pragma once

#include <memory>
#include <optional>

#include "domain/unit_of_work.hpp"
#include "services/versioned_cache.hpp"

namespace keepwell {

struct PortfolioSummary {
    PortfolioTotals totals;
    Money arr_trend_30d;  ///< ARR of the day asked for minus that of 30 days before.
    Money arr_trend_90d;
    double average_score = 0;  ///< Over scored accounts, two decimals; 0 without any.
};

/// How the customers stand now.
struct PortfolioStanding {
    PortfolioTotals totals;
    double average_score = 0;  ///< As PortfolioSummary has it.
    Timestamp calculated_at{};
};

/// The portfolio as a whole. Thread-safe.
class PortfolioService {
public:
    PortfolioService(UnitOfWork& unit_of_work, const Clock& clock)
        : unit_of_work_(unit_of_work), clock_(clock) {}

    /// Without `as_of`: as it stands now. Kept until the data change.
    PortfolioSummary summary(std::optional<Date> as_of);
    /// As the summary without its trends.
    PortfolioStanding standing();

private:
    UnitOfWork& unit_of_work_;
    const Clock& clock_;
    VersionedCache<std::pair<Date, bool>, PortfolioSummary> summaries_;
    VersionedCache<bool, PortfolioStanding> standings_;
};

}  // namespace keepwell
