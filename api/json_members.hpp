#pragma once

#include <rapidjson/document.h>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/error.hpp"

namespace keepwell::api {

/// Reads the members of a JSON object that knows all of its members, and notes every mistake with its
/// pointer. Null is as if not given.
class JsonMembers {
public:
    /// `at`: the pointer to `object`. Notes when it is no object, and members that are not `known`.
    JsonMembers(const rapidjson::Value& object, std::string at, std::initializer_list<std::string_view> known,
                std::vector<FieldError>& mistakes);

    /// Empty when missing or wrong. Texts: so many characters, no control characters.
    std::optional<std::string> text(std::string_view name, std::size_t maximum, std::size_t minimum = 1);
    std::optional<double> number(std::string_view name);
    std::optional<std::int64_t> integer(std::string_view name, std::int64_t minimum, std::int64_t maximum);
    std::optional<bool> flag(std::string_view name);
    /// Null when missing or no array, or when it is longer than `maximum`.
    const rapidjson::Value* array(std::string_view name, std::size_t maximum);
    /// An array of texts of 1 to `characters`.
    std::vector<std::string> texts(std::string_view name, std::size_t maximum, std::size_t characters);

    bool has(std::string_view name) const { return find(name) != nullptr; }
    void require(std::string_view name);
    void refuse(std::string_view name, std::string message);
    std::string pointer(std::string_view name) const { return at_ + "/" + std::string{name}; }

private:
    const rapidjson::Value* find(std::string_view name) const;
    std::optional<std::string> text_of(const rapidjson::Value& value, std::string_view name,
                                       std::size_t minimum, std::size_t maximum);

    const rapidjson::Value& object_;
    std::string at_;
    std::vector<FieldError>& mistakes_;
};

}  // namespace keepwell::api
