#include <algorithm>

#include "domain/details.hpp"
#include "domain/factors/activity_days.hpp"
#include "domain/factors/activity_factors.hpp"

namespace keepwell::factors {
namespace {

constexpr int kWindowDays = 30;
constexpr std::int64_t kExpectedFeatures = 8;
constexpr std::size_t kFeaturesToldOf = 50;

class FeatureAdoption final : public BaseHealthFactor {
public:
    std::string_view name() const override { return "feature_adoption"; }
    std::string_view summary() const override {
        return "How many different features are used, advanced ones among them";
    }
    double default_weight() const override { return 15; }
    FactorNeeds needs() const override { return {.activity = true, .window_days = kWindowDays}; }
    std::string_view unit() const override { return "features used in 30 days"; }

    std::optional<double> score(const FactorInput& input) const override {
        if (unknown_because(input, "feature_use", "uses of features")) return std::nullopt;
        return Parts{input}.score();
    }
    std::optional<double> value(const FactorInput& input) const override {
        if (unknown_because(input, "feature_use", "uses of features")) return std::nullopt;
        return Parts{input}.distinct();
    }
    FactorScore explain(const FactorInput& input) const override;

private:
    struct Parts {
        explicit Parts(const FactorInput& input)
            : days(input, "feature_use", kWindowDays),
              uses(days.counts("feature_name")),
              advanced(days.counts("advanced")),
              tells_advanced(!advanced.empty() || !days.counts("basic").empty()) {}

        double distinct() const { return static_cast<double>(uses.size()); }
        double variety_points() const {
            return 80 * share(distinct() / static_cast<double>(kExpectedFeatures));
        }
        double advanced_points() const {
            return uses.empty() ? 0 : 20 * share(static_cast<double>(advanced.size()) / distinct());
        }
        double points_possible() const { return tells_advanced ? 100 : 80; }
        double score() const { return 100 * ((variety_points() + advanced_points()) / points_possible()); }

        ActivityDays days;
        Counts uses;
        Counts advanced;
        bool tells_advanced;  ///< Whether the source says of features if they are advanced.
    };
};

FactorScore FeatureAdoption::explain(const FactorInput& input) const {
    FactorScore result;
    if (auto reason = unknown_because(input, "feature_use", "uses of features")) {
        result.description = *std::move(reason);
        return result;
    }
    const Parts parts{input};
    const auto distinct = static_cast<std::int64_t>(parts.uses.size());
    const auto earlier = static_cast<double>(parts.days.earlier_half().counts("feature_name").size());
    const auto later = static_cast<double>(parts.days.later_half().counts("feature_name").size());
    result.score = parts.score();
    result.value = parts.distinct();
    result.trend = trend_between(earlier, later, Direction::kHigherIsBetter);
    result.description =
        counted(distinct, "feature", "features") + " used in the last 30 days" +
        (parts.advanced.empty() ? "" : ", " + std::to_string(parts.advanced.size()) + " of them advanced");
    const auto told = most_frequent(parts.uses, kFeaturesToldOf);
    std::vector<std::string> names;
    for (const auto& [name, uses] : told) names.push_back(name);
    Details details;
    details.add("expected_features", kExpectedFeatures)
        .add("distinct_features", distinct)
        .add("advanced_features", static_cast<std::int64_t>(parts.advanced.size()))
        .add("features_used", names)
        .add("feature_usage_count", told);
    if (!parts.uses.empty()) {
        const auto fewer = [](const auto& left, const auto& right) { return left.second < right.second; };
        details.add("most_used_feature", std::max_element(parts.uses.begin(), parts.uses.end(), fewer)->first)
            .add("least_used_feature", std::min_element(parts.uses.begin(), parts.uses.end(), fewer)->first);
    }
    result.details = details.add("variety_points", parts.variety_points())
                         .add("advanced_points", parts.advanced_points())
                         .add("points_possible", parts.points_possible())
                         .json();
    return result;
}

}  // namespace

std::unique_ptr<BaseHealthFactor> feature_adoption() {
    return std::make_unique<FeatureAdoption>();
}

}  // namespace keepwell::factors
