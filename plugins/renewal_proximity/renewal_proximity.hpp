#pragma once

#include <keepwell_plugin.hpp>

/// How near the renewal is, and whether use is falling towards it. Renewals are decided in the months before
/// them, so the same fall of use weighs the more, the nearer the day is:
///
///     score = 100 · (1 − p · (1 − 0.8·u))
///
/// p, nearness: 1 from 30 days before the renewal on, 0.25 at 180 days, in between on a straight line;
/// further away the factor has nothing to say. u, use: 1 when the last 30 days have at least the uses of the
/// 30 before, 0 when they have lost half or more, or there are none. So a renewal next month scores 80 with
/// steady use and 0 with use in free fall.
class RenewalProximity final : public keepwell::sdk::BaseHealthFactor {
public:
    std::string name() const override { return "renewal_proximity"; }
    std::string summary() const override {
        return "How near the renewal is, and whether use falls towards it";
    }
    std::string unit() const override { return "days to the renewal"; }
    double default_weight() const override { return 15; }
    keepwell::sdk::FactorNeeds needs() const override { return {false, true, false, 60}; }
    /// The day comes from the custom attribute `renewal_date`, `contract_end` or `contract_end_date`, or from
    /// `contract_months` counted from the signup. No data without it.
    keepwell::sdk::FactorScore score(const keepwell::sdk::Input& input) const override;
};
