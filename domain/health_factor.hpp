#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/daily_activity.hpp"
#include "domain/daily_metrics.hpp"
#include "domain/health_score.hpp"
#include "domain/segment.hpp"

namespace keepwell {

/// What is known of a customer beside its metrics and events.
struct ScoredCustomer {
    CustomerId id{};
    std::string name{};
    std::string segment{};
    std::string region{};
    std::string plan{};
    Money mrr;
    std::optional<Date> signup_date{};
    Date known_since{};               ///< The day on which it was first stored.
    double expected_api_calls = 300;  ///< Of its segment, per 30 days.
    std::map<std::string, std::string> custom{};
};

/// The days up to the one that is scored, from the rollups.
struct ActivityWindow {
    /// By day, then type: those of the longest window that any factor asks for, and all with tickets before.
    std::span<const DailyActivity> days;
    /// Raw events, oldest first: only when a factor of the scorecard needs them.
    std::span<const CustomerEvent> events;
    /// The types that anybody of this customer's segment has ever sent, up to the day.
    const std::set<std::string, std::less<>>* connected = nullptr;
    std::optional<Date> first_day{};  ///< With any event of this customer; empty: none yet.

    bool is_connected(std::string_view event_type) const {
        return connected != nullptr && connected->contains(event_type);
    }
};

/// What a factor may look at.
struct FactorInput {
    /// Rows up to the day that is scored, oldest first; the last one is scored, the others only tell the
    /// trend.
    std::span<const DailyMetrics> metrics;
    Date as_of;
    const ScoredCustomer* customer = nullptr;  ///< Null where a lone metrics row is scored.
    const ActivityWindow* activity = nullptr;  ///< Likewise.

    /// The scored row; null when there is none.
    const DailyMetrics* scored() const { return metrics.empty() ? nullptr : &metrics.back(); }
};

/// Which of its input a factor reads, so that nothing else is loaded.
struct FactorNeeds {
    bool metrics = false;
    bool activity = false;
    bool raw_events = false;
    int window_days = 30;  ///< The days of activity, the scored one included.
};

/// One aspect of a customer's health: a pure function of its input, so equal inputs give equal answers.
/// Stateless and thread-safe. May throw; the calculator treats that as no data.
class BaseHealthFactor {
public:
    virtual ~BaseHealthFactor() = default;

    /// The name under which scorecards mention it.
    virtual std::string_view name() const = 0;
    /// One line for a person choosing factors.
    virtual std::string_view summary() const = 0;
    /// Share of 100 that it usually gets.
    virtual double default_weight() const = 0;
    virtual FactorNeeds needs() const = 0;
    /// Of `value`, for people who draw a curve over it: "users", "calls in 30 days"; empty for none.
    virtual std::string_view unit() const { return {}; }
    /// The plugin that it comes from; empty: it is built in.
    virtual std::string_view plugin() const { return {}; }

    /// 0 to 100; empty when there is no data. The hot path: called for every row of an import.
    virtual std::optional<double> score(const FactorInput& input) const = 0;
    /// The headline number that a scorecard's curve is drawn over; empty when there is no data.
    virtual std::optional<double> value(const FactorInput& input) const { return explain(input).value; }
    /// The same score with value, description and trend. Name, weight and contribution are the calculator's.
    virtual FactorScore explain(const FactorInput& input) const = 0;
};

}  // namespace keepwell
