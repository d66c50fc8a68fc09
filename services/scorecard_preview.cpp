#include "services/scorecard_preview.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "domain/error.hpp"
#include "domain/trend.hpp"
#include "services/job_progress.hpp"
#include "services/json_writer.hpp"

namespace keepwell {
namespace {

constexpr std::string_view kJobType = "scorecard_preview";

FactorNeeds both(const FactorNeeds& left, const FactorNeeds& right) {
    return {.metrics = left.metrics || right.metrics,
            .activity = left.activity || right.activity,
            .raw_events = left.raw_events || right.raw_events,
            .window_days = std::max(left.window_days, right.window_days)};
}

std::vector<std::string> carried_by(const Scorecard& left, const Scorecard& right) {
    std::vector<std::string> names;
    for (const Scorecard* card : {&left, &right}) {
        for (const ScorecardFactor& row : card->factors)
            if (row.missing == MissingPolicy::kCarryForward) names.push_back(row.factor);
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

double distance(const PreviewResult::Mover& mover) {
    return std::abs(mover.after.score.value_or(0) - mover.before.score.value_or(0));
}

void keep_strongest(std::vector<PreviewResult::Mover>& movers, PreviewResult::Mover mover) {
    if (mover.before.score == mover.after.score && mover.before.status == mover.after.status) return;
    const auto place = std::upper_bound(
        movers.begin(), movers.end(), mover,
        [](const auto& left, const auto& right) { return distance(left) > distance(right); });
    movers.insert(place, std::move(mover));
    if (movers.size() > kMovers) movers.pop_back();
}

/// What beside the rollups a batch needs.
struct Stored {
    std::unordered_map<std::int64_t, std::map<std::string, PreviousFactor>> previous;
    std::unordered_map<std::int64_t, HealthOverride> overrides;

    Stored(Repositories& in, const ReplayInput& input, const std::vector<std::string>& carried,
           Timestamp now) {
        std::vector<CustomerId> ids;
        for (const Customer& customer : input.customers()) ids.push_back(customer.id);
        if (ids.empty()) return;
        for (const HealthOverride& row : in.overrides.valid(ids, now))
            overrides.emplace(row.customer_id.value, row);
        if (carried.empty()) return;
        for (const auto& last : in.health_scores.last_factors(ids, carried, day_of(now))) {
            const auto days = static_cast<double>((day_of(now) - last.as_of).count());
            previous[last.customer_id.value][last.factor] = {.score = last.score, .days_ago = days};
        }
    }
};

void write_counts(JsonWriter& json, std::string_view name, const PreviewResult::Sum& sum) {
    json.key(name).begin_object();
    for (const HealthStatus status : kHealthStatuses) {
        const auto found = sum.by_status.find(status);
        json.member(to_string(status), found == sum.by_status.end() ? std::int64_t{0} : found->second);
    }
    json.end_object();
}

}  // namespace

std::optional<double> PreviewResult::Sum::average() const {
    if (scored == 0) return std::nullopt;
    return round_to_cents(scores / static_cast<double>(scored));
}

void PreviewResult::Sum::add(const Side& side) {
    ++by_status[side.status];
    if (!side.score) return;
    ++scored;
    scores += *side.score;
}

void ScorecardPreview::run_in(JobWorker& worker) {
    worker.add(std::string{kJobType}, [this](const Job& job, JobRun& run_of_job) {
        return result_json(run(read_card_(job.payload), hooks_of(unit_of_work_, run_of_job)));
    });
}

JobId ScorecardPreview::start(std::string card_json) {
    return transact(unit_of_work_, [&](Repositories& in) {
        const Timestamp now = clock_.now();
        return in.jobs.add({.type = std::string{kJobType},
                            .payload = card_json,
                            .run_at = now,
                            .max_attempts = 3,
                            .dedupe_key = {}},
                           now);
    });
}

PreviewResult ScorecardPreview::run(const Scorecard& proposed, const ReplayHooks& hooks) const {
    const auto stored_cards = query(unit_of_work_, [&](Repositories& in) {
        if (!in.scorecards.find(proposed.name)) throw Error{ErrorCode::kNotFound, "Scorecard not found"};
        return book_.current(in);
    });
    const WeightedCalculator* before = stored_cards->find(proposed.name);
    if (before == nullptr) throw Error{ErrorCode::kConflict, "the stored scorecard can't be used"};
    const WeightedCalculator after{factors_, proposed};
    const std::vector<std::string> carried = carried_by(before->scorecard(), proposed);
    const Timestamp now = clock_.now();
    const ReplayPlan plan{
        .whose = {.segment = {}, .region = {}, .status = {}, .search = {}, .scorecard = proposed.name},
        .days = {day_of(now)},
        .needs = both(before->needs(), after.needs())};
    PreviewResult result;
    replay(unit_of_work_, book_, plan, hooks, [&](const ReplayInput& input) {
        const auto stored = query(unit_of_work_, [&](Repositories& in) {
            return Stored{in, input, carried, now};
        });
        for (const Customer& customer : input.customers()) {
            const auto previous = stored.previous.find(customer.id.value);
            const auto judged = stored.overrides.find(customer.id.value);
            const auto side = [&](const WeightedCalculator& card) {
                const HealthScore score = input.calculate(
                    card, customer, plan.days.front(),
                    previous == stored.previous.end() ? std::map<std::string, PreviousFactor>{}
                                                      : previous->second,
                    judged == stored.overrides.end() ? nullptr : &judged->second);
                return PreviewResult::Side{.score = score.overall_score, .status = score.status};
            };
            PreviewResult::Mover mover{.customer_id = customer.id,
                                       .customer_name = customer.name,
                                       .before = side(*before),
                                       .after = side(after)};
            ++result.customers;
            result.before.add(mover.before);
            result.after.add(mover.after);
            if (mover.before.status != mover.after.status)
                ++result.moves[{mover.before.status, mover.after.status}];
            keep_strongest(result.movers, std::move(mover));
        }
    });
    return result;
}

std::string ScorecardPreview::result_json(const PreviewResult& result) {
    JsonWriter json;
    json.begin_object().member("success", true).key("data").begin_object();
    json.member("customers", result.customers)
        .member("average_before", result.before.average())
        .member("average_after", result.after.average());
    write_counts(json, "before", result.before);
    write_counts(json, "after", result.after);
    json.key("moves").begin_array();
    for (const auto& [move, customers] : result.moves) {
        json.begin_object().member("from", to_string(move.first)).member("to", to_string(move.second));
        json.member("customers", customers).end_object();
    }
    json.end_array().key("movers").begin_array();
    for (const PreviewResult::Mover& mover : result.movers) {
        json.begin_object().member("customer_id", mover.customer_id.value);
        json.member("customer_name", mover.customer_name)
            .member("score_before", mover.before.score)
            .member("score_after", mover.after.score)
            .member("status_before", to_string(mover.before.status))
            .member("status_after", to_string(mover.after.status))
            .end_object();
    }
    json.end_array().end_object().end_object();
    return json.take();
}

}  // namespace keepwell
