#include "domain/score_changes.hpp"

#include <algorithm>
#include <cmath>

#include "domain/score_weights.hpp"

namespace keepwell {
namespace {

using Kind = ScoreChangeLine::Kind;

/// Less than this is what adding up costs, not a reason.
constexpr double kRounding = 1e-10;

std::string rounded(double value) {
    const auto cents = std::llround(std::abs(value) * 100);
    std::string text = std::to_string(cents / 100);
    if (cents % 100 != 0) {
        const std::string decimals = std::to_string(cents % 100);
        text += "." + (decimals.size() == 1 ? "0" + decimals : decimals);
        if (text.back() == '0') text.pop_back();
    }
    return value < 0 && cents > 0 ? "-" + text : text;
}

std::string told(const FactorScore* before, const FactorScore* after) {
    const bool had = before != nullptr && before->score;
    const bool has = after != nullptr && after->score;
    const std::string label = label_of(after != nullptr ? after->name : before->name);
    if (had && has) return label + " went from " + rounded(*before->score) + " to " + rounded(*after->score);
    if (has) return label + " has data now: " + rounded(*after->score);
    return label + (had ? " has no data any more" : " counts without data");
}

ScoreChangeLine factor_line(const FactorScore* before, const FactorScore* after, double points) {
    ScoreChangeLine line{
        .kind = Kind::kFactor, .name = after != nullptr ? after->name : before->name, .points = points};
    if (before != nullptr) {
        line.score_before = before->score;
        line.value_before = before->value;
    }
    if (after != nullptr) {
        line.score_after = after->score;
        line.value_after = after->value;
    }
    line.description = told(before, after);
    return line;
}

const FactorScore* find(const HealthScore& score, const std::string& name) {
    const auto same = [&](const FactorScore& factor) { return factor.name == name; };
    const auto found = std::find_if(score.factors.begin(), score.factors.end(), same);
    return found == score.factors.end() ? nullptr : &*found;
}

/// Where there was no score before, or is none now, each factor moved it by all that it brought.
void add_whole_factors(const HealthScore& from, const HealthScore& to, std::vector<ScoreChangeLine>& lines) {
    const bool begins = !from.raw_score;
    for (const FactorScore& factor : begins ? to.factors : from.factors) {
        if (factor.contribution == 0) continue;
        const FactorScore* other = find(begins ? from : to, factor.name);
        lines.push_back(begins ? factor_line(other, &factor, factor.contribution)
                               : factor_line(&factor, other, -factor.contribution));
    }
}

void add_factors(const HealthScore& from, const HealthScore& to, std::vector<ScoreChangeLine>& lines) {
    const double counted = counted_weight(from);
    for (const FactorScore& after : to.factors) {
        const FactorScore* before = find(from, after.name);
        if (before == nullptr || !before->score || !after.score || counted <= 0) continue;
        const double points = (*after.score - *before->score) * before->weight / counted;
        if (points != 0) lines.push_back(factor_line(before, &after, points));
    }
}

void add_cap(const std::optional<AppliedCap>& from, const std::optional<AppliedCap>& to,
             std::vector<ScoreChangeLine>& lines) {
    const auto add = [&](const AppliedCap& cap, double points, std::string_view what) {
        if (points == 0) return;
        lines.push_back({.kind = Kind::kCap,
                         .name = cap.name,
                         .points = points,
                         .description = "The cap " + cap.name + " " + std::string{what} + ": " + cap.reason});
    };
    if (from && to && from->name == to->name) {
        add(*to, to->points - from->points, "takes another number of points");
        return;
    }
    if (from) add(*from, -from->points, "no longer holds");
    if (to) add(*to, to->points, "holds now");
}

void add_override(const HealthScore& from, const HealthScore& to, std::vector<ScoreChangeLine>& lines) {
    const double before = from.replaced ? from.replaced->points : 0;
    const double after = to.replaced ? to.replaced->points : 0;
    if (after == before) return;
    const std::string_view what = !from.replaced ? "A person's judgement took the place of the score"
                                  : !to.replaced ? "A person's judgement no longer applies"
                                                 : "A person's judgement is another number of points away";
    lines.push_back({.kind = Kind::kOverride, .points = after - before, .description = std::string{what}});
}

std::string names_of(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

std::string weights_description(const HealthScore& from, const HealthScore& to) {
    if (from.scorecard != to.scorecard)
        return "Another scorecard: " + to.scorecard + " instead of " + from.scorecard;
    std::vector<std::string> came;
    std::vector<std::string> went;
    for (const FactorScore& after : to.factors) {
        const FactorScore* before = find(from, after.name);
        if (after.score && (before == nullptr || !before->score)) came.push_back(label_of(after.name));
    }
    for (const FactorScore& before : from.factors) {
        const FactorScore* after = find(to, before.name);
        if (before.score && (after == nullptr || !after->score)) went.push_back(label_of(before.name));
    }
    std::string text;
    if (!came.empty()) text += "New data for: " + names_of(came);
    if (!went.empty())
        text += (text.empty() ? "" : "; ") + std::string{"no data any more for: "} + names_of(went);
    if (from.scorecard_version != to.scorecard_version)
        text += (text.empty() ? "" : "; ") + std::string{"the scorecard was changed"};
    return text.empty() ? "Other weights" : text;
}

}  // namespace

std::string_view to_string(ScoreChangeLine::Kind kind) {
    switch (kind) {
        case Kind::kFactor:
            return "factor";
        case Kind::kWeights:
            return "weights";
        case Kind::kCap:
            return "cap";
        case Kind::kOverride:
            return "override";
    }
    return {};
}

ScoreChange change_between(const HealthScore& from, const HealthScore& to) {
    ScoreChange change{.difference = to.overall_score.value_or(0) - from.overall_score.value_or(0),
                       .lines = {}};
    if (from.raw_score && to.raw_score) {
        add_factors(from, to, change.lines);
    } else {
        add_whole_factors(from, to, change.lines);
    }
    add_cap(from.cap, to.cap, change.lines);
    add_override(from, to, change.lines);
    double rest = change.difference;
    for (const ScoreChangeLine& line : change.lines) rest -= line.points;
    if (std::abs(rest) > kRounding) {
        change.lines.push_back(
            {.kind = Kind::kWeights, .points = rest, .description = weights_description(from, to)});
    }
    std::stable_sort(change.lines.begin(), change.lines.end(), [](const auto& left, const auto& right) {
        return std::abs(left.points) > std::abs(right.points);
    });
    return change;
}

}  // namespace keepwell
