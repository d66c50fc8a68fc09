#include "api/scorecard_body.hpp"

#include <algorithm>

#include "api/json_body.hpp"
#include "api/json_members.hpp"
#include "api/parameters.hpp"
#include "domain/error.hpp"
#include "domain/scorecard_mistakes.hpp"
#include "domain/segment.hpp"

namespace keepwell::api {
namespace {

using rapidjson::SizeType;
using rapidjson::Value;
using Mistakes = std::vector<FieldError>;

constexpr std::size_t kMaximumName = 100;
constexpr std::size_t kMaximumText = 1000;
constexpr std::size_t kMaximumRules = 200;
constexpr std::size_t kMaximumConditions = 20;

std::string entry(const std::string& list, SizeType index) {
    return list + "/" + std::to_string(index);
}

/// A name of an enumeration; `fallback` when it is missing or unknown.
template <typename Parse, typename Enum>
Enum read_name(JsonMembers& members, std::string_view name, Parse&& parse, Enum fallback,
               const std::string& message) {
    const auto text = members.text(name, kMaximumName);
    if (!text) return fallback;
    const auto known = parse(*text);
    if (!known) members.refuse(name, message);
    return known.value_or(fallback);
}

void read_expected(const Value& object, const std::string& at, Curve& curve, Mistakes& mistakes) {
    const auto found = object.FindMember("expected");
    if (found == object.MemberEnd() || found->value.IsNull()) return;
    if (!found->value.IsObject()) {
        mistakes.push_back({at + "/expected", "must be an object of segments"});
        return;
    }
    for (const auto& [segment, value] : found->value.GetObject()) {
        const std::string name{segment.GetString(), segment.GetStringLength()};
        if (!value.IsNumber()) {
            mistakes.push_back({at + "/expected/" + name, "must be a number"});
        } else if (folded_segment(name).empty()) {
            mistakes.push_back({at + "/expected/" + name, "must be a segment's name, with a letter"});
        } else {
            curve.expected[folded_segment(name)] = value.GetDouble();
        }
    }
}

Curve read_curve(const Value& value, const std::string& at, Mistakes& mistakes) {
    JsonMembers members(value, at, {"kind", "points", "expected", "expected_otherwise"}, mistakes);
    Curve curve;
    if (!value.IsObject()) return curve;
    members.require("kind");
    curve.kind = read_name(members, "kind", parse_curve_kind, CurveKind::kBuiltIn,
                           "must be built_in, bands, linear or segment_relative");
    if (const Value* points = members.array("points", kMaximumCurvePoints)) {
        for (SizeType i = 0; i < points->Size(); ++i) {
            JsonMembers point((*points)[i], entry(at + "/points", i), {"value", "score"}, mistakes);
            point.require("value");
            point.require("score");
            const double reached = point.number("value").value_or(0);
            curve.points.push_back({.value = reached, .score = point.number("score").value_or(0)});
        }
    }
    read_expected(value, at, curve, mistakes);
    curve.expected_otherwise = members.number("expected_otherwise").value_or(1);
    return curve;
}

ScorecardFactor read_factor(const Value& value, const std::string& at, Mistakes& mistakes) {
    JsonMembers members(value, at, {"factor", "weight", "share", "missing", "half_life_days", "curve"},
                        mistakes);
    ScorecardFactor row;
    members.require("factor");
    members.require("weight");
    row.factor = members.text("factor", kMaximumName).value_or("");
    row.weight = members.number("weight").value_or(0);
    row.missing = read_name(members, "missing", parse_missing_policy, MissingPolicy::kExclude,
                            "must be exclude, neutral, zero or carry_forward");
    row.half_life_days = members.number("half_life_days").value_or(row.half_life_days);
    if (members.has("curve")) row.curve = read_curve(value["curve"], at + "/curve", mistakes);
    return row;
}

ScoreCap read_cap(const Value& value, const std::string& at, Mistakes& mistakes) {
    JsonMembers members(
        value, at, {"name", "reason", "subject", "comparison", "threshold", "maximum", "expires"}, mistakes);
    ScoreCap cap;
    for (const char* name : {"name", "reason", "subject", "comparison", "threshold", "maximum"})
        members.require(name);
    cap.name = members.text("name", kMaximumName).value_or("");
    cap.reason = members.text("reason", kMaximumText).value_or("");
    cap.subject = members.text("subject", 2 * kMaximumName).value_or("");
    cap.comparison =
        read_name(members, "comparison", parse_comparison, Comparison::kAtLeast, "must be <, <=, >= or >");
    cap.threshold = members.number("threshold").value_or(0);
    cap.maximum = members.number("maximum").value_or(0);
    if (const auto text = members.text("expires", kMaximumName)) {
        cap.expires = parse_date(*text);
        if (!cap.expires) members.refuse("expires", "must be a day, YYYY-MM-DD");
    }
    return cap;
}

Scorecard read_card(const Value& value, const std::string& at, const std::string& name, Mistakes& mistakes) {
    // `share` to `customers` are answered and change nothing.
    JsonMembers members(value, at,
                        {"name", "description", "factors", "bands", "minimum_coverage", "caps", "retired",
                         "version", "author", "created_at", "customers"},
                        mistakes);
    Scorecard card;
    if (!value.IsObject()) return card;
    if (name.empty()) members.require("name");
    card.name = members.text("name", kMaximumName).value_or(name);
    if (!name.empty() && card.name != name) members.refuse("name", "must be the one of the address");
    card.description = members.text("description", kMaximumText, 0).value_or("");
    members.require("factors");
    if (const Value* factors = members.array("factors", kMaximumFactors)) {
        for (SizeType i = 0; i < factors->Size(); ++i)
            card.factors.push_back(read_factor((*factors)[i], entry(at + "/factors", i), mistakes));
    }
    if (members.has("bands")) {
        JsonMembers bands(value["bands"], at + "/bands", {"healthy_from", "at_risk_from"}, mistakes);
        bands.require("healthy_from");
        bands.require("at_risk_from");
        card.healthy_from = bands.number("healthy_from").value_or(card.healthy_from);
        card.at_risk_from = bands.number("at_risk_from").value_or(card.at_risk_from);
    }
    card.minimum_coverage = members.number("minimum_coverage").value_or(card.minimum_coverage);
    if (const Value* caps = members.array("caps", kMaximumCaps)) {
        for (SizeType i = 0; i < caps->Size(); ++i)
            card.caps.push_back(read_cap((*caps)[i], entry(at + "/caps", i), mistakes));
    }
    card.retired = members.flag("retired").value_or(false);
    return card;
}

bool is_within(const std::string& pointer, const std::string& outer) {
    return pointer == outer || (pointer.starts_with(outer) && pointer[outer.size()] == '/');
}

/// What the card itself gets wrong, unless its JSON has been refused at that place already.
void add_mistakes(const Scorecard& card, const ScorecardService& scorecards, const std::string& at,
                  Mistakes& mistakes) {
    const Mistakes of_json = mistakes;
    for (FieldError& mistake : scorecards.mistakes(card)) {
        mistake.pointer = at + mistake.pointer;
        const bool is_told = std::any_of(of_json.begin(), of_json.end(), [&](const FieldError& told) {
            return is_within(mistake.pointer, told.pointer) || is_within(told.pointer, mistake.pointer);
        });
        if (!is_told) mistakes.push_back(std::move(mistake));
    }
}

Scorecard checked(const Value& value, const std::string& at, const ScorecardService& scorecards,
                  const std::string& name) {
    Mistakes mistakes;
    Scorecard card = read_card(value, at, name, mistakes);
    if (value.IsObject()) add_mistakes(card, scorecards, at, mistakes);
    if (!mistakes.empty()) throw invalid(std::move(mistakes));
    return card;
}

AssignmentRule read_rule(const Value& value, const std::string& at, Mistakes& mistakes) {
    JsonMembers members(value, at, {"scorecard", "conditions"}, mistakes);
    AssignmentRule rule;
    members.require("scorecard");
    rule.scorecard = members.text("scorecard", kMaximumName).value_or("");
    const Value* conditions = members.array("conditions", kMaximumConditions);
    for (SizeType i = 0; conditions != nullptr && i < conditions->Size(); ++i) {
        const Value& told = (*conditions)[i];
        JsonMembers parts(told, entry(at + "/conditions", i), {"field", "operation", "value"}, mistakes);
        for (const char* name : {"field", "operation", "value"}) parts.require(name);
        RuleCondition condition{.field = parts.text("field", kMaximumName).value_or(""),
                                .operation = parts.text("operation", kMaximumName).value_or(""),
                                .value = {}};
        if (told.IsObject() && told.HasMember("value") && told["value"].IsInt64()) {
            condition.value = std::to_string(told["value"].GetInt64());  // Days may come as a number.
        } else {
            condition.value = parts.text("value", kMaximumText, 0).value_or("");
        }
        rule.conditions.push_back(std::move(condition));
    }
    return rule;
}

}  // namespace

Scorecard parse_scorecard(const Request& request, const ScorecardService& scorecards, std::string name) {
    const rapidjson::Document body = parse_json_body(request);
    Scorecard card = checked(body, "", scorecards, name);
    card.author = request.principal.name;
    return card;
}

Scorecard parse_previewed(const Request& request, const ScorecardService& scorecards, std::string name) {
    const rapidjson::Document body = parse_json_body(request);
    Mistakes mistakes;
    JsonMembers members(body, "", {"scorecard"}, mistakes);
    members.require("scorecard");
    if (!mistakes.empty()) throw invalid(std::move(mistakes));
    return checked(body["scorecard"], "/scorecard", scorecards, name);
}

std::vector<AssignmentRule> parse_rules(const Request& request) {
    const rapidjson::Document body = parse_json_body(request);
    Mistakes mistakes;
    JsonMembers members(body, "", {"rules"}, mistakes);
    members.require("rules");
    std::vector<AssignmentRule> rules;
    if (const Value* list = members.array("rules", kMaximumRules)) {
        for (SizeType i = 0; i < list->Size(); ++i)
            rules.push_back(read_rule((*list)[i], entry("/rules", i), mistakes));
    }
    if (!mistakes.empty()) throw invalid(std::move(mistakes));
    return rules;
}

BacktestWish parse_backtest(const Request& request, const ScorecardBacktest& backtest, std::string name) {
    BacktestWish wish{.scorecard = std::move(name)};
    if (request.body.empty()) return wish;
    const rapidjson::Document body = parse_json_body(request);
    Mistakes mistakes;
    JsonMembers members(body, "", {"from", "until", "horizon_days", "step_days"}, mistakes);
    const auto date = [&](std::string_view member) -> std::optional<Date> {
        const auto text = members.text(member, kMaximumName);
        if (!text) return std::nullopt;
        const auto day = parse_date(*text);
        if (!day) members.refuse(member, "must be a day, YYYY-MM-DD");
        return day;
    };
    wish.from = date("from");
    wish.until = date("until");
    const auto days = [&](std::string_view member, int maximum, int usual) {
        return static_cast<int>(members.integer(member, 1, maximum).value_or(usual));
    };
    wish.horizon_days = days("horizon_days", kMaximumHorizonDays, wish.horizon_days);
    wish.step_days = days("step_days", kMaximumReplayDays, wish.step_days);
    if (mistakes.empty()) mistakes = backtest.mistakes(wish);
    if (!mistakes.empty()) throw invalid(std::move(mistakes));
    return wish;
}

Scorecard read_scorecard_json(std::string_view json) {
    rapidjson::Document document;
    document.Parse<rapidjson::kParseFullPrecisionFlag>(json.data(), json.size());
    if (document.HasParseError()) throw Error{ErrorCode::kUnreadable, "the scorecard is no JSON"};
    Mistakes mistakes;
    Scorecard card = read_card(document, "", {}, mistakes);
    if (!mistakes.empty()) throw invalid(std::move(mistakes));
    return card;
}

}  // namespace keepwell::api
