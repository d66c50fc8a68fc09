#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "domain/trend.hpp"
#include "domain/unit_of_work.hpp"
#include "services/account_scoring.hpp"
#include "services/versioned_cache.hpp"

namespace keepwell {

/// The windows of the account trends, in days.
inline constexpr std::array kTrendDays{30, 60, 90};

/// What the score of a row is called.
using RowBands = std::function<HealthStatus(std::optional<double>)>;

/// A customer as the /accounts routes see it.
struct Account {
    Customer customer;
    std::optional<DailyMetrics> latest;
};

struct AccountDetail {
    Account account;  ///< Score and bucket as of the day asked for.
    std::array<std::optional<AccountTrend>, kTrendDays.size()> trends;
    std::vector<DailyMetrics> history;  ///< Oldest first.
    RowBands bands;                     ///< What the scores of these rows are called.
};

/// Rows, oldest first, and what their scores are called.
struct AccountHistory {
    std::vector<DailyMetrics> rows;
    RowBands bands;
};

struct AccountPage {
    std::int64_t total = 0;
    std::vector<Account> accounts;
    std::optional<CustomerId> next;  ///< Continue after this one; empty on the last page.
};

struct AccountHealth {
    HealthScore score;
    std::vector<std::string> risks;
};

/// Reading accounts. Thread-safe.
class AccountService {
public:
    AccountService(UnitOfWork& unit_of_work, const AccountScoring& rows, const HealthScoring& scoring,
                   const Clock& clock)
        : unit_of_work_(unit_of_work), rows_(rows), scoring_(scoring), clock_(clock) {}

    AccountPage list(const CustomerFilter& filter, CustomerOrder order, std::int64_t offset,
                     std::int64_t limit);
    /// In id order, for walking through many.
    AccountPage list_after(const CustomerFilter& filter, CustomerId after, std::int64_t limit);

    /// All of these throw Error{kNotFound} for an unknown account. Without `as_of`: today.
    AccountDetail get(CustomerId id, std::optional<Date> as_of);
    AccountHealth health(CustomerId id, std::optional<Date> as_of);
    /// The newest `limit` rows of the last `days` days (all without), oldest first.
    AccountHistory history(CustomerId id, std::int64_t limit, std::optional<int> days);
    std::vector<std::string> risks(CustomerId id);

private:
    RowBands bands(Repositories& in, const Customer& customer) const;
    void score_as_of(Repositories& in, AccountDetail& detail, Date day) const;
    std::int64_t count(Repositories& in, const CustomerFilter& filter);

    UnitOfWork& unit_of_work_;
    const AccountScoring& rows_;
    const HealthScoring& scoring_;
    const Clock& clock_;
    VersionedCache<CustomerFilter, std::int64_t> counts_;
};

}  // namespace keepwell
