#pragma once

#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "domain/unit_of_work.hpp"
#include "services/scorecard_book.hpp"

namespace keepwell {

/// Which metrics rows of a customer are read: the newest, or as many as its trends need.
enum class RowsRead { kLatest, kWithTrend };

/// Everything that scores of many customers are made from, read in a few statements whatever their number.
class ScoringInput {
public:
    struct Moment {
        Date as_of;           ///< The day that is scored.
        Date metrics_until;   ///< The last day of metrics rows that count.
        Timestamp overrides;  ///< Those count that are valid then.
    };
    /// `ids` ascending. With kWithTrend, for a single customer.
    ScoringInput(Repositories& in, std::shared_ptr<const Scorecards> cards, std::span<const CustomerId> ids,
                 const Moment& moment, RowsRead metrics = RowsRead::kLatest);
    ScoringInput(const ScoringInput&) = delete;
    ScoringInput& operator=(const ScoringInput&) = delete;

    const Scorecards& cards() const { return *cards_; }
    /// Those of the ids that exist.
    const std::vector<Customer>& customers() const { return customers_; }
    const Moment& moment() const { return moment_; }

    std::span<const DailyMetrics> metrics(CustomerId id) const;
    std::span<const DailyActivity> days(CustomerId id) const;
    std::optional<Date> first_day(CustomerId id) const;
    /// The types that the customer's segment has ever sent.
    const std::set<std::string, std::less<>>& connected(const Customer& customer) const;
    std::span<const CustomerEvent> events(CustomerId id) const;
    const HealthOverride* override_of(CustomerId id) const;
    /// What factors may know of the customer itself.
    ScoredCustomer scored(const Customer& customer) const;

    /// The customer's scorecard; at its first score the one that it shall keep: by the rules, else by what
    /// there is to score it by. Empty: there is nothing yet.
    std::optional<std::string> scorecard(const Customer& customer) const;

private:
    void read_metrics(Repositories& in, RowsRead metrics);
    void read_events(Repositories& in);
    void read_seen_types(Repositories& in);

    std::shared_ptr<const Scorecards> cards_;
    Moment moment_;
    std::vector<Customer> customers_;
    std::vector<DailyMetrics> metrics_;  ///< By customer, as the next two.
    DailyActivityRepository::Loaded activity_;
    std::vector<CustomerEvent> events_;
    std::vector<HealthOverride> overrides_;
    std::map<std::string, std::set<std::string, std::less<>>, std::less<>> seen_;  ///< By folded segment.
};

}  // namespace keepwell
