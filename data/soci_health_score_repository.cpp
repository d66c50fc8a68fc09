#include "data/soci_health_score_repository.hpp"

#include <algorithm>
#include <array>

#include "data/customer_ids.hpp"

#include "data/customer_ids.hpp"
#include "data/dialect.hpp"

namespace keepwell::data {
namespace {

constexpr std::array<std::string_view, 15> kScoreColumns{
    "customer_id",       "id",          "overall_score",  "status",    "coverage", "scorecard",
    "scorecard_version", "as_of",       "calculated_at",  "raw_score", "cap_name", "cap_reason",
    "cap_points",        "override_id", "override_points"};
constexpr std::array<std::string_view, 12> kFactorColumns{
    "customer_id", "health_score_id", "position", "factor_name",  "score", "value",
    "description", "trend",           "weight",   "contribution", "error", "details"};

template <std::size_t Size>
std::string listed(const std::array<std::string_view, Size>& columns, std::string_view table) {
    std::string list;
    for (const std::string_view column : columns) {
        list.append(list.empty() ? "" : ", ").append(table).append(".").append(column);
    }
    return list;
}

HealthScore read_score(const Query& row) {
    HealthScore score;
    score.customer_id = {row.integer(0)};
    score.overall_score = row.real_if(2);
    score.status = parse_health_status(row.text(3)).value_or(HealthStatus::kInsufficientData);
    score.coverage = row.real(4);
    score.scorecard = row.string(5);
    score.scorecard_version = static_cast<int>(row.integer(6));
    score.as_of = row.date(7);
    score.calculated_at = row.timestamp(8);
    score.raw_score = row.real_if(9);
    if (!row.is_null(10)) score.cap = AppliedCap{row.string(10), row.string(11), row.real(12)};
    if (!row.is_null(13)) score.replaced = AppliedOverride{row.integer(13), row.real(14)};
    // Scores from before there were caps and overrides.
    if (!score.raw_score && !score.cap && !score.replaced) score.raw_score = score.overall_score;
    return score;
}

FactorScore read_factor(const Query& row) {
    return {.name = row.string(3),
            .score = row.real_if(4),
            .value = row.real_if(5),
            .description = row.string(6),
            .trend = parse_trend(row.text(7)),
            .weight = row.real(8),
            .contribution = row.real(9),
            .error = row.string(10),
            .details = row.string(11)};
}

std::vector<HealthScore> read_scores(Query& row) {
    std::vector<HealthScore> scores;
    while (row.next()) scores.push_back(read_score(row));
    return scores;
}

/// The first of the rows with its factors.
std::optional<HealthScore> read_with_factors(Session& session, Query& row) {
    if (!row.next()) return std::nullopt;
    HealthScore score = read_score(row);
    static const std::string sql =
        "SELECT " + listed(kFactorColumns, "f") +
        " FROM factor_scores f WHERE f.customer_id = $1 AND f.health_score_id = $2 ORDER BY f.position";
    Query factor(session, sql, score.customer_id.value, row.integer(1));
    while (factor.next()) score.factors.push_back(read_factor(factor));
    return score;
}

std::string select_scores(std::string_view rest) {
    return "SELECT " + listed(kScoreColumns, "s") + " FROM health_scores s " + std::string(rest);
}

std::optional<std::string_view> text_of(const std::optional<Trend>& trend) {
    return trend ? std::optional(to_string(*trend)) : std::nullopt;
}

void append(std::vector<Value>& values, const HealthScore& score, std::int64_t id) {
    values.insert(
        values.end(),
        {to_value(score.customer_id.value), to_value(id), to_value(score.overall_score),
         to_value(to_string(score.status)), to_value(score.coverage), to_value(score.scorecard),
         to_value(score.scorecard_version), to_value(score.as_of), to_value(score.calculated_at),
         to_value(score.raw_score), score.cap ? to_value(score.cap->name) : Value{},
         score.cap ? to_value(score.cap->reason) : Value{}, to_value(score.cap ? score.cap->points : 0.0),
         score.replaced ? to_value(score.replaced->id) : Value{},
         to_value(score.replaced ? score.replaced->points : 0.0)});
}

void append(std::vector<Value>& values, const FactorScore& factor, CustomerId customer, std::int64_t score,
            std::int64_t position) {
    values.insert(values.end(),
                  {to_value(customer.value), to_value(score), to_value(position), to_value(factor.name),
                   to_value(factor.score), to_value(factor.value), to_value(factor.description),
                   to_value(text_of(factor.trend)), to_value(factor.weight), to_value(factor.contribution),
                   to_value(factor.error), to_value(factor.details)});
}

}  // namespace

void SociHealthScoreRepository::add(std::span<const HealthScore> scores) {
    const std::vector<std::int64_t> ids = session_.allocate_ids("health_scores", scores.size());
    std::vector<Value> score_values;
    std::vector<Value> factor_values;
    score_values.reserve(scores.size() * kScoreColumns.size());
    for (std::size_t i = 0; i < scores.size(); ++i) {
        append(score_values, scores[i], ids[i]);
        std::int64_t position = 0;
        for (const FactorScore& factor : scores[i].factors) {
            append(factor_values, factor, scores[i].customer_id, ids[i], position++);
        }
    }
    session_.insert_rows("health_scores", kScoreColumns, score_values);
    session_.insert_rows("factor_scores", kFactorColumns, factor_values);
}

std::optional<HealthScore> SociHealthScoreRepository::find_latest(CustomerId id) {
    static const std::string sql = select_scores("WHERE s.customer_id = $1 ORDER BY s.id DESC LIMIT 1");
    Query row(session_, sql, id.value);
    return read_with_factors(session_, row);
}

std::vector<HealthScore> SociHealthScoreRepository::latest(std::span<const CustomerId> ids) {
    if (ids.empty()) return {};
    // The newest id of each by the primary key.
    const std::string newest =
        "(SELECT c.id AS customer_id, (SELECT max(h.id) FROM health_scores h WHERE h.customer_id = c.id)"
        " AS score_id FROM customers c WHERE " +
        is_any_id(session_.dialect(), "c.id", 1) + ") newest";
    const std::string list = encode_ids(session_.dialect(), ids);
    std::vector<HealthScore> scores;
    {
        const std::string sql =
            select_scores("JOIN " + newest +
                          " ON s.customer_id = newest.customer_id AND s.id = newest.score_id"
                          " ORDER BY s.customer_id");
        Query row(session_, sql, list);
        scores = read_scores(row);
    }
    const std::string sql = "SELECT " + listed(kFactorColumns, "f") + " FROM factor_scores f JOIN " + newest +
                            " ON f.customer_id = newest.customer_id AND f.health_score_id = newest.score_id"
                            " ORDER BY f.customer_id, f.position";
    Query row(session_, sql, list);
    auto score = scores.begin();
    while (row.next()) {
        const CustomerId id{row.integer(0)};
        while (score != scores.end() && score->customer_id < id) ++score;
        if (score == scores.end()) break;
        if (score->customer_id == id) score->factors.push_back(read_factor(row));
    }
    return scores;
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

std::optional<HealthScore> SociHealthScoreRepository::find_at(CustomerId id, Date day) {
    static const std::string sql =
        select_scores("WHERE s.customer_id = $1 AND s.as_of <= $2 ORDER BY s.as_of DESC, s.id DESC LIMIT 1");
    Query row(session_, sql, id.value, day);
    return read_with_factors(session_, row);
}

std::vector<HealthScore> SociHealthScoreRepository::history(CustomerId id, Date from, Date until,
                                                            std::int64_t limit) {
    static const std::string sql = select_scores(
        "WHERE s.customer_id = $1 AND s.as_of BETWEEN $2 AND $3 AND NOT EXISTS (SELECT 1 FROM health_scores"
        " later WHERE later.customer_id = s.customer_id AND later.as_of = s.as_of AND later.id > s.id)"
        " ORDER BY s.as_of DESC, s.id DESC LIMIT $4");
    Query row(session_, sql, id.value, from, until, limit);
    return read_scores(row);
}

}  // namespace keepwell::data
