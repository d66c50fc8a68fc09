#include "data/soci_scorecard_repository.hpp"

#include <stdexcept>
#include "domain/error.hpp"

namespace keepwell::data {

std::optional<Scorecard> SociScorecardRepository::find(const std::string& name) {
    Query row(session_,
              "SELECT version, description, healthy_from, at_risk_from, minimum_coverage FROM scorecards"
              " WHERE name = $1 ORDER BY version DESC LIMIT 1",
              name);
    if (!row.next()) return std::nullopt;
    Scorecard card;
    card.name = name;
    card.version = static_cast<int>(row.integer(0));
    card.description = row.string(1);
    card.healthy_from = row.real(2);
    card.at_risk_from = row.real(3);
    card.minimum_coverage = row.real(4);
    Query factor(session_,
                 "SELECT factor, weight, missing, half_life_days FROM scorecard_factors"
                 " WHERE scorecard = $1 AND version = $2 ORDER BY position",
                 name, card.version);
    while (factor.next()) {
        card.factors.push_back(
            {.factor = factor.string(0),
             .weight = factor.real(1),
             .missing = parse_missing_policy(factor.text(2)).value_or(MissingPolicy::kExclude),
             .half_life_days = factor.real(3)});
    }
    return card;
}

void SociScorecardRepository::add(const Scorecard& scorecard, Timestamp now) {
    const std::int64_t added = run(
        session_,
        "INSERT INTO scorecards (name, version, description, healthy_from, at_risk_from, minimum_coverage,"
        " created_at) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (name, version) DO NOTHING",
        scorecard.name, scorecard.version, scorecard.description, scorecard.healthy_from,
        scorecard.at_risk_from, scorecard.minimum_coverage, now);
    if (added == 0) {
        throw Error(ErrorCode::kConflict, "The scorecard " + scorecard.name + " has a version " +
                                              std::to_string(scorecard.version) + " already.");
    }
    std::int64_t position = 0;
    for (const ScorecardFactor& factor : scorecard.factors) {
        run(session_,
            "INSERT INTO scorecard_factors (scorecard, version, position, factor, weight, missing,"
            " half_life_days) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            scorecard.name, scorecard.version, position++, factor.factor, factor.weight,
            to_string(factor.missing), factor.half_life_days);
    }
}

std::optional<Scorecard> SociScorecardRepository::find_version(const std::string&, int) {
    throw std::logic_error("not built yet");
}

std::vector<Scorecard> SociScorecardRepository::list() {
    throw std::logic_error("not built yet");
}

std::vector<Scorecard> SociScorecardRepository::versions(const std::string&) {
    throw std::logic_error("not built yet");
}

std::vector<AssignmentRule> SociScorecardRepository::rules() {
    throw std::logic_error("not built yet");
}

void SociScorecardRepository::replace_rules(std::span<const AssignmentRule>) {
    throw std::logic_error("not built yet");
}

std::int64_t SociScorecardRepository::revision() {
    throw std::logic_error("not built yet");
}

void SociScorecardRepository::bump_revision() {
    throw std::logic_error("not built yet");
}

}  // namespace keepwell::data
