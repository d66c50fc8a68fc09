#pragma once

#include <keepwell_plugin.hpp>

/// What people answered to "how likely are you to recommend us?" (0 to 10) in the last 90 days, and which way
/// it goes.
///
/// Level: the mean answer through straight lines between (0, 0), (6, 40), (7, 55), (8, 70), (9, 90), (10,
/// 100). The bends are those of the question's inventor (F. Reichheld, "The One Number You Need to Grow",
/// Harvard Business Review, 2003): up to 6 people warn others off, 7 and 8 keep quiet, from 9 on they
/// recommend; so they fall into the bands critical, at risk and healthy. Direction: 5 points for each point
/// by which the mean of the last 45 days is above that of the 45 before, at most 15 either way.
class NpsTrend final : public keepwell::sdk::BaseHealthFactor {
public:
    std::string name() const override { return "nps_trend"; }
    std::string summary() const override {
        return "What people answer to the NPS question, and which way it goes";
    }
    std::string unit() const override { return "mean answer of 10"; }
    double default_weight() const override { return 10; }
    keepwell::sdk::FactorNeeds needs() const override { return {false, true, false, 90}; }
    /// No data without an answer in 90 days.
    keepwell::sdk::FactorScore score(const keepwell::sdk::Input& input) const override;
};
