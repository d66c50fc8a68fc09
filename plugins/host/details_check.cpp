#include "plugins/host/details_check.hpp"

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <array>
#include <set>

namespace keepwell::plugins {
namespace {

constexpr int kMaximumDepth = 32;
/// Details are shown beside these.
constexpr std::array<std::string_view, 9> kTaken{"score", "value",        "unit",  "description", "trend",
                                                 "name",  "contribution", "error", "weight"};

/// Looks at the members of the outermost object, and stops at the first mistake.
class Check : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Check> {
public:
    using Size = rapidjson::SizeType;

    bool Default() { return depth_ > 0 || wrong("must be a JSON object"); }
    bool StartObject() { return enter(); }
    bool EndObject(Size) { return --depth_, true; }
    bool StartArray() { return (depth_ > 0 || wrong("must be a JSON object")) && enter(); }
    bool EndArray(Size) { return --depth_, true; }
    bool Key(const char* text, Size size, bool) {
        if (depth_ > 1) return true;
        const std::string name(text, size);
        if (std::find(kTaken.begin(), kTaken.end(), name) != kTaken.end())
            return wrong("must not name " + name + ", which every factor has");
        return names_.insert(name).second || wrong("name " + name + " twice");
    }

    const std::string& mistake() const { return mistake_; }

private:
    bool enter() { return ++depth_ <= kMaximumDepth || wrong("are more than 32 levels deep"); }
    bool wrong(std::string text) {
        mistake_ = std::move(text);
        return false;
    }

    int depth_ = 0;
    std::set<std::string> names_;
    std::string mistake_;
};

}  // namespace

std::string mistake_in_details(std::string_view json) {
    rapidjson::MemoryStream bytes(json.data(), json.size());
    rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> stream(bytes);
    rapidjson::Reader reader;
    Check check;
    constexpr unsigned kFlags = rapidjson::kParseValidateEncodingFlag | rapidjson::kParseIterativeFlag;
    const rapidjson::ParseResult result = reader.Parse<kFlags>(stream, check);
    if (!check.mistake().empty()) return check.mistake();
    if (result.IsError()) {
        return "are no JSON: " + std::string{rapidjson::GetParseError_En(result.Code())} + " At byte " +
               std::to_string(result.Offset() + 1) + ".";
    }
    return {};
}

}  // namespace keepwell::plugins
