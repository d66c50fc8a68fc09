#include "domain/event_type.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace keepwell {
namespace {

constexpr std::array kAttributeTypes{AttributeType::kString, AttributeType::kNumber, AttributeType::kBoolean};

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool equal_ignoring_case(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

/// A text that is a number counts as one.
std::optional<double> number_of(const AttributeValue& value) {
    if (const double* number = std::get_if<double>(&value)) return *number;
    const std::string* text = std::get_if<std::string>(&value);
    if (text == nullptr) return std::nullopt;
    double number = 0;
    const char* end = text->data() + text->size();
    const auto [stop, failure] = std::from_chars(text->data(), end, number);
    if (failure != std::errc{} || stop != end || !std::isfinite(number)) return std::nullopt;
    return number;
}

bool is_blank(const AttributeValue& value) {
    const std::string* text = std::get_if<std::string>(&value);
    return text != nullptr && text->find_first_not_of(" \t\r\n") == std::string::npos;
}

const AttributeValue* find_filled(const Attributes& attributes, std::string_view name) {
    const auto found = attributes.find(name);
    return found == attributes.end() || is_blank(found->second) ? nullptr : &found->second;
}

std::string pointer_to(std::string_view name) {
    std::string pointer = "/";
    for (const char character : name) {
        if (character == '~') {
            pointer += "~0";
        } else if (character == '/') {
            pointer += "~1";
        } else {
            pointer += character;
        }
    }
    return pointer;
}

std::string shortest(double number) {
    std::array<char, 32> text{};
    const auto [end, failure] = std::to_chars(text.data(), text.data() + text.size(), number);
    return {text.data(), end};
}

std::string joined(const std::vector<std::string>& choices) {
    std::string text;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        if (i > 0) text += i + 1 == choices.size() ? " or " : ", ";
        text += choices[i];
    }
    return text;
}

/// What is wrong with a value; empty when nothing is.
std::string mistake_in_number(const EventAttribute& attribute, const AttributeValue& value) {
    const auto number = number_of(value);
    if (!number) return "must be a number";
    if (attribute.above && !(*number > *attribute.above)) {
        return "must be greater than " + shortest(*attribute.above);
    }
    if (attribute.minimum && attribute.maximum &&
        (*number < *attribute.minimum || *number > *attribute.maximum)) {
        return "must be from " + shortest(*attribute.minimum) + " to " + shortest(*attribute.maximum);
    }
    if (attribute.minimum && *number < *attribute.minimum) {
        return "must be at least " + shortest(*attribute.minimum);
    }
    if (attribute.maximum && *number > *attribute.maximum) {
        return "must be at most " + shortest(*attribute.maximum);
    }
    return {};
}

std::string mistake_in_text(const EventAttribute& attribute, const AttributeValue& value) {
    const std::string* text = std::get_if<std::string>(&value);
    if (text == nullptr) return "must be a text";
    const bool allowed = attribute.choices.empty() ||
                         std::any_of(attribute.choices.begin(), attribute.choices.end(),
                                     [&](const auto& choice) { return equal_ignoring_case(choice, *text); });
    return allowed ? std::string{} : "must be " + joined(attribute.choices);
}

std::string mistake_in_value(const EventAttribute& attribute, const AttributeValue& value) {
    switch (attribute.type) {
        case AttributeType::kNumber:
            return mistake_in_number(attribute, value);
        case AttributeType::kString:
            return mistake_in_text(attribute, value);
        case AttributeType::kBoolean:
            return std::holds_alternative<bool>(value) ? std::string{} : "must be true or false";
    }
    return {};
}

}  // namespace

std::string_view to_string(AttributeType type) {
    switch (type) {
        case AttributeType::kString:
            return "string";
        case AttributeType::kNumber:
            return "number";
        case AttributeType::kBoolean:
            return "boolean";
    }
    return {};
}

std::optional<AttributeType> parse_attribute_type(std::string_view text) {
    for (const AttributeType type : kAttributeTypes) {
        if (to_string(type) == text) return type;
    }
    return std::nullopt;
}

std::vector<std::string> missing_attributes(const EventType& type, const Attributes& attributes) {
    std::vector<std::string> names;
    for (const EventAttribute& attribute : type.attributes) {
        if (attribute.required && find_filled(attributes, attribute.name) == nullptr) {
            names.push_back(attribute.name);
        }
    }
    return names;
}

std::vector<FieldError> mistakes_in(const EventType& type, const Attributes& attributes) {
    std::vector<FieldError> mistakes;
    for (const EventAttribute& attribute : type.attributes) {
        const AttributeValue* value = find_filled(attributes, attribute.name);
        std::string message;
        if (value != nullptr) {
            message = mistake_in_value(attribute, *value);
        } else if (attribute.required) {
            message = "is required and must not be empty";
        }
        if (!message.empty()) mistakes.push_back({pointer_to(attribute.name), std::move(message)});
    }
    return mistakes;
}

}  // namespace keepwell
