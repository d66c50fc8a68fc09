#pragma once

#include <array>
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

/// A customer as the /accounts routes see it.
struct Account {
    Customer customer;
    std::optional<DailyMetrics> latest;
};

struct AccountDetail {
    Account account;  ///< Score and bucket as of the day asked for.
    std::array<std::optional<AccountTrend>, kTrendDays.size()> trends;
    std::vector<DailyMetrics> history;  ///< Oldest first.
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
    AccountService(UnitOfWork& unit_of_work, const AccountScoring& scoring, const Clock& clock)
        : unit_of_work_(unit_of_work), scoring_(scoring), clock_(clock) {}

    AccountPage list(const CustomerFilter& filter, CustomerOrder order, std::int64_t offset,
                     std::int64_t limit);
    /// In id order, for walking through many.
    AccountPage list_after(const CustomerFilter& filter, CustomerId after, std::int64_t limit);

    /// All of these throw Error{kNotFound} for an unknown account. Without `as_of`: today.
    AccountDetail get(CustomerId id, std::optional<Date> as_of);
    AccountHealth health(CustomerId id, std::optional<Date> as_of);
    /// The newest `limit` rows of the last `days` days (all without), oldest first.
    std::vector<DailyMetrics> history(CustomerId id, std::int64_t limit, std::optional<int> days);
    std::vector<std::string> risks(CustomerId id);

    HealthStatus status(std::optional<double> score) const { return scoring_.status(score); }

private:
    std::int64_t count(Repositories& in, const CustomerFilter& filter);

    UnitOfWork& unit_of_work_;
    const AccountScoring& scoring_;
    const Clock& clock_;
    VersionedCache<CustomerFilter, std::int64_t> counts_;
};

}  // namespace keepwell
