#include "services/scorecard_backtest.hpp"

#include <rapidjson/document.h>

#include <algorithm>

#include "domain/error.hpp"
#include "services/job_progress.hpp"
#include "services/json_writer.hpp"

namespace keepwell {
namespace {

constexpr std::string_view kJobType = "scorecard_backtest";
constexpr std::chrono::days kUsualPeriod{365};
/// Of numbers that are held: more customers than give so many are thinned out.
constexpr std::int64_t kMostNumbers = 5'000'000;

std::string wish_json(const BacktestWish& wish) {
    JsonWriter json;
    json.begin_object().member("scorecard", wish.scorecard);
    json.member("from", wish.from).member("until", wish.until);
    json.member("horizon_days", wish.horizon_days).member("step_days", wish.step_days).end_object();
    return json.take();
}

/// What wish_json() wrote.
BacktestWish parse_wish(const std::string& text) {
    rapidjson::Document json;
    json.Parse(text);
    const auto date = [&](const char* name) {
        return json[name].IsNull() ? std::nullopt : parse_date(json[name].GetString());
    };
    return {.scorecard = json["scorecard"].GetString(),
            .from = date("from"),
            .until = date("until"),
            .horizon_days = json["horizon_days"].GetInt(),
            .step_days = json["step_days"].GetInt()};
}

/// The last scores of a customer's factors, as far as the replay has come.
class LastFactors {
public:
    const std::map<std::string, PreviousFactor>& on(Date day) {
        for (auto& [name, last] : previous_)
            last.days_ago = static_cast<double>((day - seen_.at(name)).count());
        return previous_;
    }
    void note(const HealthScore& score) {
        for (const FactorScore& factor : score.factors) {
            if (!factor.score) continue;
            previous_[factor.name].score = *factor.score;
            seen_[factor.name] = score.as_of;
        }
    }

private:
    std::map<std::string, PreviousFactor> previous_;
    std::map<std::string, Date> seen_;
};

void write_report(JsonWriter& json, const BacktestReport& report) {
    json.member("observations", report.observations)
        .member("customers", report.customers)
        .member("churned", report.churned)
        .member("verdict", report.verdict)
        .member("enough_data", report.enough_data)
        .member("auc", report.auc)
        .member("lift_at_10_percent", report.lift_at_10_percent)
        .key("bands")
        .begin_array();
    for (const auto& band : report.bands) {
        json.begin_object()
            .member("status", to_string(band.status))
            .member("observations", band.observations);
        json.member("churned", band.churned).member("churn_rate", band.churn_rate).end_object();
    }
    json.end_array()
        .member("median_lead_time_days", report.median_lead_time_days)
        .key("factors")
        .begin_array();
    for (const auto& factor : report.factors) {
        json.begin_object().member("factor", factor.factor).member("weight", factor.weight);
        json.member("suggested_weight", factor.suggested_weight).member("auc", factor.auc).end_object();
    }
    json.end_array();
}

}  // namespace

void ScorecardBacktest::run_in(JobWorker& worker) {
    worker.add(std::string{kJobType}, [this](const Job& job, JobRun& run_of_job) {
        return result_json(run(parse_wish(job.payload), hooks_of(unit_of_work_, run_of_job)));
    });
}

ScorecardBacktest::Period ScorecardBacktest::period_of(const BacktestWish& wish) const {
    const Date last = day_of(clock_.now()) - std::chrono::days{wish.horizon_days};
    const Date until = std::min(wish.until.value_or(last), last);
    return {.from = wish.from.value_or(until - kUsualPeriod), .until = until};
}

std::vector<FieldError> ScorecardBacktest::mistakes(const BacktestWish& wish) const {
    std::vector<FieldError> found;
    if (wish.horizon_days < 1 || wish.horizon_days > kMaximumHorizonDays)
        found.push_back({"/horizon_days", "must be from 1 to " + std::to_string(kMaximumHorizonDays)});
    if (wish.step_days < 1 || wish.step_days > kMaximumReplayDays)
        found.push_back({"/step_days", "must be from 1 to " + std::to_string(kMaximumReplayDays)});
    if (!found.empty()) return found;
    const Period period = period_of(wish);
    const auto days = (period.until - period.from).count();
    if (days < 0) {
        found.push_back({"/from", "must not be after " + to_string(period.until) +
                                      ", the last day whose outcome after " +
                                      std::to_string(wish.horizon_days) + " days is known"});
    } else if (days > kMaximumReplayDays) {
        found.push_back(
            {"/from", "must be at most " + std::to_string(kMaximumReplayDays) + " days before the end"});
    } else if (days / wish.step_days >= kMaximumReplaySteps) {
        found.push_back(
            {"/step_days", "must make at most " + std::to_string(kMaximumReplaySteps) + " steps"});
    }
    return found;
}

void ScorecardBacktest::check(Repositories& in, const BacktestWish& wish) const {
    if (!in.scorecards.find(wish.scorecard)) throw Error{ErrorCode::kNotFound, "Scorecard not found"};
    if (auto found = mistakes(wish); !found.empty()) {
        throw Error{ErrorCode::kInvalid, found.front().pointer.substr(1) + ": " + found.front().message,
                    std::move(found)};
    }
}

JobId ScorecardBacktest::start(const BacktestWish& wish) {
    return transact(unit_of_work_, [&](Repositories& in) {
        check(in, wish);
        const Timestamp now = clock_.now();
        return in.jobs.add({.type = std::string{kJobType},
                            .payload = wish_json(wish),
                            .run_at = now,
                            .max_attempts = 3,
                            .dedupe_key = {}},
                           now);
    });
}

BacktestResult ScorecardBacktest::run(const BacktestWish& wish, const ReplayHooks& hooks) const {
    const auto cards = query(unit_of_work_, [&](Repositories& in) {
        check(in, wish);
        return book_.current(in);
    });
    const WeightedCalculator* calculator = cards->find(wish.scorecard);
    if (calculator == nullptr) throw Error{ErrorCode::kConflict, "the scorecard can't be used"};
    const Scorecard& card = calculator->scorecard();
    const Period period = period_of(wish);
    ReplayPlan plan{
        .whose = {.segment = {}, .region = {}, .status = {}, .search = {}, .scorecard = card.name},
        .days = {},
        .needs = calculator->needs()};
    for (Date day = period.from; day <= period.until; day += std::chrono::days{wish.step_days})
        plan.days.push_back(day);
    std::int64_t customers =
        query(unit_of_work_, [&](Repositories& in) { return in.customers.count(plan.whose); });
    if (customers == 0) {
        plan.whose.scorecard.reset();
        customers = query(unit_of_work_, [&](Repositories& in) { return in.customers.count(plan.whose); });
    }
    const std::int64_t numbers = customers * std::ssize(plan.days) * (std::ssize(card.factors) + 1);
    plan.every = std::max<std::int64_t>(1, (numbers + kMostNumbers - 1) / kMostNumbers);

    Backtest backtest(card, wish.horizon_days);
    replay(unit_of_work_, book_, plan, hooks, [&](const ReplayInput& input) {
        for (const Customer& customer : input.customers()) {
            const Date known_from = input.known_from(customer);
            const auto left_on =
                customer.churned_at ? std::optional{day_of(*customer.churned_at)} : std::nullopt;
            LastFactors last;
            for (const Date day : plan.days) {
                if (day < known_from || (left_on && day >= *left_on)) continue;
                const HealthScore score = input.calculate(*calculator, customer, day, last.on(day));
                last.note(score);
                backtest.add(score, left_on);
            }
            hooks.checkpoint();
        }
    });
    BacktestResult result{.scorecard = card.name,
                          .version = card.version,
                          .from = period.from,
                          .until = period.until,
                          .horizon_days = wish.horizon_days,
                          .report = backtest.report()};
    if (plan.every > 1)
        result.report.verdict += " One in " + std::to_string(plan.every) + " customers was looked at.";
    return result;
}

std::string ScorecardBacktest::result_json(const BacktestResult& result) {
    JsonWriter json;
    json.begin_object().member("success", true).key("data").begin_object();
    json.member("scorecard", result.scorecard).member("version", result.version);
    json.member("from", result.from).member("until", result.until);
    json.member("horizon_days", result.horizon_days);
    write_report(json, result.report);
    json.end_object().end_object();
    return json.take();
}

}  // namespace keepwell
