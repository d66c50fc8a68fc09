#include "domain/backtest.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <numeric>

#include "domain/logistic_regression.hpp"

namespace keepwell {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

/// Rows with a score, the lowest first.
std::vector<std::size_t> by_score(const std::vector<double>& scores) {
    std::vector<std::size_t> order;
    for (std::size_t row = 0; row < scores.size(); ++row)
        if (!std::isnan(scores[row])) order.push_back(row);
    std::sort(order.begin(), order.end(),
              [&](std::size_t left, std::size_t right) { return scores[left] < scores[right]; });
    return order;
}

/// Calls `visit(rows, of them happened)` for each group of equal scores, the lowest first.
template <typename Visit>
void for_each_tie(const std::vector<double>& scores, const std::vector<char>& happened, Visit&& visit) {
    const std::vector<std::size_t> order = by_score(scores);
    for (std::size_t begin = 0; begin < order.size();) {
        std::size_t end = begin;
        double hits = 0;
        while (end < order.size() && scores[order[end]] == scores[order[begin]])
            hits += happened[order[end++]] != 0 ? 1 : 0;
        visit(static_cast<double>(end - begin), hits);
        begin = end;
    }
}

std::optional<double> median(std::vector<double> values) {
    if (values.empty()) return std::nullopt;
    std::sort(values.begin(), values.end());
    return (values[(values.size() - 1) / 2] + values[values.size() / 2]) / 2;
}

std::string two_decimals(double value) {
    const auto cents = std::llround(value * 100);
    const std::string rest = std::to_string(cents % 100);
    return std::to_string(cents / 100) + "." + (rest.size() == 1 ? "0" : "") + rest;
}

std::string verdict_of(const BacktestReport& report) {
    if (report.observations == 0) return "There is no history to replay in this period.";
    if (report.churned < kFewestChurned) {
        return std::string{report.churned == 0 ? "No customer"
                                               : "Only " + std::to_string(report.churned) +
                                                     (report.churned == 1 ? " customer" : " customers")} +
               " left within the horizon; at least " + std::to_string(kFewestChurned) +
               " are needed to tell whether the score predicts it.";
    }
    if (!report.auc) return "Every customer left, so there is nothing to compare with.";
    const double auc = *report.auc;
    const std::string_view quality = auc >= 0.8    ? "tells well who will leave"
                                     : auc >= 0.7  ? "tells usefully who will leave"
                                     : auc >= 0.6  ? "tells a little about who will leave"
                                     : auc >= 0.45 ? "is hardly better than chance"
                                                   : "is misleading: those who leave score higher";
    return "The score " + std::string{quality} + " (AUC " + two_decimals(auc) + ").";
}

}  // namespace

std::optional<double> auc_of(const std::vector<double>& scores, const std::vector<char>& happened) {
    double below = 0;  // That didn't happen, with a lower score.
    double pairs = 0;
    double hits = 0;
    double misses = 0;
    for_each_tie(scores, happened, [&](double rows, double here) {
        pairs += here * (below + (rows - here) / 2);
        below += rows - here;
        hits += here;
        misses += rows - here;
    });
    if (hits == 0 || misses == 0) return std::nullopt;
    return 1 - pairs / (hits * misses);
}

std::optional<double> lift_of(const std::vector<double>& scores, const std::vector<char>& happened,
                              double share) {
    double total = 0;
    double hits = 0;
    for_each_tie(scores, happened, [&](double rows, double here) {
        total += rows;
        hits += here;
    });
    if (hits == 0) return std::nullopt;
    const double wanted = std::max(1.0, std::ceil(total * share));
    double taken = 0;
    double found = 0;
    for_each_tie(scores, happened, [&](double rows, double here) {
        const double part = std::clamp((wanted - taken) / rows, 0.0, 1.0);
        found += part * here;
        taken += part * rows;
    });
    return (found / taken) / (hits / total);
}

Backtest::Backtest(const Scorecard& card, int horizon_days)
    : horizon_(horizon_days), columns_(card.factors.size()) {
    double total = 0;
    for (const ScorecardFactor& row : card.factors) total += row.weight;
    for (const ScorecardFactor& row : card.factors) {
        names_.push_back(row.factor);
        weights_.push_back(row.weight / total);
    }
    for (const HealthStatus status : kHealthStatuses) bands_[status].status = status;
}

