#include "services/scorecard_service.hpp"

#include <algorithm>

#include "domain/assignment.hpp"
#include "domain/scorecard_mistakes.hpp"
#include "services/assignment_job.hpp"

namespace keepwell {
namespace {

constexpr std::size_t kMaximumRules = 200;
constexpr std::size_t kMaximumConditions = 20;

ListedScorecard listed(Repositories& in, Scorecard card) {
    const CustomerFilter filter{
        .segment = {}, .region = {}, .status = {}, .search = {}, .scorecard = card.name};
    const std::int64_t customers = in.customers.count(filter);
    return {.card = std::move(card), .customers = customers};
}

bool is_safe_in_addresses(std::string_view name) {
    return !name.empty() && name.size() <= 64 &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") == std::string_view::npos;
}

bool says_the_same(const Scorecard& left, const Scorecard& right) {
    return left.description == right.description && left.factors == right.factors &&
           left.healthy_from == right.healthy_from && left.at_risk_from == right.at_risk_from &&
           left.minimum_coverage == right.minimum_coverage && left.caps == right.caps &&
           left.retired == right.retired;
}

/// A card that customers get without being asked can't go.
void require_unneeded(Repositories& in, const Scorecard& card) {
    if (card.name == metrics_scorecard().name || card.name == activity_scorecard().name) {
        throw Error{ErrorCode::kConflict,
                    "Customers that no rule mentions get " + card.name + ": it can't be retired"};
    }
    const auto rules = in.scorecards.rules();
    if (std::any_of(rules.begin(), rules.end(),
                    [&](const auto& rule) { return rule.scorecard == card.name; })) {
        throw Error{ErrorCode::kConflict,
                    "A rule gives " + card.name + " to customers: change the rule first"};
    }
}

std::vector<FieldError> mistakes_in_rules(Repositories& in, const std::vector<AssignmentRule>& rules) {
    std::vector<FieldError> found;
    if (rules.size() > kMaximumRules)
        found.push_back({"", "must be at most " + std::to_string(kMaximumRules)});
    for (auto& mistake : mistakes_in(rules)) found.push_back(std::move(mistake));
    for (std::size_t i = 0; i < rules.size() && i < kMaximumRules; ++i) {
        const std::string at = "/" + std::to_string(i);
        if (rules[i].conditions.size() > kMaximumConditions)
            found.push_back({at + "/conditions", "must be at most " + std::to_string(kMaximumConditions)});
        if (rules[i].scorecard.empty()) continue;
        const auto card = in.scorecards.find(rules[i].scorecard);
        if (!card || card->retired)
            found.push_back({at + "/scorecard", card ? "is retired" : "there is no such scorecard"});
    }
    for (FieldError& mistake : found) mistake.pointer = "/rules" + mistake.pointer;
    return found;
}

Error refusal(const std::string& what, std::vector<FieldError> mistakes) {
    return {ErrorCode::kInvalid, what + ": " + mistakes.front().pointer + " " + mistakes.front().message,
            std::move(mistakes)};
}

/// Everybody is scored anew. A run that has begun already may have passed some with the old cards, so each
/// revision has a run of its own.
void queue_recompute(Repositories& in, Timestamp now) {
    in.scorecards.bump_revision();
    in.jobs.add({.type = "recompute",
                 .payload = "{}",
                 .run_at = now,
                 .max_attempts = 5,
                 .dedupe_key = "recompute " + std::to_string(in.scorecards.revision())},
                now);
}

}  // namespace

std::vector<ListedScorecard> ScorecardService::list() {
    return query(unit_of_work_, [](Repositories& in) {
        std::vector<ListedScorecard> cards;
        for (Scorecard& card : in.scorecards.list()) cards.push_back(listed(in, std::move(card)));
        return cards;
    });
}

ListedScorecard ScorecardService::get(const std::string& name, std::optional<std::int64_t> version) {
    return query(unit_of_work_, [&](Repositories& in) {
        auto card =
            version ? in.scorecards.find_version(name, static_cast<int>(*version)) : in.scorecards.find(name);
        if (!card) throw Error{ErrorCode::kNotFound, "Scorecard not found"};
        return listed(in, *std::move(card));
    });
}

std::vector<ListedScorecard> ScorecardService::versions(const std::string& name) {
    return query(unit_of_work_, [&](Repositories& in) {
        auto cards = in.scorecards.versions(name);
        if (cards.empty()) throw Error{ErrorCode::kNotFound, "Scorecard not found"};
        const std::int64_t customers = listed(in, cards.front()).customers;
        std::vector<ListedScorecard> all;
        for (Scorecard& card : cards) all.push_back({.card = std::move(card), .customers = customers});
        return all;
    });
}

std::vector<FieldError> ScorecardService::mistakes(const Scorecard& card) const {
    std::vector<FieldError> found;
    if (!is_safe_in_addresses(card.name)) found.push_back({"/name", "must be 1 to 64 of a-z, 0-9, _ and -"});
    for (FieldError& mistake : mistakes_in(card, factors_)) found.push_back(std::move(mistake));
    return found;
}

void ScorecardService::check(const Scorecard& card) const {
    if (auto found = mistakes(card); !found.empty())
        throw refusal("The scorecard can't be used", std::move(found));
}

void ScorecardService::store(Repositories& in, Scorecard& card) const {
    const Timestamp now = clock_.now();
    card.created_at = now;
    in.scorecards.add(card, now);
    queue_recompute(in, now);
}

ListedScorecard ScorecardService::add(Scorecard card) {
    check(card);
    card.version = 1;
    auto added = transact(unit_of_work_, [&](Repositories& in) {
        if (in.scorecards.find(card.name))
            throw Error{ErrorCode::kConflict, "There is a scorecard " + card.name + " already"};
        Scorecard stored = card;
        store(in, stored);
        return listed(in, std::move(stored));
    });
    on_queued_();
    return added;
}

Scorecard ScorecardService::newest(Repositories& in, const std::string& name,
                                   std::optional<std::int64_t> version) const {
    auto card = in.scorecards.find(name);
    if (!card) throw Error{ErrorCode::kNotFound, "Scorecard not found"};
    if (version && *version != card->version)
        throw Error{ErrorCode::kPreconditionFailed, "The scorecard has changed: read it again"};
    return *std::move(card);
}

ListedScorecard ScorecardService::change(Scorecard card, std::optional<std::int64_t> version) {
    check(card);
    auto changed = transact(unit_of_work_, [&](Repositories& in) {
        Scorecard before = newest(in, card.name, version);
        if (says_the_same(before, card)) return listed(in, std::move(before));
        if (card.retired && !before.retired) require_unneeded(in, card);
        Scorecard next = card;
        next.version = before.version + 1;
        store(in, next);
        return listed(in, std::move(next));
    });
    on_queued_();
    return changed;
}

void ScorecardService::retire(const std::string& name, std::optional<std::int64_t> version,
                              const std::string& author) {
    unit_of_work_.run([&](Repositories& in) {
        Scorecard card = newest(in, name, version);
        if (card.retired) return;
        require_unneeded(in, card);
        card.retired = true;
        card.author = author;
        ++card.version;
        store(in, card);
    });
    on_queued_();
}

std::vector<AssignmentRule> ScorecardService::rules() {
    return query(unit_of_work_, [](Repositories& in) { return in.scorecards.rules(); });
}

void ScorecardService::replace_rules(const std::vector<AssignmentRule>& rules) {
    unit_of_work_.run([&](Repositories& in) {
        if (auto found = mistakes_in_rules(in, rules); !found.empty())
            throw refusal("The rules can't be used", std::move(found));
        const auto before = in.scorecards.rules();
        if (before == rules) return;
        in.scorecards.replace_rules(rules);
        in.scorecards.bump_revision();
        const Timestamp now = clock_.now();
        in.jobs.add(assignment_job(before, now), now);
    });
    on_queued_();
}

}  // namespace keepwell
