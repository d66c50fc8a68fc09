#include "api/json_members.hpp"

#include <algorithm>

#include "services/csv/utf8.hpp"

namespace keepwell::api {

using rapidjson::Value;

JsonMembers::JsonMembers(const Value& object, std::string at, std::initializer_list<std::string_view> known,
                         std::vector<FieldError>& mistakes)
    : object_(object), at_(std::move(at)), mistakes_(mistakes) {
    if (!object_.IsObject()) {
        mistakes_.push_back({at_, "must be an object"});
        return;
    }
    for (const auto& member : object_.GetObject()) {
        const std::string_view name{member.name.GetString(), member.name.GetStringLength()};
        if (std::find(known.begin(), known.end(), name) == known.end())
            refuse(name, "is not a member of this");
    }
}

const Value* JsonMembers::find(std::string_view name) const {
    if (!object_.IsObject()) return nullptr;
    const auto found = object_.FindMember(
        Value(rapidjson::StringRef(name.data(), static_cast<rapidjson::SizeType>(name.size()))));
    return found == object_.MemberEnd() || found->value.IsNull() ? nullptr : &found->value;
}

void JsonMembers::refuse(std::string_view name, std::string message) {
    mistakes_.push_back({pointer(name), std::move(message)});
}

void JsonMembers::require(std::string_view name) {
    if (object_.IsObject() && !has(name)) refuse(name, "is required");
}

std::optional<std::string> JsonMembers::text_of(const Value& value, std::string_view name,
                                                std::size_t minimum, std::size_t maximum) {
    if (value.IsString()) {
        const std::string_view text{value.GetString(), value.GetStringLength()};
        const std::size_t length = count_characters(text);
        if (length >= minimum && length <= maximum && !has_control_character(text)) return std::string{text};
    }
    refuse(name, "must be a text of " + std::to_string(minimum) + " to " + std::to_string(maximum) +
                     " characters without control characters");
    return std::nullopt;
}

std::optional<std::string> JsonMembers::text(std::string_view name, std::size_t maximum,
                                             std::size_t minimum) {
    const Value* value = find(name);
    return value == nullptr ? std::nullopt : text_of(*value, name, minimum, maximum);
}

std::vector<std::string> JsonMembers::texts(std::string_view name, std::size_t maximum,
                                            std::size_t characters) {
    std::vector<std::string> texts;
    const Value* list = array(name, maximum);
    for (rapidjson::SizeType i = 0; list != nullptr && i < list->Size(); ++i) {
        const std::string entry = std::string{name} + "/" + std::to_string(i);
        if (auto text = text_of((*list)[i], entry, 1, characters)) texts.push_back(*std::move(text));
    }
    return texts;
}

std::optional<double> JsonMembers::number(std::string_view name) {
    const Value* value = find(name);
    if (value == nullptr) return std::nullopt;
    if (value->IsNumber()) return value->GetDouble();
    refuse(name, "must be a number");
    return std::nullopt;
}

std::optional<std::int64_t> JsonMembers::integer(std::string_view name, std::int64_t minimum,
                                                 std::int64_t maximum) {
    const Value* value = find(name);
    if (value == nullptr) return std::nullopt;
    if (value->IsInt64() && value->GetInt64() >= minimum && value->GetInt64() <= maximum)
        return value->GetInt64();
    refuse(name, "must be a whole number from " + std::to_string(minimum) + " to " + std::to_string(maximum));
    return std::nullopt;
}

std::optional<bool> JsonMembers::flag(std::string_view name) {
    const Value* value = find(name);
    if (value == nullptr) return std::nullopt;
    if (value->IsBool()) return value->GetBool();
    refuse(name, "must be true or false");
    return std::nullopt;
}

const Value* JsonMembers::array(std::string_view name, std::size_t maximum) {
    const Value* value = find(name);
    if (value == nullptr) return nullptr;
    if (value->IsArray() && value->Size() <= maximum) return value;
    refuse(name, "must be an array of at most " + std::to_string(maximum) + " entries");
    return nullptr;
}

}  // namespace keepwell::api
