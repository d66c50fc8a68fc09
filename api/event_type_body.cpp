#include "api/event_type_body.hpp"

#include "api/json_body.hpp"
#include "api/json_members.hpp"
#include "api/parameters.hpp"

namespace keepwell::api {
namespace {

constexpr std::size_t kMaximumDescription = 500;
constexpr std::size_t kMaximumAttributes = 100;
constexpr std::size_t kMaximumName = 100;
constexpr std::size_t kMaximumChoice = 200;

EventAttribute read_attribute(const rapidjson::Value& value, std::string at,
                              std::vector<FieldError>& mistakes) {
    JsonMembers members(value, std::move(at),
                        {"name", "type", "required", "above", "minimum", "maximum", "choices"}, mistakes);
    EventAttribute attribute;
    members.require("name");
    members.require("type");
    attribute.name = members.text("name", kMaximumName).value_or("");
    if (const auto type = members.text("type", kMaximumName)) {
        const auto known = parse_attribute_type(*type);
        if (!known) members.refuse("type", "must be string, number or boolean");
        attribute.type = known.value_or(AttributeType::kString);
    }
    attribute.required = members.flag("required").value_or(false);
    attribute.above = members.number("above");
    attribute.minimum = members.number("minimum");
    attribute.maximum = members.number("maximum");
    attribute.choices = members.texts("choices", kMaximumAttributes, kMaximumChoice);
    return attribute;
}

}  // namespace

EventType parse_event_type(const Request& request, std::string name) {
    const rapidjson::Document body = parse_json_body(request);
    std::vector<FieldError> mistakes;
    EventType type{.name = std::move(name)};
    // As it is listed, so that what was read can be changed and sent back.
    JsonMembers members(body, "", {"name", "built_in", "description", "attributes"}, mistakes);
    if (const auto named = members.text("name", kMaximumName); named && *named != type.name)
        members.refuse("name", "must be the one of the address");
    type.description = members.text("description", kMaximumDescription, 0).value_or("");
    members.require("attributes");
    if (const rapidjson::Value* list = members.array("attributes", kMaximumAttributes)) {
        for (rapidjson::SizeType i = 0; i < list->Size(); ++i)
            type.attributes.push_back(
                read_attribute((*list)[i], "/attributes/" + std::to_string(i), mistakes));
    }
    if (!mistakes.empty()) throw invalid(std::move(mistakes));
    return type;
}

}  // namespace keepwell::api
