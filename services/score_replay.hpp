#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "domain/unit_of_work.hpp"
#include "domain/weighted_calculator.hpp"
#include "services/scorecard_book.hpp"

namespace keepwell {

/// What is known of a batch of customers up to each of some days, read in a few statements whatever their
/// number.
class ReplayInput {
public:
    /// `customers` by id, `days` ascending.
    ReplayInput(Repositories& in, std::shared_ptr<const Scorecards> cards, std::vector<Customer> customers,
                std::span<const Date> days, const FactorNeeds& needs);
    ReplayInput(const ReplayInput&) = delete;
    ReplayInput& operator=(const ReplayInput&) = delete;

    const std::vector<Customer>& customers() const { return customers_; }
    /// The first day on which there was anything to know of the customer.
    Date known_from(const Customer& customer) const;
    /// What a card says of one of the customers on one of the days. The score's customer is set.
    HealthScore calculate(const WeightedCalculator& card, const Customer& customer, Date day,
                          const std::map<std::string, PreviousFactor>& previous = {},
                          const HealthOverride* override = nullptr) const;

private:
    void read_metrics(Repositories& in, Date until);
    void read_events(Repositories& in, std::span<const Date> days, int window_days);
    void read_connected(Repositories& in, std::span<const Date> days);
    std::span<const DailyMetrics> metrics(CustomerId id, Date day) const;
    std::span<const DailyActivity> activity(CustomerId id, Date day) const;

    std::shared_ptr<const Scorecards> cards_;
    std::vector<Customer> customers_;
    std::vector<DailyMetrics> metrics_;  ///< By customer and day.
    DailyActivityRepository::Loaded activity_;
    std::map<std::pair<std::int64_t, Date>, std::vector<CustomerEvent>> events_;  ///< Up to a day.
    /// The types that a folded segment had sent up to a day.
    std::map<std::pair<std::string, Date>, std::set<std::string, std::less<>>> connected_;
};

/// What a long calculation calls while it runs; each may throw to stop it.
struct ReplayHooks {
    std::function<void(double percent)> progress = [](double) {};
    std::function<void()> checkpoint = [] {};
};

struct ReplayPlan {
    CustomerFilter whose;
    std::vector<Date> days;  ///< Ascending.
    FactorNeeds needs;
    std::int64_t every = 1;  ///< Each n-th customer alone.
};

/// Hands `use` everybody that the plan is about, some at a time, so that memory stays flat; nothing of the
/// database is held meanwhile.
void replay(UnitOfWork& unit_of_work, ScorecardBook& book, const ReplayPlan& plan, const ReplayHooks& hooks,
            const std::function<void(const ReplayInput&)>& use);

}  // namespace keepwell
