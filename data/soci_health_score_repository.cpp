#include "data/soci_health_score_repository.hpp"

#include <array>
#include <stdexcept>

#include "data/customer_ids.hpp"
#include "data/dialect.hpp"

namespace keepwell::data {
namespace {

std::vector<FactorScore> read_factors(Session& session, CustomerId id, std::int64_t score_id) {
    std::vector<FactorScore> factors;
    Query row(session,
              "SELECT factor_name, score, value, description, trend, weight, contribution, error"
              " FROM factor_scores WHERE customer_id = $1 AND health_score_id = $2 ORDER BY position",
              id.value, score_id);
    while (row.next()) {
        factors.push_back({.name = row.string(0),
                           .score = row.real_if(1),
                           .value = row.real_if(2),
                           .description = row.string(3),
                           .trend = parse_trend(row.text(4)),
                           .weight = row.real(5),
                           .contribution = row.real(6),
                           .error = row.string(7)});
    }
    return factors;
}

std::optional<std::string_view> text_of(const std::optional<Trend>& trend) {
    return trend ? std::optional(to_string(*trend)) : std::nullopt;
}

}  // namespace

void SociHealthScoreRepository::add(std::span<const HealthScore> scores) {
    static constexpr std::array<std::string_view, 9> kScoreColumns{
        "customer_id",       "id",    "overall_score", "status", "coverage", "scorecard",
        "scorecard_version", "as_of", "calculated_at"};
    static constexpr std::array<std::string_view, 11> kFactorColumns{
        "customer_id", "health_score_id", "position", "factor_name",  "score", "value",
        "description", "trend",           "weight",   "contribution", "error"};
    const std::vector<std::int64_t> ids = session_.allocate_ids("health_scores", scores.size());
    std::vector<Value> score_values;
    std::vector<Value> factor_values;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        const HealthScore& score = scores[i];
        score_values.insert(
            score_values.end(),
            {to_value(score.customer_id.value), to_value(ids[i]), to_value(score.overall_score),
             to_value(to_string(score.status)), to_value(score.coverage), to_value(score.scorecard),
             to_value(score.scorecard_version), to_value(score.as_of), to_value(score.calculated_at)});
        std::int64_t position = 0;
        for (const FactorScore& factor : score.factors) {
            factor_values.insert(
                factor_values.end(),
                {to_value(score.customer_id.value), to_value(ids[i]), to_value(position++),
                 to_value(factor.name), to_value(factor.score), to_value(factor.value),
                 to_value(factor.description), to_value(text_of(factor.trend)), to_value(factor.weight),
                 to_value(factor.contribution), to_value(factor.error)});
        }
    }
    session_.insert_rows("health_scores", kScoreColumns, score_values);
    session_.insert_rows("factor_scores", kFactorColumns, factor_values);
}

std::optional<HealthScore> SociHealthScoreRepository::find_latest(CustomerId id) {
    Query row(session_,
              "SELECT id, overall_score, status, coverage, scorecard, scorecard_version, as_of, calculated_at"
              " FROM health_scores WHERE customer_id = $1 ORDER BY id DESC LIMIT 1",
              id.value);
    if (!row.next()) return std::nullopt;
    HealthScore score;
    score.customer_id = id;
    score.overall_score = row.real_if(1);
    score.status = parse_health_status(row.text(2)).value_or(HealthStatus::kInsufficientData);
    score.coverage = row.real(3);
    score.scorecard = row.string(4);
    score.scorecard_version = static_cast<int>(row.integer(5));
    score.as_of = row.date(6);
    score.calculated_at = row.timestamp(7);
    score.factors = read_factors(session_, id, row.integer(0));
    return score;
}

std::vector<HealthScore> SociHealthScoreRepository::latest(std::span<const CustomerId>) {
    throw std::logic_error("not built yet");
}

std::vector<HealthScoreRepository::LastFactor> SociHealthScoreRepository::last_factors(
    std::span<const CustomerId> ids, std::span<const std::string> factors, Date before) {
    const Dialect dialect = session_.dialect();
    const std::vector<std::string_view> names(factors.begin(), factors.end());
    const std::string sql =
        "SELECT n.customer_id, n.factor_name, f.score, h.as_of FROM"
        " (SELECT f.customer_id, f.factor_name, max(f.health_score_id) AS id FROM factor_scores f"
        " JOIN health_scores h ON h.customer_id = f.customer_id AND h.id = f.health_score_id WHERE " +
        is_any_id(dialect, "f.customer_id", 1) + " AND " + is_any_text(dialect, "f.factor_name", 2) +
        " AND f.score IS NOT NULL AND h.as_of < $3 GROUP BY f.customer_id, f.factor_name) n"
        " JOIN factor_scores f ON f.customer_id = n.customer_id AND f.health_score_id = n.id"
        " AND f.factor_name = n.factor_name"
        " JOIN health_scores h ON h.customer_id = n.customer_id AND h.id = n.id"
        " ORDER BY n.customer_id, n.factor_name";
    const std::string id_list = encode_ids(dialect, ids);
    const std::string name_list = encode_list(dialect, names);
    Query row(session_, sql, id_list, name_list, before);
    std::vector<LastFactor> last;
    while (row.next()) {
        last.push_back({.customer_id = {row.integer(0)},
                        .factor = row.string(1),
                        .score = row.real(2),
                        .as_of = row.date(3)});
    }
    return last;
}

std::optional<HealthScore> SociHealthScoreRepository::find_at(CustomerId, Date) {
    throw std::logic_error("not built yet");
}

std::vector<HealthScore> SociHealthScoreRepository::history(CustomerId, Date, Date, std::int64_t) {
    throw std::logic_error("not built yet");
}

}  // namespace keepwell::data
