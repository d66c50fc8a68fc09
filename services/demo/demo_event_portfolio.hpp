#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "domain/customer.hpp"
#include "domain/event.hpp"
#include "services/demo/demo_event_course.hpp"
#include "services/demo/demo_portfolio.hpp"

namespace keepwell {

struct DemoEventCustomer {
    CustomerChange attributes;  ///< As on the last day.
    DemoEventStory story = DemoEventStory::kOrdinary;
    bool is_account = false;            ///< The same company as an account of the other portfolio.
    std::optional<Money> mrr_before{};  ///< What was paid until mrr_since.
    std::optional<Date> mrr_since{};
};

/// Customers that are scored by their events, out of nothing but a seed, beside the accounts of a
/// DemoPortfolio: same arguments, same events, on every machine. Some are the same companies as accounts, so
/// that one customer comes in by two doors. Thread-safe: never changes.
class DemoEventPortfolio {
public:
    static constexpr std::int64_t kDays = 90;
    static constexpr std::int64_t kMaximumCustomers = 5'000;

    /// Throws Error{kInvalid}: 0 to kMaximumCustomers customers. The last day is that of the accounts.
    DemoEventPortfolio(std::uint64_t seed, std::int64_t customers, const DemoPortfolio& accounts);

    std::int64_t customers() const { return customers_; }
    Date first_day() const { return last_day() - std::chrono::days{kDays - 1}; }
    Date last_day() const { return accounts_.last_day(); }

    /// `number` from 0 to customers() − 1.
    DemoEventCustomer customer(std::int64_t number) const;
    /// Oldest first, without ids; some of the last day may lie ahead of the time of that day.
    std::vector<CustomerEvent> events(std::int64_t number) const;

private:
    struct Drawn {
        DemoEventCourse course;
        DemoRandom random;
    };
    Drawn draw(std::int64_t number) const;
    /// The account that the customer is the same company as.
    std::optional<DemoAccount> account(std::int64_t number) const;

    std::uint64_t seed_;
    std::int64_t customers_;
    DemoPortfolio accounts_;
};

}  // namespace keepwell
