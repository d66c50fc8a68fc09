#include "data/scorecard_json.hpp"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <stdexcept>

namespace keepwell::data {
namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

void write(Writer& writer, const char* name, std::string_view text) {
    writer.Key(name);
    writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

void write(Writer& writer, const char* name, double number) {
    writer.Key(name);
    writer.Double(number);
}

[[noreturn]] void fail() {
    throw std::runtime_error("a stored part of a scorecard is not the JSON that it should be");
}

rapidjson::Document parse(std::string_view json) {
    rapidjson::Document document;
    document.Parse<rapidjson::kParseFullPrecisionFlag>(json.data(), json.size());
    if (document.HasParseError()) fail();
    return document;
}

const rapidjson::Value& member(const rapidjson::Value& object, const char* name) {
    if (!object.IsObject()) fail();
    const auto found = object.FindMember(name);
    if (found == object.MemberEnd()) fail();
    return found->value;
}

const rapidjson::Value& array(const rapidjson::Value& value) {
    if (!value.IsArray()) fail();
    return value;
}

double number(const rapidjson::Value& value) {
    if (!value.IsNumber()) fail();
    return value.GetDouble();
}

std::string text(const rapidjson::Value& value) {
    if (!value.IsString()) fail();
    return {value.GetString(), value.GetStringLength()};
}

template <typename T>
T require(std::optional<T> value) {
    if (!value) fail();
    return *value;
}

}  // namespace

std::string encode_curve(const Curve& curve) {
    if (curve == Curve{}) return {};
    rapidjson::StringBuffer buffer;
    Writer writer(buffer);
    writer.StartObject();
    write(writer, "kind", to_string(curve.kind));
    writer.Key("points");
    writer.StartArray();
    for (const CurvePoint& point : curve.points) {
        writer.StartArray();
        writer.Double(point.value);
        writer.Double(point.score);
        writer.EndArray();
    }
    writer.EndArray();
    writer.Key("expected");
    writer.StartObject();
    for (const auto& [segment, expected] : curve.expected) write(writer, segment.c_str(), expected);
    writer.EndObject();
    write(writer, "expected_otherwise", curve.expected_otherwise);
    writer.EndObject();
    return {buffer.GetString(), buffer.GetSize()};
}

Curve decode_curve(std::string_view json) {
    Curve curve;
    if (json.empty()) return curve;
    const rapidjson::Document document = parse(json);
    curve.kind = require(parse_curve_kind(text(member(document, "kind"))));
    for (const auto& point : array(member(document, "points")).GetArray()) {
        if (array(point).Size() != 2) fail();
        curve.points.push_back({number(point[0]), number(point[1])});
    }
    const auto& expected = member(document, "expected");
    if (!expected.IsObject()) fail();
    for (const auto& segment : expected.GetObject()) {
        curve.expected.emplace(text(segment.name), number(segment.value));
    }
    curve.expected_otherwise = number(member(document, "expected_otherwise"));
    return curve;
}

std::string encode_caps(std::span<const ScoreCap> caps) {
    rapidjson::StringBuffer buffer;
    Writer writer(buffer);
    writer.StartArray();
    for (const ScoreCap& cap : caps) {
        writer.StartObject();
        write(writer, "name", cap.name);
        write(writer, "reason", cap.reason);
        write(writer, "subject", cap.subject);
        write(writer, "comparison", to_string(cap.comparison));
        write(writer, "threshold", cap.threshold);
        write(writer, "maximum", cap.maximum);
        if (cap.expires) write(writer, "expires", to_string(*cap.expires));
        writer.EndObject();
    }
    writer.EndArray();
    return {buffer.GetString(), buffer.GetSize()};
}

std::vector<ScoreCap> decode_caps(std::string_view json) {
    std::vector<ScoreCap> caps;
    const rapidjson::Document document = parse(json);
    for (const auto& stored : array(document).GetArray()) {
        ScoreCap cap{.name = text(member(stored, "name")),
                     .reason = text(member(stored, "reason")),
                     .subject = text(member(stored, "subject")),
                     .comparison = require(parse_comparison(text(member(stored, "comparison")))),
                     .threshold = number(member(stored, "threshold")),
                     .maximum = number(member(stored, "maximum"))};
        if (stored.HasMember("expires")) cap.expires = require(parse_date(text(member(stored, "expires"))));
        caps.push_back(std::move(cap));
    }
    return caps;
}

std::string encode_conditions(std::span<const RuleCondition> conditions) {
    rapidjson::StringBuffer buffer;
    Writer writer(buffer);
    writer.StartArray();
    for (const RuleCondition& condition : conditions) {
        writer.StartObject();
        write(writer, "field", condition.field);
        write(writer, "operation", condition.operation);
        write(writer, "value", condition.value);
        writer.EndObject();
    }
    writer.EndArray();
    return {buffer.GetString(), buffer.GetSize()};
}

std::vector<RuleCondition> decode_conditions(std::string_view json) {
    std::vector<RuleCondition> conditions;
    const rapidjson::Document document = parse(json);
    for (const auto& stored : array(document).GetArray()) {
        conditions.push_back({.field = text(member(stored, "field")),
                              .operation = text(member(stored, "operation")),
                              .value = text(member(stored, "value"))});
    }
    return conditions;
}

}  // namespace keepwell::data
