#include <charconv>
#include <limits>

#include "domain/details.hpp"
#include "domain/factors/activity_days.hpp"
#include "domain/factors/activity_factors.hpp"

namespace keepwell::factors {
namespace {

constexpr int kWindowDays = 30;
constexpr std::int64_t kExpectedLogins = 20;
constexpr double kExpectedMinutes = 10;
constexpr double kExpectedActiveDays = 12;

/// Of the lengths that were told; empty when none was.
std::optional<double> median_minutes(const ActivityDays& days) {
    std::map<std::int64_t, std::int64_t> by_seconds;
    std::int64_t total = 0;
    for (const auto& [text, count] : days.counts("session_seconds")) {
        std::int64_t seconds = 0;
        const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), seconds);
        if (failure != std::errc{} || end != text.data() + text.size()) continue;
        by_seconds[seconds] += count;
        total += count;
    }
    if (total == 0) return std::nullopt;
    const auto at = [&](std::int64_t position) {
        for (const auto& [seconds, count] : by_seconds) {
            if (position < count) return static_cast<double>(seconds);
            position -= count;
        }
        return 0.0;
    };
    return (at((total - 1) / 2) + at(total / 2)) / 2 / 60;
}

class LoginFrequency final : public BaseHealthFactor {
public:
    std::string_view name() const override { return "login_frequency"; }
    std::string_view summary() const override {
        return "How often people sign in, on how many days and for how long";
    }
    double default_weight() const override { return 20; }
    FactorNeeds needs() const override { return {.activity = true, .window_days = kWindowDays}; }
    std::string_view unit() const override { return "logins in 30 days"; }

    std::optional<double> score(const FactorInput& input) const override {
        if (unknown_because(input, "login", "logins")) return std::nullopt;
        return Parts{input}.score();
    }
    std::optional<double> value(const FactorInput& input) const override {
        if (unknown_because(input, "login", "logins")) return std::nullopt;
        return static_cast<double>(Parts{input}.logins);
    }
    FactorScore explain(const FactorInput& input) const override;

private:
    struct Parts {
        explicit Parts(const FactorInput& input)
            : days(input, "login", kWindowDays),
              logins(days.events()),
              active_days(static_cast<std::int64_t>(days.days().size())),
              session_minutes(median_minutes(days)) {}

        double login_points() const {
            return 70 * share(static_cast<double>(logins) / static_cast<double>(kExpectedLogins));
        }
        double session_points() const { return 15 * share(session_minutes.value_or(0) / kExpectedMinutes); }
        double day_points() const {
            return 15 * share(static_cast<double>(active_days) / kExpectedActiveDays);
        }
        double points_possible() const { return session_minutes ? 100 : 85; }
        double score() const {
            return 100 * ((login_points() + session_points() + day_points()) / points_possible());
        }

        ActivityDays days;
        std::int64_t logins;
        std::int64_t active_days;
        std::optional<double> session_minutes;
    };
};

FactorScore LoginFrequency::explain(const FactorInput& input) const {
    FactorScore result;
    if (auto reason = unknown_because(input, "login", "logins")) {
        result.description = *std::move(reason);
        return result;
    }
    const Parts parts{input};
    const std::int64_t recent = parts.days.later_half().events();
    const std::int64_t previous = parts.logins - recent;
    result.score = parts.score();
    result.value = static_cast<double>(parts.logins);
    result.trend =
        trend_between(static_cast<double>(previous), static_cast<double>(recent), Direction::kHigherIsBetter);
    result.description = counted(parts.logins, "login", "logins") + " in the last 30 days";
    if (parts.logins > 0) result.description += ", on " + counted(parts.active_days, "day", "days");
    result.details = Details{}
                         .add("expected_logins", kExpectedLogins)
                         .add("recent_activity", recent)
                         .add("previous_activity", previous)
                         .add("active_days", parts.active_days)
                         .add("median_session_minutes",
                              parts.session_minutes.value_or(std::numeric_limits<double>::quiet_NaN()))
                         .add("login_points", parts.login_points())
                         .add("session_points", parts.session_points())
                         .add("day_points", parts.day_points())
                         .add("points_possible", parts.points_possible())
                         .json();
    return result;
}

}  // namespace

std::unique_ptr<BaseHealthFactor> login_frequency() {
    return std::make_unique<LoginFrequency>();
}

}  // namespace keepwell::factors
