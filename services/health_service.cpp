#include "services/health_service.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "domain/error.hpp"
#include "domain/recommendations.hpp"

namespace keepwell {
namespace {

constexpr std::int64_t kOverridesKept = 200;
constexpr std::size_t kMaximumReasonBytes = 2'000;
constexpr Date kBeginningOfTime = std::chrono::year{1970} / 1 / 1;
/// A metrics row of tomorrow (of another time zone) is scored, too.
constexpr Date kEndOfTime = std::chrono::year{9999} / 12 / 31;

Customer require(Repositories& in, CustomerId id) {
    auto customer = in.customers.find(id);
    if (!customer) throw Error{ErrorCode::kNotFound, "Customer not found"};
    return *std::move(customer);
}

HealthScore or_none(std::optional<HealthScore> score, CustomerId id, Date day) {
    if (!score) return {.customer_id = id, .as_of = day};
    return *std::move(score);
}

}  // namespace

HealthReport HealthService::get(CustomerId id, std::optional<Date> as_of) {
    return query(unit_of_work_, [&](Repositories& in) {
        if (!as_of) return stored(in, id);
        return report(in, require(in, id), scoring_.calculate(in, id, *as_of, clock_.now()));
    });
}

HealthReport HealthService::stored(Repositories& in, CustomerId id) {
    Customer customer = require(in, id);
    auto score = in.health_scores.find_latest(id);
    if (!score) score = scoring_.calculate(in, id, today(), clock_.now());
    return report(in, std::move(customer), *std::move(score));
}

HealthReport HealthService::report(Repositories& in, Customer customer, HealthScore score) {
    HealthReport result;
    const auto cards = book_.current(in);
    std::optional<Scorecard> card;
    if (const WeightedCalculator* current = cards->find(score.scorecard)) {
        card = current->scorecard();
        result.window_days = current->needs().window_days;
    }
    if (!card || card->version != score.scorecard_version)
        card = in.scorecards.find_version(score.scorecard, score.scorecard_version);
    if (card) result.smallest_change = keepwell::smallest_change(score, *card, customer.segment);
    result.recommendations = keepwell::recommendations(score, customer.segment);
    if (score.replaced) {
        const auto all = in.overrides.list(customer.id, kOverridesKept);
        const auto found = std::find_if(all.begin(), all.end(), [&](const HealthOverride& row) {
            return row.id.value == score.replaced->id;
        });
        if (found != all.end()) result.override = *found;
    }
    const Date first = score.as_of - std::chrono::days{std::max(0, result.window_days - 1)};
    const std::array ids{customer.id};
    const auto loaded = in.activity.load(ids, first, score.as_of);
    for (const DailyActivity& day : loaded.activity) {
        if (day.day >= first) result.events_analyzed += day.count;
    }
    const auto first_day = loaded.first_days.find(customer.id.value);
    if (first_day != loaded.first_days.end()) result.first_event_day = first_day->second;
    result.customer = std::move(customer);
    result.score = std::move(score);
    return result;
}

std::vector<HealthScore> HealthService::history(CustomerId id, std::optional<Date> from,
                                                std::optional<Date> until, std::int64_t limit) {
    return query(unit_of_work_, [&](Repositories& in) {
        require(in, id);
        return in.health_scores.history(id, from.value_or(kBeginningOfTime), until.value_or(kEndOfTime),
                                        limit);
    });
}

HealthMove HealthService::changes(CustomerId id, Date from, Date to) {
    return query(unit_of_work_, [&](Repositories& in) {
        require(in, id);
        HealthMove move{.from = or_none(in.health_scores.find_at(id, from), id, from),
                        .to = or_none(in.health_scores.find_at(id, to), id, to),
                        .change = {}};
        move.change = change_between(move.from, move.to);
        return move;
    });
}

std::vector<FieldError> HealthService::mistakes_in(const NewOverride& said) const {
    const Timestamp now = clock_.now();
    std::vector<FieldError> found;
    if (!(said.score >= 0 && said.score <= 100)) found.push_back({"/score", "must be from 0 to 100"});
    const bool is_blank = said.reason.find_first_not_of(" \t\r\n") == std::string::npos;
    if (is_blank) found.push_back({"/reason", "must say why, for those who come after you"});
    if (said.reason.size() > kMaximumReasonBytes)
        found.push_back({"/reason", "must be at most 2000 bytes long"});
    if (said.expires_at && *said.expires_at <= now) found.push_back({"/expires_at", "must be in the future"});
    if (said.expires_at && *said.expires_at > now + kMaximumOverrideLife)
        found.push_back({"/expires_at", "must be at most 365 days ahead"});
    return found;
}

HealthReport HealthService::set_override(CustomerId id, const NewOverride& said) {
    const Timestamp now = clock_.now();
    if (auto mistakes = mistakes_in(said); !mistakes.empty()) {
        std::string text;
        for (const FieldError& mistake : mistakes)
            text += (text.empty() ? "" : "; ") + mistake.pointer + ": " + mistake.message;
        throw Error{ErrorCode::kInvalid, text, std::move(mistakes)};
    }
    return transact(unit_of_work_, [&](Repositories& in) {
        require(in, id);
        const std::array ids{id};
        in.customers.lock(ids);
        in.overrides.add({.customer_id = id,
                          .id = {},
                          .score = said.score,
                          .author = said.author,
                          .reason = said.reason,
                          .created_at = now,
                          .expires_at = said.expires_at.value_or(now + kDefaultOverrideLife),
                          .removed_at = {}});
        rescore(in, id, now);
        if (!in.health_scores.find_latest(id)) {
            throw Error{
                ErrorCode::kConflict,
                "There is nothing yet to score this customer by: send an event or a metrics row first"};
        }
        return stored(in, id);
    });
}

HealthReport HealthService::remove_override(CustomerId id) {
    return transact(unit_of_work_, [&](Repositories& in) {
        require(in, id);
        const std::array ids{id};
        in.customers.lock(ids);
        const Timestamp now = clock_.now();
        if (in.overrides.remove(id, now) > 0) rescore(in, id, now);
        return stored(in, id);
    });
}

/// Scored here and once more by a worker, which then knows when the override ends.
void HealthService::rescore(Repositories& in, CustomerId id, Timestamp now) {
    const std::array ids{id};
    scoring_.refresh(in, ids, now);
    in.recalculations.request(ids, now, now);
}

std::vector<HealthOverride> HealthService::overrides(CustomerId id, std::int64_t limit) {
    return query(unit_of_work_, [&](Repositories& in) {
        require(in, id);
        return in.overrides.list(id, limit);
    });
}

std::string_view HealthService::unit(const std::string& factor) const {
    const BaseHealthFactor* found = factors_.find(factor);
    return found == nullptr ? std::string_view{} : found->unit();
}

}  // namespace keepwell
