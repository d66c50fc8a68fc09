#include "api/health_json.hpp"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <array>

namespace keepwell::api {
namespace {

/// What a factor's details can't overwrite.
constexpr std::array<std::string_view, 8> kFactorMembers{"score", "value",  "unit",         "description",
                                                         "trend", "weight", "contribution", "error"};

void write_details(JsonWriter& json, const std::string& details) {
    rapidjson::Document document;
    document.Parse(details.c_str(), details.size());
    if (document.HasParseError() || !document.IsObject()) return;
    for (const auto& member : document.GetObject()) {
        const std::string_view name{member.name.GetString(), member.name.GetStringLength()};
        if (std::find(kFactorMembers.begin(), kFactorMembers.end(), name) != kFactorMembers.end()) continue;
        rapidjson::StringBuffer text;
        rapidjson::Writer<rapidjson::StringBuffer> writer(text);
        member.value.Accept(writer);
        json.key(name).raw({text.GetString(), text.GetSize()});
    }
}

void write_factor(JsonWriter& json, const FactorScore& factor, std::string_view unit) {
    json.key(factor.name).begin_object();
    json.member("score", factor.score);
    json.member("value", factor.value);
    json.member("unit", unit);
    json.member("description", factor.description);
    json.key("trend");
    factor.trend ? json.value(to_string(*factor.trend)) : json.null();
    json.member("weight", factor.weight);
    json.member("contribution", factor.contribution);
    if (!factor.error.empty()) json.member("error", factor.error);
    write_details(json, factor.details);
    json.end_object();
}

void write_smallest_change(JsonWriter& json, const std::optional<SmallestChange>& change) {
    if (!change) {
        json.null();
        return;
    }
    const auto write_steps = [&](std::string_view name, const std::vector<FactorStep>& steps) {
        json.key(name).begin_array();
        for (const FactorStep& step : steps) {
            json.begin_object().member("factor", step.factor);
            json.member("score_now", step.score_now).member("score_needed", step.score_needed);
            json.member("value_now", step.value_now).member("value_needed", step.value_needed);
            json.member("description", step.description).end_object();
        }
        json.end_array();
    };
    json.begin_object();
    json.member("target", to_string(change->target)).member("points_missing", change->points_missing);
    write_steps("any_of", change->any_of);
    write_steps("all_of", change->all_of);
    json.end_object();
}

/// What the calculation says, whatever a person says instead.
std::optional<double> computed_score(const HealthScore& score) {
    if (!score.replaced) return score.overall_score;
    if (!score.raw_score) return std::nullopt;
    return *score.raw_score + (score.cap ? score.cap->points : 0);
}

void write_cap(JsonWriter& json, const std::optional<AppliedCap>& cap) {
    json.key("cap");
    if (!cap) {
        json.null();
        return;
    }
    json.begin_object().member("name", cap->name).member("reason", cap->reason);
    json.member("points", cap->points).end_object();
}

void write_applied(JsonWriter& json, const HealthReport& report) {
    json.key("override");
    if (!report.score.replaced || !report.override) {
        json.null();
        return;
    }
    const HealthOverride& override = *report.override;
    json.begin_object().member("id", override.id.value).member("score", override.score);
    json.member("author", override.author).member("reason", override.reason);
    json.member("created_at", override.created_at).member("expires_at", override.expires_at);
    json.member("points", report.score.replaced->points).end_object();
}

}  // namespace

void write_health_report(JsonWriter& json, const HealthReport& report, const HealthService& health) {
    const HealthScore& score = report.score;
    json.begin_object();
    json.member("customer_id", report.customer.id.value).member("customer_name", report.customer.name);
    json.member("overall_score", score.overall_score).member("raw_score", score.raw_score);
    json.member("computed_score", computed_score(score));
    json.member("status", to_string(score.status)).member("coverage", score.coverage);
    json.member("scorecard", score.scorecard).member("scorecard_version", score.scorecard_version);
    json.member("as_of", score.as_of).member("calculated_at", score.calculated_at);
    json.key("factors").begin_object();
    for (const FactorScore& factor : score.factors) write_factor(json, factor, health.unit(factor.name));
    json.end_object();
    write_cap(json, score.cap);
    write_applied(json, report);
    json.strings("recommendations", report.recommendations);
    json.key("smallest_change");
    write_smallest_change(json, report.smallest_change);
    json.key("data_summary").begin_object();
    json.member("events_analyzed", report.events_analyzed);
    json.member("customer_segment", report.customer.segment);
    json.member("first_event_day", report.first_event_day);
    json.member("window_days", report.window_days).end_object();
    json.end_object();
}

void write_day(JsonWriter& json, const HealthScore& score) {
    json.begin_object().member("date", score.as_of);
    json.member("overall_score", score.overall_score).member("raw_score", score.raw_score);
    json.member("status", to_string(score.status)).member("coverage", score.coverage);
    json.member("scorecard", score.scorecard).member("scorecard_version", score.scorecard_version);
    json.member("calculated_at", score.calculated_at).end_object();
}

void write_health_move(JsonWriter& json, const HealthMove& move, Date from, Date to) {
    const auto write_end = [&](std::string_view name, const HealthScore& score, Date day) {
        json.key(name).begin_object().member("date", day);
        json.member("overall_score", score.overall_score);
        json.member("status", to_string(score.status)).end_object();
    };
    json.begin_object();
    write_end("from", move.from, from);
    write_end("to", move.to, to);
    json.member("difference", move.change.difference);
    json.key("lines").begin_array();
    for (const ScoreChangeLine& line : move.change.lines) {
        json.begin_object().member("kind", to_string(line.kind)).member("name", line.name);
        json.member("points", line.points);
        json.member("score_before", line.score_before).member("score_after", line.score_after);
        json.member("value_before", line.value_before).member("value_after", line.value_after);
        json.member("description", line.description).end_object();
    }
    json.end_array().end_object();
}

void write_override(JsonWriter& json, const HealthOverride& override) {
    json.begin_object().member("id", override.id.value).member("score", override.score);
    json.member("author", override.author).member("reason", override.reason);
    json.member("created_at", override.created_at).member("expires_at", override.expires_at);
    json.member("removed_at", override.removed_at).end_object();
}

}  // namespace keepwell::api
