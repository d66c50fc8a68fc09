#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "domain/customer.hpp"
#include "domain/health_score.hpp"
#include "domain/scorecard.hpp"

namespace keepwell {

/// Fewer customers that left can't tell whether a score predicts it.
inline constexpr std::int64_t kFewestChurned = 10;

/// Whether a scorecard would have told who leaves.
struct BacktestReport {
    struct Band {
        HealthStatus status = HealthStatus::kHealthy;
        std::int64_t observations = 0;
        std::int64_t churned = 0;            ///< Of the observations: within the horizon.
        std::optional<double> churn_rate{};  ///< 0 to 1; empty without observations.
    };
    struct Factor {
        std::string factor{};
        double weight = 0;                         ///< Share of the card's weights, 0 to 1.
        std::optional<double> suggested_weight{};  ///< What the regression would choose; they sum to 1.
        std::optional<double> auc{};
    };
    std::int64_t observations = 0;  ///< With and without a score.
    std::int64_t customers = 0;
    std::int64_t churned = 0;  ///< Customers seen within the horizon before they left.
    bool enough_data = false;
    std::string verdict{};  ///< For a person.
    /// The probability that of two observations the one before a churn has the lower score; 0.5 is chance.
    std::optional<double> auc{};
    /// How many times more often than on average churn follows the lowest tenth of the scores.
    std::optional<double> lift_at_10_percent{};
    std::vector<Band> bands{};  ///< Each status, healthy first.
    /// From a customer's first critical day to the day it left; of those that had one.
    std::optional<double> median_lead_time_days{};
    std::vector<Factor> factors{};  ///< In the card's order.
};

/// Collects what a scorecard said of past days, and compares it with who left. Holds a few numbers for each
/// observation.
class Backtest {
public:
    Backtest(const Scorecard& card, int horizon_days);

    /// A score of a past day of a customer that had not left; its factors are the card's. `left_on`: when it
    /// left, even beyond the horizon; empty when it is still there. Days of one customer in order.
    void add(const HealthScore& score, std::optional<Date> left_on);
    BacktestReport report() const;

private:
    void add_factors(BacktestReport& report) const;
    /// For each factor; empty when the data don't support any.
    std::vector<double> suggested_weights() const;

    std::chrono::days horizon_;
    std::vector<std::string> names_;
    std::vector<double> weights_;
    // Of each scored observation.
    std::vector<double> scores_;
    std::vector<char> left_;
    std::vector<std::vector<double>> columns_;  ///< By factor; NaN: no data.
    std::map<HealthStatus, BacktestReport::Band> bands_;
    std::set<std::int64_t> customers_;
    std::set<std::int64_t> churned_;
    struct LastDays {
        Date first_critical;
        Date left_on;
    };
    std::map<std::int64_t, LastDays> critical_;
};

/// The share of pairs of one that happened and one that didn't in which `scores` is lower where it happened;
/// ties count half. NaN scores are left out; empty without such pairs.
std::optional<double> auc_of(const std::vector<double>& scores, const std::vector<char>& happened);
/// The rate among the lowest `share` of the scores divided by the rate among all; scores that tie at the
/// border count in proportion. Empty when nothing happened.
std::optional<double> lift_of(const std::vector<double>& scores, const std::vector<char>& happened,
                              double share);

}  // namespace keepwell
