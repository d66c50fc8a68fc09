#include "services/health_scoring.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "domain/error.hpp"
#include "services/observed_activity.hpp"

namespace keepwell {
namespace {

/// Later than any row: the latest row is wanted, whatever its day.
constexpr Date kEndOfTime = std::chrono::year{9999} / 12 / 31;

using Previous = std::map<std::string, PreviousFactor>;

HealthScore calculate_one(const ScoringInput& input, const Customer& customer, const WeightedCalculator& card,
                          const Previous& previous) {
    const ScoredCustomer scored = input.scored(customer);
    const ActivityWindow activity{.days = input.days(customer.id),
                                  .events = input.events(customer.id),
                                  .connected = &input.connected(customer),
                                  .first_day = input.first_day(customer.id)};
    const auto rows = input.metrics(customer.id);
    const bool by_row = card.scores_rows() && !rows.empty();
    HealthScore score = card.calculate({.metrics = rows,
                                        .as_of = by_row ? rows.back().date : input.moment().as_of,
                                        .customer = &scored,
                                        .activity = &activity},
                                       previous, input.override_of(customer.id));
    score.customer_id = customer.id;
    return score;
}

bool carries_forward(const ScorecardFactor& row) {
    return row.missing == MissingPolicy::kCarryForward;
}

/// The factors of the card that need their last score, because today they have none.
std::vector<std::string> wanting(const Scorecard& card, const HealthScore& score) {
    std::vector<std::string> names;
    for (const ScorecardFactor& row : card.factors) {
        if (!carries_forward(row)) continue;
        const auto factor = std::find_if(score.factors.begin(), score.factors.end(),
                                         [&](const FactorScore& one) { return one.name == row.factor; });
        if (factor != score.factors.end() && !factor->score) names.push_back(row.factor);
    }
    return names;
}

std::unordered_map<std::int64_t, Previous> previous_of(Repositories& in, std::span<const CustomerId> ids,
                                                       std::span<const std::string> factors, Date as_of) {
    std::unordered_map<std::int64_t, Previous> found;
    for (const auto& last : in.health_scores.last_factors(ids, factors, as_of)) {
        const auto days_ago = static_cast<double>((as_of - last.as_of).count());
        found[last.customer_id.value][last.factor] = {.score = last.score, .days_ago = days_ago};
    }
    return found;
}

bool moves_row(const Customer& customer, const HealthScore& score, std::optional<Date> metrics_date) {
    return customer.health_score != score.overall_score || customer.health_status != score.status ||
           customer.scorecard != score.scorecard || customer.latest_metrics_date != metrics_date;
}

std::unordered_map<std::int64_t, const HealthOverride*> by_customer(std::span<const HealthOverride> rows) {
    std::unordered_map<std::int64_t, const HealthOverride*> found;
    for (const HealthOverride& row : rows) found.emplace(row.customer_id.value, &row);
    return found;
}

}  // namespace

std::vector<CustomerHealth> HealthScoring::score(Repositories& in, std::span<const CustomerId> ids,
                                                 Timestamp now) const {
    const ScoringInput input(in, book_.current(in), ids,
                             {.as_of = day_of(now), .metrics_until = kEndOfTime, .overrides = now});
    std::vector<CustomerHealth> healths = calculated(in, input, now);
    std::unordered_map<std::int64_t, HealthScore> newest;
    for (HealthScore& stored : in.health_scores.latest(ids))
        newest.emplace(stored.customer_id.value, std::move(stored));
    for (CustomerHealth& health : healths) {
        if (!health.score) continue;
        const auto stored = newest.find(health.id.value);
        health.is_news = stored == newest.end() || stored->second.as_of != health.score->as_of ||
                         !tells_the_same(stored->second, *health.score);
    }
    return healths;
}

std::vector<CustomerHealth> HealthScoring::calculated(Repositories& in, const ScoringInput& input,
                                                      Timestamp now) const {
    std::vector<CustomerHealth> healths;
    healths.reserve(input.customers().size());
    std::vector<std::size_t> unsure;
    std::vector<CustomerId> unsure_ids;
    std::unordered_set<std::string> factors;
    for (const Customer& customer : input.customers()) {
        CustomerHealth& health =
            healths.emplace_back(CustomerHealth{.id = customer.id, .version = customer.version});
        if (input.first_day(customer.id))
            health.activity = observed_activity(customer, input.days(customer.id), input.moment().as_of);
        const auto name = input.scorecard(customer);
        const WeightedCalculator* card = name ? input.cards().find(*name) : nullptr;
        if (card == nullptr) continue;
        health.score = calculate_one(input, customer, *card, {});
        const auto rows = input.metrics(customer.id);
        if (!rows.empty()) health.latest_metrics_date = rows.back().date;
        if (const HealthOverride* override = input.override_of(customer.id)) {
            health.override_id = override->id.value;
            health.override_expires = override->expires_at;
        }
        if (const auto names = wanting(card->scorecard(), *health.score); !names.empty()) {
            unsure.push_back(healths.size() - 1);
            unsure_ids.push_back(customer.id);
            factors.insert(names.begin(), names.end());
        }
    }
    if (!unsure.empty()) {
        const std::vector<std::string> names(factors.begin(), factors.end());
        const auto previous = previous_of(in, unsure_ids, names, input.moment().as_of);
        for (const std::size_t i : unsure) {
            const auto found = previous.find(healths[i].id.value);
            if (found == previous.end()) continue;
            const WeightedCalculator* card = input.cards().find(healths[i].score->scorecard);
            healths[i].score = calculate_one(input, input.customers()[i], *card, found->second);
        }
    }
    for (std::size_t i = 0; i < healths.size(); ++i) {
        CustomerHealth& health = healths[i];
        if (!health.score) continue;
        health.score->calculated_at = now;
        health.moves_row = moves_row(input.customers()[i], *health.score, health.latest_metrics_date);
    }
    return healths;
}

std::vector<CustomerId> HealthScoring::store(Repositories& in, std::span<const CustomerHealth> healths,
                                             Timestamp now) const {
    std::vector<CustomerId> ids;
    for (const CustomerHealth& health : healths) ids.push_back(health.id);
    if (ids.empty()) return {};
    std::unordered_map<std::int64_t, CustomerRepository::ScoreState> states;
    for (const auto& state : in.customers.score_states(ids)) states.emplace(state.id.value, state);
    const std::vector<HealthOverride> valid = in.overrides.valid(ids, now);
    const auto overrides = by_customer(valid);
    std::vector<CustomerId> again;
    std::vector<const CustomerHealth*> kept;
    for (const CustomerHealth& health : healths) {
        const auto state = states.find(health.id.value);
        if (state == states.end()) continue;  // Removed meanwhile.
        const auto found = overrides.find(health.id.value);
        const auto override_id =
            found == overrides.end() ? std::nullopt : std::optional{found->second->id.value};
        const bool is_outdated =
            state->second.version != health.version || (health.score && override_id != health.override_id);
        if (is_outdated || state->second.is_stale) again.push_back(health.id);
        if (!is_outdated && health.score) kept.push_back(&health);
    }
    append(in, kept, now);
    return again;
}

void HealthScoring::append(Repositories& in, std::span<const CustomerHealth* const> kept,
                           Timestamp now) const {
    std::vector<HealthScore> history;
    std::vector<CustomerScore> rows;
    bool moves_rows = false;
    for (const CustomerHealth* health : kept) {
        if (health->is_news) history.push_back(*health->score);
        moves_rows = moves_rows || health->moves_row;
        rows.push_back({.id = health->id,
                        .score = health->score->overall_score,
                        .status = health->score->status,
                        .scorecard = health->score->scorecard,
                        .latest_metrics_date = health->latest_metrics_date,
                        .activity = health->activity});
    }
    if (!history.empty()) in.health_scores.add(history);
    if (!rows.empty()) in.customers.save_scores(rows, now);
    if (moves_rows) in.portfolio.bump_data_version();
}

std::vector<CustomerId> HealthScoring::refresh(Repositories& in, std::span<const CustomerId> ids,
                                               Timestamp now) const {
    // A row that somebody is just writing would otherwise be missed, and its mark cleared.
    in.customers.lock(ids);
    const auto healths = score(in, ids, now);
    store(in, healths, now);
    const auto cards = book_.current(in);
    std::vector<CustomerId> followed;
    for (const CustomerHealth& health : healths) {
        if (!health.score) continue;
        const WeightedCalculator* card = cards->find(health.score->scorecard);
        if (card != nullptr && !card->scores_rows()) followed.push_back(health.id);
    }
    return followed;
}

HealthScore HealthScoring::calculate(Repositories& in, CustomerId id, Date as_of, Timestamp now) const {
    const Date today = day_of(now);
    const std::array ids{id};
    const Timestamp end_of_day = Timestamp{as_of + std::chrono::days{1}} - std::chrono::microseconds{1};
    const ScoringInput input(in, book_.current(in), ids,
                             {.as_of = as_of,
                              .metrics_until = as_of >= today ? kEndOfTime : as_of,
                              .overrides = as_of >= today ? now : end_of_day},
                             RowsRead::kWithTrend);
    if (input.customers().empty()) throw Error{ErrorCode::kNotFound, "Customer not found"};
    const Customer& customer = input.customers().front();
    const std::string name = input.scorecard(customer).value_or(activity_scorecard().name);
    const WeightedCalculator* card = input.cards().find(name);
    if (card == nullptr) {
        throw Error{ErrorCode::kConflict,
                    "the scorecard " + name + " can't be used; give the customer another one"};
    }
    HealthScore score = calculate_one(input, customer, *card, {});
    if (const auto names = wanting(card->scorecard(), score); !names.empty()) {
        const auto previous = previous_of(in, ids, names, as_of);
        if (const auto found = previous.find(id.value); found != previous.end())
            score = calculate_one(input, customer, *card, found->second);
    }
    score.calculated_at = now;
    return score;
}

}  // namespace keepwell
