#include "domain/scorecard.hpp"

namespace keepwell {

std::string_view to_string(MissingPolicy policy) {
    switch (policy) {
        case MissingPolicy::kExclude:
            return "exclude";
        case MissingPolicy::kNeutral:
            return "neutral";
        case MissingPolicy::kZero:
            return "zero";
        case MissingPolicy::kCarryForward:
            return "carry_forward";
    }
    return {};
}

std::optional<MissingPolicy> parse_missing_policy(std::string_view text) {
    for (const MissingPolicy policy : {MissingPolicy::kExclude, MissingPolicy::kNeutral, MissingPolicy::kZero,
                                       MissingPolicy::kCarryForward}) {
        if (to_string(policy) == text) return policy;
    }
    return std::nullopt;
}

std::string_view to_string(Comparison comparison) {
    switch (comparison) {
        case Comparison::kBelow:
            return "<";
        case Comparison::kAtMost:
            return "<=";
        case Comparison::kAtLeast:
            return ">=";
        case Comparison::kAbove:
            return ">";
    }
    return {};
}

std::optional<Comparison> parse_comparison(std::string_view text) {
    for (const Comparison comparison :
         {Comparison::kBelow, Comparison::kAtMost, Comparison::kAtLeast, Comparison::kAbove}) {
        if (to_string(comparison) == text) return comparison;
    }
    return std::nullopt;
}

bool holds(Comparison comparison, double left, double right) {
    switch (comparison) {
        case Comparison::kBelow:
            return left < right;
        case Comparison::kAtMost:
            return left <= right;
        case Comparison::kAtLeast:
            return left >= right;
        case Comparison::kAbove:
            return left > right;
    }
    return false;
}

Scorecard metrics_scorecard() {
    return {.name = "metrics",
            .version = 1,
            .description = "Daily metrics of an account: usage, adoption, support, sentiment, logins",
            .factors = {{.factor = "daily_active_users", .weight = 25},
                        {.factor = "feature_adoption_rate", .weight = 25},
                        {.factor = "support_tickets_open", .weight = 20},
                        {.factor = "nps", .weight = 15, .missing = MissingPolicy::kNeutral},
                        {.factor = "login_rate", .weight = 15}},
            .healthy_from = 70,
            .at_risk_from = 40,
            .minimum_coverage = 0.5};
}

Scorecard activity_scorecard() {
    return {.name = "activity",
            .version = 1,
            .description = "What a customer does: API usage, logins, payments, features, support tickets",
            .factors = {{.factor = "api_usage", .weight = 30},
                        {.factor = "login_frequency", .weight = 20},
                        {.factor = "payment_timeliness", .weight = 25},
                        {.factor = "feature_adoption", .weight = 15},
                        {.factor = "support_tickets", .weight = 10}},
            .healthy_from = 75,
            .at_risk_from = 50,
            .minimum_coverage = 0.5};
}

}  // namespace keepwell
