#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "domain/health_status.hpp"
#include "domain/time.hpp"

namespace keepwell {

/// What happens to a factor without data.
enum class MissingPolicy {
    kExclude,       ///< Its weight is left out and the rest renormalised.
    kNeutral,       ///< Counts as 50.
    kZero,          ///< Counts as 0.
    kCarryForward,  ///< The last stored value, decaying to 50 with a half-life.
};
std::string_view to_string(MissingPolicy policy);
std::optional<MissingPolicy> parse_missing_policy(std::string_view text);

enum class CurveKind {
    kBuiltIn,          ///< The factor's own scoring.
    kBands,            ///< The score of the last point that the value has reached.
    kLinear,           ///< Straight lines between the points, level beyond them.
    kSegmentRelative,  ///< As linear, over the value divided by what the customer's segment is expected to
                       ///< reach.
};
/// `built_in`, `bands`, `linear`, `segment_relative`.
std::string_view to_string(CurveKind kind);
std::optional<CurveKind> parse_curve_kind(std::string_view text);

struct CurvePoint {
    double value = 0;
    double score = 0;  ///< 0 to 100.
    bool operator==(const CurvePoint&) const = default;
};

/// How a factor's value becomes its score. Data, so that a user changes it without code.
struct Curve {
    CurveKind kind = CurveKind::kBuiltIn;
    std::vector<CurvePoint> points{};                       ///< By value, ascending and distinct.
    std::map<std::string, double, std::less<>> expected{};  ///< By folded segment, above 0.
    double expected_otherwise = 1;                          ///< Of all other segments, above 0.

    /// 0 to 100. Below the first point of `bands` it is 0. Not for kBuiltIn.
    double score(double value, std::string_view segment) const;
    /// What customers of the segment (as given) are expected to reach.
    double expected_of(std::string_view segment) const;
    bool operator==(const Curve&) const = default;
};

enum class Comparison { kBelow, kAtMost, kAtLeast, kAbove };
/// `<`, `<=`, `>=`, `>`.
std::string_view to_string(Comparison comparison);
std::optional<Comparison> parse_comparison(std::string_view text);
bool holds(Comparison comparison, double left, double right);

/// A limit to the score while something holds: "an open urgent ticket older than 3 days: at most 40".
struct ScoreCap {
    std::string name{};
    std::string reason{};
    /// What is compared: `<factor>.score`, `<factor>.value`, or a fact: `oldest_urgent_ticket_days`,
    /// `open_urgent_tickets`, `days_since_last_activity`, `coverage`. Without a value the cap doesn't hold.
    std::string subject{};
    Comparison comparison = Comparison::kAtLeast;
    double threshold = 0;
    double maximum = 0;             ///< 0 to 100.
    std::optional<Date> expires{};  ///< The first day on which it no longer holds.
    bool operator==(const ScoreCap&) const = default;
};
/// The facts that a cap may name, besides those of factors.
std::vector<std::string_view> cap_facts();

/// Keeps sums of weights finite.
inline constexpr double kMaximumWeight = 1e9;

struct ScorecardFactor {
    std::string factor{};  ///< A name in the registry.
    double weight = 0;     ///< Above 0, at most kMaximumWeight; normalised over the card.
    MissingPolicy missing = MissingPolicy::kExclude;
    double half_life_days = 30;  ///< For kCarryForward.
    Curve curve{};
    bool operator==(const ScorecardFactor&) const = default;
};

/// Which factors count how much and what the result is called. Data, not code: stored and versioned.
struct Scorecard {
    std::string name{};
    int version = 1;
    std::string description{};
    std::vector<ScorecardFactor> factors{};
    double healthy_from = 75;       ///< Half-open bands: healthy at or above this,
    double at_risk_from = 50;       ///< at risk at or above this, critical below.
    double minimum_coverage = 0.5;  ///< Below it the status is insufficient_data.
    std::vector<ScoreCap> caps{};
    std::string author{};  ///< Who made this version; empty: came with the program.
    bool retired = false;  ///< No rule and no person may give it to a customer any more.
    Timestamp created_at{};

    HealthStatus band(double score) const {
        if (score >= healthy_from) return HealthStatus::kHealthy;
        return score >= at_risk_from ? HealthStatus::kAtRisk : HealthStatus::kCritical;
    }
};

/// The scorecard `metrics` over daily metrics rows, bands 70 / 40.
Scorecard metrics_scorecard();
/// The scorecard `activity` over events, bands 75 / 50.
Scorecard activity_scorecard();

/// One condition of an assignment rule.
struct RuleCondition {
    /// `segment` (folded), `plan`, `region`, `tenure_days`, `custom.<name>`.
    std::string field{};
    /// `=`, `!=`; for tenure_days also `<`, `<=`, `>=`, `>`.
    std::string operation{};
    std::string value{};
    bool operator==(const RuleCondition&) const = default;
};

/// Customers that meet every condition get the scorecard.
struct AssignmentRule {
    std::string scorecard{};
    std::vector<RuleCondition> conditions{};
    bool operator==(const AssignmentRule&) const = default;
};

/// Port. A stored version is never changed; an edit adds the next one.
class ScorecardRepository {
public:
    virtual ~ScorecardRepository() = default;

    /// The newest version.
    virtual std::optional<Scorecard> find(const std::string& name) = 0;
    virtual std::optional<Scorecard> find_version(const std::string& name, int version) = 0;
    /// The newest version of each, by name.
    virtual std::vector<Scorecard> list() = 0;
    /// Every version, newest first.
    virtual std::vector<Scorecard> versions(const std::string& name) = 0;
    /// Throws Error{kConflict} when (name, version) exists.
    virtual void add(const Scorecard& scorecard, Timestamp now) = 0;
    /// In order: the first match wins.
    virtual std::vector<AssignmentRule> rules() = 0;
    virtual void replace_rules(std::span<const AssignmentRule> rules) = 0;
    /// Grows with every change of scorecards, rules, segments or event types: what was made from them is
    /// stale.
    virtual std::int64_t revision() = 0;
    virtual void bump_revision() = 0;
};

}  // namespace keepwell
