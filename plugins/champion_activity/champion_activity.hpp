#pragma once

#include <keepwell_plugin.hpp>

/// Whether the person who carries the product inside a customer still signs in, and how many carry it.
///
/// The champion is who signed in most in the 30 days before the last 30. The score falls as that person goes
/// quiet, the more the larger their share of all sign-ins was, and rises with the number of people who share
/// the work:
///
///     score = 100 · (0.8 · (1 − (1 − k) · (0.5 + 0.5·s)) + 0.2 · b)
///
/// k, kept: the champion's sign-ins now over half of those before, at most 1. s: the champion's share then.
/// b, breadth: (n − 1) / 4, at most 1, where n = 1 / Σ shareᵢ² is the effective number of users now (the
/// inverse of the Herfindahl index: five who sign in equally often count as 5, one who does nearly all as
/// little above 1).
class ChampionActivity final : public keepwell::sdk::BaseHealthFactor {
public:
    std::string name() const override { return "champion_activity"; }
    std::string summary() const override {
        return "Whether the most active person still signs in, and how many do";
    }
    std::string unit() const override { return "the champion's sign-ins in 30 days"; }
    double default_weight() const override { return 10; }
    keepwell::sdk::FactorNeeds needs() const override { return {false, true, false, 60}; }
    /// No data when sign-ins don't say who (`user`), or nobody signed in two months ago.
    keepwell::sdk::FactorScore score(const keepwell::sdk::Input& input) const override;
};
