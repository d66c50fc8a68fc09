#pragma once

#include <optional>
#include <span>
#include <vector>

#include "domain/customer.hpp"

namespace keepwell {

/// What was measured of a customer on one day. (customer, date) is its key.
struct DailyMetrics {
    CustomerId customer_id;
    Date date;
    std::int64_t daily_active_users = 0;
    double feature_adoption_rate = 0;  ///< 0 to 1.
    std::int64_t support_tickets_open = 0;
    std::optional<double> nps_score;     ///< −100 to 100.
    double login_frequency = 0;          ///< 0 to 1.
    Money arr;                           ///< Annual recurring revenue as reported for that day.
    std::optional<double> health_score;  ///< Of this row alone, by the scorecard that scored it.

    /// A number for clients that want one: stable for (customer, date), unique, below 2^53.
    std::int64_t id() const { return customer_id.value * 100'000 + date.time_since_epoch().count(); }
    bool operator==(const DailyMetrics&) const = default;
};

/// What a bulk write of metrics rows did.
struct MetricsWritten {
    std::int64_t created = 0;
    std::int64_t updated = 0;         ///< Existed with other values.
    std::int64_t unchanged = 0;       ///< Existed with the same values; nothing was written.
    std::vector<CustomerId> touched;  ///< Customers with a created or updated row; distinct, ascending.
};

/// Port. Rows live in account_metrics_daily.
class DailyMetricsRepository {
public:
    virtual ~DailyMetricsRepository() = default;

    /// Inserts or overwrites by (customer, date). Keys must be distinct. The bulk path of each database.
    virtual MetricsWritten upsert(std::span<const DailyMetrics> rows) = 0;
    /// The newest row of each customer not after `as_of`; customers without one are left out. Ascending by
    /// id.
    virtual std::vector<DailyMetrics> latest(std::span<const CustomerId> ids, Date as_of) = 0;
    /// The newest `limit` rows not after `as_of` and not before `from`, oldest first.
    virtual std::vector<DailyMetrics> history(CustomerId id, Date from, Date as_of, std::int64_t limit) = 0;
    /// Rewrites health_score alone, by (customer, date). Bulk.
    virtual void save_row_scores(std::span<const DailyMetrics> rows) = 0;
    /// At most `limit` rows after (customer, date), in that order: for rescoring everything with flat memory.
    virtual std::vector<DailyMetrics> scan(CustomerId after_customer, Date after_date,
                                           std::int64_t limit) = 0;
};

}  // namespace keepwell
