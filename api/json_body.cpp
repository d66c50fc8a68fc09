#include "api/json_body.hpp"

#include <rapidjson/error/en.h>

#include <string>
#include <string_view>
#include <unordered_set>

#include "domain/error.hpp"

namespace keepwell::api {
namespace {

constexpr int kMaximumDepth = 64;

/// Before parsing: the parser copes with any depth, what walks the document afterwards doesn't.
bool is_too_deep(std::string_view text) {
    int depth = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char letter = text[i];
        if (in_string) {
            if (letter == '\\') {
                ++i;
            } else if (letter == '"') {
                in_string = false;
            }
        } else if (letter == '"') {
            in_string = true;
        } else if (letter == '[' || letter == '{') {
            if (++depth > kMaximumDepth) return true;
        } else if (letter == ']' || letter == '}') {
            --depth;
        }
    }
    return false;
}

void refuse_duplicates(const rapidjson::Value& value, const std::string& at) {
    if (value.IsArray()) {
        for (rapidjson::SizeType i = 0; i < value.Size(); ++i)
            refuse_duplicates(value[i], at + "/" + std::to_string(i));
    }
    if (!value.IsObject()) return;
    std::unordered_set<std::string_view> names;
    for (const auto& member : value.GetObject()) {
        const std::string_view name{member.name.GetString(), member.name.GetStringLength()};
        const std::string pointer = at + "/" + std::string{name};
        if (!names.insert(name).second) {
            throw Error{ErrorCode::kUnreadable,
                        "The body is not usable JSON: a member is there twice",
                        {{pointer, "is there twice"}}};
        }
        refuse_duplicates(member.value, pointer);
    }
}

bool is_json_type(std::string_view type) {
    std::string_view name = type.substr(0, type.find(';'));
    while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
    return name.empty() || name == "application/json" ||
           (name.starts_with("application/") && name.ends_with("+json")) || name == "text/json" ||
           name == "application/x-www-form-urlencoded";  // curl -d without a header
}

}  // namespace

void require_json_type(const Request& request) {
    if (!is_json_type(request.header("content-type"))) {
        throw Error{ErrorCode::kUnsupportedType, "The body must be JSON: Content-Type application/json"};
    }
}

rapidjson::Document parse_json_body(const Request& request) {
    require_json_type(request);
    if (is_too_deep(request.body))
        throw Error{ErrorCode::kUnreadable, "The body is nested deeper than 64 levels"};
    rapidjson::Document document;
    constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag |
                                rapidjson::kParseFullPrecisionFlag;
    document.Parse<kFlags>(request.body.data(), request.body.size());
    if (document.HasParseError()) {
        throw Error{ErrorCode::kUnreadable, std::string{"The body is not JSON: "} +
                                                rapidjson::GetParseError_En(document.GetParseError()) +
                                                " (at byte " + std::to_string(document.GetErrorOffset()) +
                                                ")"};
    }
    refuse_duplicates(document, "");
    return document;
}

}  // namespace keepwell::api
