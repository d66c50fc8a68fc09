#include "api/scorecard_json.hpp"

namespace keepwell::api {
namespace {

void write_curve(JsonWriter& json, const Curve& curve) {
    json.key("curve").begin_object().member("kind", to_string(curve.kind)).key("points").begin_array();
    for (const CurvePoint& point : curve.points)
        json.begin_object().member("value", point.value).member("score", point.score).end_object();
    json.end_array().key("expected").begin_object();
    for (const auto& [segment, value] : curve.expected) json.member(segment, value);
    json.end_object().member("expected_otherwise", curve.expected_otherwise).end_object();
}

void write_cap(JsonWriter& json, const ScoreCap& cap) {
    json.begin_object().member("name", cap.name).member("reason", cap.reason).member("subject", cap.subject);
    json.member("comparison", to_string(cap.comparison))
        .member("threshold", cap.threshold)
        .member("maximum", cap.maximum)
        .member("expires", cap.expires)
        .end_object();
}

/// What makes the card, without what is only answered.
void write_contents(JsonWriter& json, const Scorecard& card) {
    double total = 0;
    for (const ScorecardFactor& row : card.factors) total += row.weight;
    json.member("name", card.name).member("version", card.version).member("description", card.description);
    json.key("factors").begin_array();
    for (const ScorecardFactor& row : card.factors) {
        json.begin_object().member("factor", row.factor).member("weight", row.weight);
        json.member("share", row.weight / total)
            .member("missing", to_string(row.missing))
            .member("half_life_days", row.half_life_days);
        write_curve(json, row.curve);
        json.end_object();
    }
    json.end_array().key("bands").begin_object();
    json.member("healthy_from", card.healthy_from).member("at_risk_from", card.at_risk_from).end_object();
    json.member("minimum_coverage", card.minimum_coverage).key("caps").begin_array();
    for (const ScoreCap& cap : card.caps) write_cap(json, cap);
    json.end_array().member("author", card.author).member("retired", card.retired);
}

}  // namespace

void write_scorecard(JsonWriter& json, const ListedScorecard& listed) {
    json.begin_object();
    write_contents(json, listed.card);
    json.member("created_at", listed.card.created_at).member("customers", listed.customers).end_object();
}

std::string scorecard_json(const Scorecard& card) {
    JsonWriter json;
    json.begin_object();
    write_contents(json, card);
    json.end_object();
    return json.take();
}

void write_rules(JsonWriter& json, const std::vector<AssignmentRule>& rules) {
    json.begin_object().key("rules").begin_array();
    for (const AssignmentRule& rule : rules) {
        json.begin_object().member("scorecard", rule.scorecard).key("conditions").begin_array();
        for (const RuleCondition& condition : rule.conditions) {
            json.begin_object().member("field", condition.field).member("operation", condition.operation);
            json.member("value", condition.value).end_object();
        }
        json.end_array().end_object();
    }
    json.end_array().end_object();
}

void write_factor(JsonWriter& json, const BaseHealthFactor& factor) {
    const FactorNeeds needs = factor.needs();
    json.begin_object().member("name", factor.name()).member("summary", factor.summary());
    json.member("default_weight", factor.default_weight()).member("unit", factor.unit());
    json.key("needs").begin_object().member("metrics", needs.metrics).member("activity", needs.activity);
    json.member("raw_events", needs.raw_events).member("window_days", needs.window_days).end_object();
    json.key("plugin");
    factor.plugin().empty() ? json.null() : json.value(factor.plugin());
    json.end_object();
}

}  // namespace keepwell::api
