#include <CLI/CLI.hpp>
#include <cmath>
#include <iomanip>
#include <iostream>
#include <memory>
#include <string>

#include "api/app.hpp"
#include "api/commands/commands.hpp"
#include "domain/error.hpp"

namespace keepwell::api::commands {
namespace {

struct Flags {
    std::string name;
    std::string from;
    std::string until;
    int horizon_days = 90;
    int step_days = 30;
    bool json = false;
};

std::optional<Date> day_of_flag(const std::string& flag, const std::string& text) {
    if (text.empty()) return std::nullopt;
    const auto day = parse_date(text);
    if (!day) throw Error{ErrorCode::kInvalid, flag + " must be a day, YYYY-MM-DD"};
    return day;
}

std::string number(std::optional<double> value, std::string_view unit = "") {
    if (!value) return "not known";
    std::ostringstream text;
    text << std::fixed << std::setprecision(2) << *value << unit;
    return text.str();
}

std::string percent(std::optional<double> share) {
    return share ? std::to_string(std::lround(*share * 100)) + "%" : "-";
}

void print(const BacktestResult& result) {
    const BacktestReport& report = result.report;
    std::cout << result.scorecard << " version " << result.version << ", " << keepwell::to_string(result.from)
              << " to " << keepwell::to_string(result.until) << ", churn within " << result.horizon_days
              << " days\n"
              << report.observations << " scores of " << report.customers << " customers, " << report.churned
              << " of whom left\n"
              << report.verdict << "\n\n"
              << "AUC               " << number(report.auc) << "\n"
              << "lift at 10 %      " << number(report.lift_at_10_percent) << "\n"
              << "median lead time  " << number(report.median_lead_time_days, " days") << "\n\n"
              << std::left << std::setw(20) << "status" << std::setw(14) << "scores"
              << "left within\n";
    for (const auto& band : report.bands) {
        std::cout << std::setw(20) << to_string(band.status) << std::setw(14) << band.observations
                  << percent(band.churn_rate) << "\n";
    }
    std::cout << "\n"
              << std::setw(28) << "factor" << std::setw(10) << "weight" << std::setw(12) << "suggested"
              << "AUC\n";
    for (const auto& factor : report.factors) {
        std::cout << std::setw(28) << factor.factor << std::setw(10) << percent(factor.weight)
                  << std::setw(12) << percent(factor.suggested_weight) << number(factor.auc) << "\n";
    }
}

}  // namespace

Run scorecard(CLI::App& command) {
    command.require_subcommand(1);
    CLI::App* backtest = command.add_subcommand(
        "backtest", "Replay a scorecard over the stored history: does it tell who leaves?");
    const auto flags = std::make_shared<Flags>();
    backtest->add_option("NAME", flags->name, "The scorecard")->required();
    backtest->add_option("--from", flags->from, "The first day (a year before the last)");
    backtest->add_option("--until", flags->until, "The last day (the horizon before today)");
    backtest->add_option("--horizon-days", flags->horizon_days, "How soon after a score somebody must leave");
    backtest->add_option("--step-days", flags->step_days, "How many days lie between two scores");
    backtest->add_flag("--json", flags->json, "Print JSON, as the API answers it");
    backtest->fallthrough();
    return [flags](const Config& config) {
        App app(config);
        const BacktestResult result = app.backtest().run({.scorecard = flags->name,
                                                          .from = day_of_flag("--from", flags->from),
                                                          .until = day_of_flag("--until", flags->until),
                                                          .horizon_days = flags->horizon_days,
                                                          .step_days = flags->step_days},
                                                         {});
        if (flags->json) {
            std::cout << ScorecardBacktest::result_json(result) << "\n";
        } else {
            print(result);
        }
        return 0;
    };
}

}  // namespace keepwell::api::commands
