#include "domain/details.hpp"
#include "domain/factors/activity_days.hpp"
#include "domain/factors/activity_factors.hpp"

namespace keepwell::factors {
namespace {

constexpr int kWindowDays = 30;
constexpr double kExpectedEndpoints = 5;
constexpr double kWorstErrorRate = 0.20;
constexpr std::size_t kNamesToldOf = 20;

class ApiUsage final : public BaseHealthFactor {
public:
    std::string_view name() const override { return "api_usage"; }
    std::string_view summary() const override {
        return "API calls against what the segment makes, and their errors";
    }
    double default_weight() const override { return 30; }
    FactorNeeds needs() const override { return {.activity = true, .window_days = kWindowDays}; }
    std::string_view unit() const override { return "API calls in 30 days"; }

    std::optional<double> score(const FactorInput& input) const override {
        if (unknown_because(input, "api_call", "API calls")) return std::nullopt;
        return Parts{input}.score();
    }
    std::optional<double> value(const FactorInput& input) const override {
        if (unknown_because(input, "api_call", "API calls")) return std::nullopt;
        return static_cast<double>(Parts{input}.calls);
    }
    FactorScore explain(const FactorInput& input) const override;

private:
    struct Parts {
        explicit Parts(const FactorInput& input)
            : days(input, "api_call", kWindowDays),
              calls(days.events()),
              expected(input.customer->expected_api_calls),
              endpoints(days.counts("endpoint")),
              error_rate(calls > 0 ? days.sum("errors") / static_cast<double>(calls) : 0) {}

        double usage_points() const { return 80 * share(static_cast<double>(calls) / expected); }
        double endpoint_points() const {
            return 20 * share(static_cast<double>(endpoints.size()) / kExpectedEndpoints);
        }
        double error_factor() const { return 1 - 0.5 * share(error_rate / kWorstErrorRate); }
        double score() const { return (usage_points() + endpoint_points()) * error_factor(); }

        ActivityDays days;
        std::int64_t calls;
        double expected;
        Counts endpoints;
        double error_rate;
    };
};

FactorScore ApiUsage::explain(const FactorInput& input) const {
    FactorScore result;
    if (auto reason = unknown_because(input, "api_call", "API calls")) {
        result.description = *std::move(reason);
        return result;
    }
    const Parts parts{input};
    const std::int64_t recent = parts.days.later_half().events();
    const std::int64_t previous = parts.calls - recent;
    std::map<std::string, std::int64_t, std::less<>> daily;
    for (const DailyActivity* day : parts.days.days()) daily.emplace(to_string(day->day), day->count);
    result.score = parts.score();
    result.value = static_cast<double>(parts.calls);
    result.trend =
        trend_between(static_cast<double>(previous), static_cast<double>(recent), Direction::kHigherIsBetter);
    result.description = counted(parts.calls, "API call", "API calls") + " in the last 30 days, where " +
                         short_decimal(parts.expected) + " are expected";
    if (parts.error_rate > 0)
        result.description += "; " + short_decimal(100 * parts.error_rate) + "% of them failed";
    result.details = Details{}
                         .add("expected_calls", parts.expected)
                         .add("recent_calls", recent)
                         .add("previous_calls", previous)
                         .add("distinct_endpoints", static_cast<std::int64_t>(parts.endpoints.size()))
                         .add("endpoints", most_frequent(parts.endpoints, kNamesToldOf))
                         .add("methods", most_frequent(parts.days.counts("method"), kNamesToldOf))
                         .add("error_rate", parts.error_rate)
                         .add("daily_usage", daily)
                         .add("usage_points", parts.usage_points())
                         .add("endpoint_points", parts.endpoint_points())
                         .add("error_factor", parts.error_factor())
                         .json();
    return result;
}

}  // namespace

std::unique_ptr<BaseHealthFactor> api_usage() {
    return std::make_unique<ApiUsage>();
}

}  // namespace keepwell::factors