void Backtest::add(const HealthScore& score, std::optional<Date> left_on) {
    const bool leaves = left_on && *left_on > score.as_of && *left_on <= score.as_of + horizon_;
    BacktestReport::Band& band = bands_[score.status];
    ++band.observations;
    band.churned += leaves ? 1 : 0;
    customers_.insert(score.customer_id.value);
    if (leaves) churned_.insert(score.customer_id.value);
    if (left_on && score.status == HealthStatus::kCritical)
        critical_.try_emplace(score.customer_id.value, LastDays{score.as_of, *left_on});
    if (!score.overall_score) return;
    scores_.push_back(*score.overall_score);
    left_.push_back(leaves ? 1 : 0);
    for (std::size_t i = 0; i < columns_.size(); ++i)
        columns_[i].push_back(i < score.factors.size() ? score.factors[i].score.value_or(kUnknown)
                                                       : kUnknown);
}

BacktestReport Backtest::report() const {
    BacktestReport report;
    for (const HealthStatus status : kHealthStatuses) {
        BacktestReport::Band band = bands_.at(status);
        if (band.observations > 0)
            band.churn_rate = static_cast<double>(band.churned) / static_cast<double>(band.observations);
        report.observations += band.observations;
        report.bands.push_back(band);
    }
    report.customers = static_cast<std::int64_t>(customers_.size());
    report.churned = static_cast<std::int64_t>(churned_.size());
    report.auc = auc_of(scores_, left_);
    report.lift_at_10_percent = lift_of(scores_, left_, 0.1);
    std::vector<double> lead_times;
    for (const auto& [customer, days] : critical_)
        lead_times.push_back(static_cast<double>((days.left_on - days.first_critical).count()));
    report.median_lead_time_days = median(std::move(lead_times));
    report.enough_data = report.churned >= kFewestChurned && report.auc.has_value();
    report.verdict = verdict_of(report);
    add_factors(report);
    return report;
}

void Backtest::add_factors(BacktestReport& report) const {
    const std::vector<double> suggested = report.enough_data ? suggested_weights() : std::vector<double>{};
    for (std::size_t i = 0; i < names_.size(); ++i) {
        report.factors.push_back(
            {.factor = names_[i], .weight = weights_[i], .auc = auc_of(columns_[i], left_)});
        if (!suggested.empty()) report.factors.back().suggested_weight = suggested[i];
    }
    if (report.enough_data && suggested.empty())
        report.verdict += " No factor's score falls before customers leave, so no weights can be suggested.";
}

std::vector<double> Backtest::suggested_weights() const {
    const auto outcomes = std::make_unique<bool[]>(left_.size());
    std::transform(left_.begin(), left_.end(), outcomes.get(), [](char left) { return left != 0; });
    std::vector<std::size_t> kept(names_.size());
    std::iota(kept.begin(), kept.end(), std::size_t{0});
    // A weight can't be negative: factors that would get one are left out and the others fitted again.
    while (!kept.empty()) {
        std::vector<std::vector<double>> columns;
        for (const std::size_t i : kept) columns.push_back(columns_[i]);
        const LogisticModel model =
            fit_logistic({.columns = columns, .outcomes = {outcomes.get(), left_.size()}});
        if (model.outcome != LogisticModel::Outcome::kConverged) return {};
        std::vector<std::size_t> helpful;
        double total = 0;
        for (std::size_t i = 0; i < kept.size(); ++i) {
            if (!(model.weights[i] < 0)) continue;  // A higher score, less churn.
            helpful.push_back(kept[i]);
            total -= model.weights[i];
        }
        if (helpful.size() == kept.size()) {
            std::vector<double> shares(names_.size());
            for (std::size_t i = 0; i < kept.size(); ++i) shares[kept[i]] = -model.weights[i] / total;
            return shares;
        }
        kept = std::move(helpful);
    }
    return {};
}

}  // namespace keepwell
