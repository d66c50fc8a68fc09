#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/health_factor.hpp"
#include "domain/trend.hpp"

/// What the factors over events share.
namespace keepwell::factors {

/// So long after signup nothing can be concluded from silence.
inline constexpr std::chrono::days kTooYoung{14};

/// Why nothing in the window says nothing of the customer; empty when it says that nothing was done. A source
/// that nobody of the segment has ever sent is not connected; a customer without any event is given two weeks
/// from signup. `things` names the events: "logins".
std::optional<std::string> unknown_because(const FactorInput& input, std::string_view event_type,
                                           std::string_view things);

/// Occurrences by the value of an attribute; the texts live as long as the rollups.
using Counts = std::map<std::string_view, std::int64_t>;
/// The `limit` most frequent, so that what is stored with a score stays small.
std::map<std::string, std::int64_t, std::less<>> most_frequent(const Counts& counts, std::size_t limit);

/// The days with one type of events in the window of whole UTC days that ends with as_of.
class ActivityDays {
public:
    ActivityDays(const FactorInput& input, std::string_view event_type, int window_days);

    const std::vector<const DailyActivity*>& days() const { return days_; }
    std::int64_t events() const;
    double sum(std::string_view attribute) const;
    Counts counts(std::string_view attribute) const;
    /// The newest value in the window.
    std::optional<double> last(std::string_view attribute) const;

    /// The days of the later half of the window (of an odd number of days the longer one), and those before.
    ActivityDays later_half() const;
    ActivityDays earlier_half() const;

private:
    ActivityDays() = default;

    std::vector<const DailyActivity*> days_;
    Date middle_{};  ///< The first day of the later half.
};

/// Compares two halves of a window by one number of each.
std::optional<Trend> trend_between(double earlier, double later, Direction direction);

/// r(x) of the formulas: at least 0, at most 1; nonsense is 0.
double share(double value);

/// "1 login", "12 logins", "No logins".
std::string counted(std::int64_t number, std::string_view one, std::string_view many);
/// With at most one decimal: "66.7", "100".
std::string short_decimal(double value);

}  // namespace keepwell::factors
