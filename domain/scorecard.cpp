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

}  // namespace keepwell
