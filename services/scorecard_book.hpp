#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "domain/unit_of_work.hpp"
#include "domain/weighted_calculator.hpp"

namespace keepwell {

/// Every scorecard as it was stored at one moment, ready to calculate. Never changes.
class Scorecards {
public:
    /// The newest version; null when there is none, or none that can be calculated with.
    const WeightedCalculator* find(std::string_view name) const;
    /// What scores metrics rows of which nobody has said otherwise: the scorecard `metrics`, or as it came
    /// with the program when the stored one no longer scores rows alone.
    const WeightedCalculator& rows() const { return *rows_; }
    /// Whether any other scorecard scores rows, too.
    bool has_other_row_cards() const { return row_cards_ > 1; }
    /// The card `name` if it scores rows, else rows().
    const WeightedCalculator& rows_of(const std::optional<std::string>& name) const;
    /// Whether customers with this scorecard, or none yet, have the score of their latest row.
    bool scores_rows(const std::optional<std::string>& name) const;
    const std::vector<AssignmentRule>& rules() const { return rules_; }
    /// Per 30 days, of customers of this segment.
    double expected_api_calls(std::string_view folded_segment) const;
    /// The longest window of any card, in days.
    int window_days() const { return window_days_; }

private:
    friend class ScorecardBook;

    std::int64_t revision_ = 0;
    std::vector<std::unique_ptr<FactorRegistry>> stand_ins_;
    std::map<std::string, std::unique_ptr<WeightedCalculator>, std::less<>> calculators_;
    std::unique_ptr<WeightedCalculator> shipped_rows_;
    const WeightedCalculator* rows_ = nullptr;
    int row_cards_ = 0;
    int window_days_ = 30;
    std::vector<AssignmentRule> rules_;
    std::map<std::string, double, std::less<>> expected_api_calls_;
};

/// The stored scorecards, read again when they have changed. Thread-safe.
///
/// Where nothing is stored the scorecards that come with the program hold. A card that names a factor which
/// does not exist (a plugin that is gone) still counts: that factor has no data and says why. A card that
/// can't be calculated with at all is left out. Both are logged once.
class ScorecardBook {
public:
    explicit ScorecardBook(const FactorRegistry& factors) : factors_(factors) {}

    /// As stored now. Costs one small read while nothing has changed. Not in a transaction that changes
    /// scorecards itself: what it reads is kept even if the transaction is rolled back.
    std::shared_ptr<const Scorecards> current(Repositories& in);

private:
    std::shared_ptr<const Scorecards> read(Repositories& in, std::int64_t revision);
    void add(Scorecards& cards, const Scorecard& card);
    void warn_once(const std::string& message);

    const FactorRegistry& factors_;
    std::mutex mutex_;
    std::shared_ptr<const Scorecards> cards_;
    std::set<std::string> warned_;
};

}  // namespace keepwell
