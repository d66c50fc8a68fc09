#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/factor_registry.hpp"
#include "domain/unit_of_work.hpp"

namespace keepwell {

/// A scorecard and who has it.
struct ListedScorecard {
    Scorecard card;
    std::int64_t customers = 0;
};

/// Scorecards as data, and the rules that say who gets which. Each change queues, in its own transaction, the
/// jobs that score again whoever it concerns. Thread-safe.
class ScorecardService {
public:
    /// `on_queued` is called after a transaction that has queued a job.
    ScorecardService(UnitOfWork& unit_of_work, const FactorRegistry& factors, const Clock& clock,
                     std::function<void()> on_queued)
        : unit_of_work_(unit_of_work), factors_(factors), clock_(clock), on_queued_(std::move(on_queued)) {}

    /// The newest version of each, by name.
    std::vector<ListedScorecard> list();
    /// The newest version unless `version` says otherwise. Throws Error{kNotFound}.
    ListedScorecard get(const std::string& name, std::optional<std::int64_t> version = {});
    /// Newest first. Throws Error{kNotFound}.
    std::vector<ListedScorecard> versions(const std::string& name);

    /// Everything that is wrong with the card, by JSON pointer.
    std::vector<FieldError> mistakes(const Scorecard& card) const;
    /// Stores the first version. Throws Error{kInvalid} naming every mistake, Error{kConflict} when there is
    /// a card of that name.
    ListedScorecard add(Scorecard card);
    /// Stores the next version, unless nothing is different. Throws as add(), Error{kNotFound},
    /// Error{kPreconditionFailed} when `version` is given and not the newest, Error{kConflict} when a card is
    /// retired that is still needed.
    ListedScorecard change(Scorecard card, std::optional<std::int64_t> version);
    /// Nobody gets the card any more; those who have it keep it. Throws as change().
    void retire(const std::string& name, std::optional<std::int64_t> version, const std::string& author);

    std::vector<AssignmentRule> rules();
    /// Throws Error{kInvalid} naming every mistake ("/rules/0/scorecard"). Customers whose scorecard came
    /// from the old rules, or from none, get that of the new ones; what a person has chosen stays.
    void replace_rules(const std::vector<AssignmentRule>& rules);

    const FactorRegistry& factors() const { return factors_; }

private:
    Scorecard newest(Repositories& in, const std::string& name, std::optional<std::int64_t> version) const;
    void store(Repositories& in, Scorecard& card) const;
    void check(const Scorecard& card) const;

    UnitOfWork& unit_of_work_;
    const FactorRegistry& factors_;
    const Clock& clock_;
    std::function<void()> on_queued_;
};

}  // namespace keepwell
