#include "data/soci_scorecard_repository.hpp"

#include <array>
#include <charconv>
#include <map>

#include "data/scorecard_json.hpp"
#include "domain/error.hpp"

namespace keepwell::data {
namespace {

constexpr std::string_view kRevision = "catalog_revision";
/// Of the newest version of each.
constexpr std::string_view kNewest = "s.version = (SELECT max(version) FROM scorecards WHERE name = s.name)";

Scorecard read_card(const Query& row) {
    Scorecard card;
    card.name = row.string(0);
    card.version = static_cast<int>(row.integer(1));
    card.description = row.string(2);
    card.healthy_from = row.real(3);
    card.at_risk_from = row.real(4);
    card.minimum_coverage = row.real(5);
    card.caps = decode_caps(row.text(6));
    card.author = row.string(7);
    card.retired = row.flag(8);
    card.created_at = row.timestamp(9);
    return card;
}

/// The cards that `where` picks from scorecards s, in this order, with their factors.
template <typename... Values>
std::vector<Scorecard> read_cards(Session& session, std::string_view where, std::string_view order,
                                  const Values&... values) {
    using Key = std::pair<std::string, std::int64_t>;
    std::map<Key, std::vector<ScorecardFactor>> factors;
    {
        const std::string sql =
            "SELECT f.scorecard, f.version, f.factor, f.weight, f.missing, f.half_life_days, f.curve"
            " FROM scorecards s JOIN scorecard_factors f ON f.scorecard = s.name AND f.version = s.version"
            " WHERE " +
            std::string(where) + " ORDER BY f.scorecard, f.version, f.position";
        Query row(session, sql, values...);
        while (row.next()) {
            factors[{row.string(0), row.integer(1)}].push_back(
                {.factor = row.string(2),
                 .weight = row.real(3),
                 .missing = parse_missing_policy(row.text(4)).value_or(MissingPolicy::kExclude),
                 .half_life_days = row.real(5),
                 .curve = decode_curve(row.text(6))});
        }
    }
    const std::string sql =
        "SELECT s.name, s.version, s.description, s.healthy_from, s.at_risk_from, s.minimum_coverage, s.caps,"
        " s.author, s.retired, s.created_at FROM scorecards s WHERE " +
        std::string(where) + " ORDER BY " + std::string(order);
    Query row(session, sql, values...);
    std::vector<Scorecard> cards;
    while (row.next()) {
        cards.push_back(read_card(row));
        cards.back().factors = std::move(factors[{cards.back().name, cards.back().version}]);
    }
    return cards;
}

std::optional<Scorecard> first_of(std::vector<Scorecard> cards) {
    if (cards.empty()) return std::nullopt;
    return std::move(cards.front());
}

}  // namespace

std::optional<Scorecard> SociScorecardRepository::find(const std::string& name) {
    return first_of(read_cards(session_, "s.name = $1 AND " + std::string(kNewest), "s.name", name));
}

std::optional<Scorecard> SociScorecardRepository::find_version(const std::string& name, int version) {
    return first_of(read_cards(session_, "s.name = $1 AND s.version = $2", "s.name", name, version));
}

std::vector<Scorecard> SociScorecardRepository::list() {
    return read_cards(session_, kNewest, "s.name");
}

std::vector<Scorecard> SociScorecardRepository::versions(const std::string& name) {
    return read_cards(session_, "s.name = $1", "s.version DESC", name);
}

void SociScorecardRepository::add(const Scorecard& scorecard, Timestamp now) {
    const std::int64_t added =
        run(session_,
            "INSERT INTO scorecards (name, version, description, healthy_from, at_risk_from,"
            " minimum_coverage, caps, author, retired, created_at)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (name, version) DO NOTHING",
            scorecard.name, scorecard.version, scorecard.description, scorecard.healthy_from,
            scorecard.at_risk_from, scorecard.minimum_coverage, encode_caps(scorecard.caps), scorecard.author,
            scorecard.retired, now);
    if (added == 0) {
        throw Error(ErrorCode::kConflict, "The scorecard " + scorecard.name + " has a version " +
                                              std::to_string(scorecard.version) + " already.");
    }
    std::int64_t position = 0;
    for (const ScorecardFactor& factor : scorecard.factors) {
        run(session_,
            "INSERT INTO scorecard_factors (scorecard, version, position, factor, weight, missing,"
            " half_life_days, curve) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            scorecard.name, scorecard.version, position++, factor.factor, factor.weight,
            to_string(factor.missing), factor.half_life_days, encode_curve(factor.curve));
    }
}

std::vector<AssignmentRule> SociScorecardRepository::rules() {
    std::vector<AssignmentRule> rules;
    Query row(session_, "SELECT scorecard, conditions FROM scorecard_rules ORDER BY position");
    while (row.next()) {
        rules.push_back({.scorecard = row.string(0), .conditions = decode_conditions(row.text(1))});
    }
    return rules;
}

void SociScorecardRepository::replace_rules(std::span<const AssignmentRule> rules) {
    run(session_, "DELETE FROM scorecard_rules");
    std::int64_t position = 0;
    for (const AssignmentRule& rule : rules) {
        run(session_, "INSERT INTO scorecard_rules (position, scorecard, conditions) VALUES ($1, $2, $3)",
            position++, rule.scorecard, encode_conditions(rule.conditions));
    }
}

std::int64_t SociScorecardRepository::revision() {
    Query row(session_, "SELECT value FROM settings WHERE name = $1", kRevision);
    std::int64_t revision = 0;
    if (!row.next()) return revision;
    const std::string_view text = row.text(0);
    std::from_chars(text.data(), text.data() + text.size(), revision);
    return revision;
}

void SociScorecardRepository::bump_revision() {
    // Nobody reads when; the column belongs to settings that people change.
    run(session_,
        "INSERT INTO settings (name, value, updated_at) VALUES ($1, '1', $2) ON CONFLICT (name) DO UPDATE"
        " SET value = CAST(CAST(settings.value AS bigint) + 1 AS text)",
        kRevision, Timestamp{});
}

}  // namespace keepwell::data
