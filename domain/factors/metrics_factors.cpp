#include "domain/factors/metrics_factors.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "domain/trend.hpp"

namespace keepwell::factors {
namespace {

/// Days before the scored one that tell a factor's trend.
constexpr std::chrono::days kTrendWindow{30};

/// What differs between the five: a number of the row, how it is scored and how it is said.
struct Definition {
    std::string_view name;
    std::string_view summary;
    double weight;
    Direction direction;
    std::optional<double> (*value)(const DailyMetrics&);
    double (*score)(double value);
    std::string (*describe)(double value);
    std::string_view missing;
};

class MetricsFactor final : public BaseHealthFactor {
public:
    explicit MetricsFactor(const Definition& definition) : definition_(definition) {}

    std::string_view name() const override { return definition_.name; }
    std::string_view summary() const override { return definition_.summary; }
    double default_weight() const override { return definition_.weight; }
    FactorNeeds needs() const override { return {.metrics = true}; }
    std::optional<double> value(const FactorInput& input) const override { return scored_value(input); }

    std::optional<double> score(const FactorInput& input) const override {
        const auto value = scored_value(input);
        if (!value) return std::nullopt;
        return definition_.score(*value);
    }

    FactorScore explain(const FactorInput& input) const override {
        FactorScore result;
        result.value = scored_value(input);
        if (!result.value) {
            result.description = definition_.missing;
            return result;
        }
        result.score = definition_.score(*result.value);
        result.description = definition_.describe(*result.value);
        result.trend = trend(input);
        return result;
    }

private:
    std::optional<double> scored_value(const FactorInput& input) const {
        const DailyMetrics* row = input.scored();
        return row == nullptr ? std::nullopt : definition_.value(*row);
    }

    std::optional<Trend> trend(const FactorInput& input) const {
        std::vector<double> values;
        for (const DailyMetrics& row : input.metrics) {
            if (row.date <= input.scored()->date - kTrendWindow) continue;
            if (const auto value = definition_.value(row)) values.push_back(*value);
        }
        return trend_of_halves(values, definition_.direction);
    }

    const Definition& definition_;
};

std::string percent(double rate) {
    return std::to_string(static_cast<int>(std::lround(rate * 100))) + "%";
}

std::string count(double value, std::string_view one, std::string_view many) {
    const auto number = std::llround(value);
    return std::to_string(number) + " " + std::string{number == 1 ? one : many};
}

double unit(double rate) {
    return 100 * std::clamp(rate, 0.0, 1.0);
}

constexpr Definition kDailyActiveUsers{
    "daily_active_users",
    "How many people use the product on a day",
    25,
    Direction::kHigherIsBetter,
    [](const DailyMetrics& row) { return std::optional{static_cast<double>(row.daily_active_users)}; },
    [](double users) {
        if (users > 100) return 100.0;
        if (users > 50) return 80.0;
        if (users > 10) return 60.0;
        return std::max(0.0, users * 6);
    },
    [](double users) { return count(users, "daily active user", "daily active users"); },
    "No daily metrics yet"};

constexpr Definition kFeatureAdoptionRate{
    "feature_adoption_rate",
    "Share of the features that are used",
    25,
    Direction::kHigherIsBetter,
    [](const DailyMetrics& row) { return std::optional{row.feature_adoption_rate}; },
    unit,
    [](double rate) { return percent(rate) + " of features adopted"; },
    "No daily metrics yet"};

constexpr Definition kSupportTicketsOpen{
    "support_tickets_open",
    "How many support tickets are open",
    20,
    Direction::kLowerIsBetter,
    [](const DailyMetrics& row) { return std::optional{static_cast<double>(row.support_tickets_open)}; },
    [](double tickets) {
        if (tickets <= 0) return 100.0;
        if (tickets <= 2) return 75.0;
        return std::clamp(100 - 5 * tickets, 0.0, 50.0);
    },
    [](double tickets) { return count(tickets, "open support ticket", "open support tickets"); },
    "No daily metrics yet"};

constexpr Definition kNps{"nps",
                          "Net promoter score",
                          15,
                          Direction::kHigherIsBetter,
                          [](const DailyMetrics& row) { return row.nps_score; },
                          [](double nps) { return std::clamp((nps + 100) / 2, 0.0, 100.0); },
                          [](double nps) { return "Net promoter score " + std::to_string(std::lround(nps)); },
                          "No net promoter score yet"};

constexpr Definition kLoginRate{"login_rate",
                                "How often people sign in",
                                15,
                                Direction::kHigherIsBetter,
                                [](const DailyMetrics& row) { return std::optional{row.login_frequency}; },
                                unit,
                                [](double rate) { return "Login frequency " + percent(rate); },
                                "No daily metrics yet"};

}  // namespace

std::unique_ptr<BaseHealthFactor> daily_active_users() {
    return std::make_unique<MetricsFactor>(kDailyActiveUsers);
}
std::unique_ptr<BaseHealthFactor> feature_adoption_rate() {
    return std::make_unique<MetricsFactor>(kFeatureAdoptionRate);
}
std::unique_ptr<BaseHealthFactor> support_tickets_open() {
    return std::make_unique<MetricsFactor>(kSupportTicketsOpen);
}
std::unique_ptr<BaseHealthFactor> nps() {
    return std::make_unique<MetricsFactor>(kNps);
}
std::unique_ptr<BaseHealthFactor> login_rate() {
    return std::make_unique<MetricsFactor>(kLoginRate);
}

}  // namespace keepwell::factors
