#include "tests/support/contract.hpp"

#include <rapidjson/document.h>
#include <rapidjson/schema.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <span>
#include <stdexcept>
#include <vector>

#include "domain/embedded_file.hpp"

namespace keepwell {
std::span<const EmbeddedFile> embedded_openapi();
}  // namespace keepwell

namespace keepwell::testing {
namespace {

using rapidjson::Document;
using rapidjson::Value;

const Value& resolved(const Document& document, const Value& value) {
    const auto reference = value.FindMember("$ref");
    if (reference == value.MemberEnd()) return value;
    const Value* at = &document;
    std::string path = std::string{reference->value.GetString()}.substr(2);  // Behind "#/".
    while (!path.empty()) {
        const std::size_t slash = std::min(path.find('/'), path.size());
        at = &(*at)[path.substr(0, slash)];
        path.erase(0, slash + 1);
    }
    return *at;
}

/// Makes JSON schemas out of OpenAPI's: no `nullable`, no merging, and closed objects.
class SchemaRewriter {
public:
    explicit SchemaRewriter(const Document& contract) : contract_(contract) {}

    Value rewrite(const Value& schema, Document::AllocatorType& memory) const {
        if (schema.IsArray()) {
            Value list(rapidjson::kArrayType);
            for (const Value& item : schema.GetArray()) list.PushBack(rewrite(item, memory), memory);
            return list;
        }
        if (!schema.IsObject()) return Value(schema, memory);
        if (schema.HasMember("allOf")) {
            const auto parts = schema["allOf"].GetArray();
            Value whole = parts.Size() == 1 ? rewrite(parts[0], memory) : merge(parts, memory);
            return is_nullable(schema) ? or_null(std::move(whole), memory) : std::move(whole);
        }
        Value copy(rapidjson::kObjectType);
        for (const auto& member : schema.GetObject()) {
            const std::string_view name = member.name.GetString();
            if (name == "nullable" || name == "description" || name == "example" || name == "format")
                continue;
            Value content =
                name == "properties" ? rewrite_each(member.value, memory) : rewrite(member.value, memory);
            copy.AddMember(Value(member.name, memory), std::move(content), memory);
        }
        if (copy.HasMember("properties") && !copy.HasMember("additionalProperties"))
            copy.AddMember("additionalProperties", false, memory);
        return is_nullable(schema) ? or_null(std::move(copy), memory) : std::move(copy);
    }

private:
    static bool is_nullable(const Value& schema) {
        const auto found = schema.FindMember("nullable");
        return found != schema.MemberEnd() && found->value.GetBool();
    }

    static Value or_null(Value schema, Document::AllocatorType& memory) {
        Value null(rapidjson::kObjectType);
        null.AddMember("type", "null", memory);
        Value choices(rapidjson::kArrayType);
        choices.PushBack(std::move(schema), memory).PushBack(std::move(null), memory);
        Value result(rapidjson::kObjectType);
        result.AddMember("anyOf", std::move(choices), memory);
        return result;
    }

    Value rewrite_each(const Value& schemas, Document::AllocatorType& memory) const {
        Value result(rapidjson::kObjectType);
        for (const auto& member : schemas.GetObject())
            result.AddMember(Value(member.name, memory), rewrite(member.value, memory), memory);
        return result;
    }

    /// One closed object of all the parts' members.
    Value merge(Value::ConstArray parts, Document::AllocatorType& memory) const {
        Value properties(rapidjson::kObjectType);
        Value required(rapidjson::kArrayType);
        for (const Value& part : parts) {
            const Value& object = resolved(contract_, part);
            for (const auto& member : object["properties"].GetObject())
                properties.AddMember(Value(member.name, memory), rewrite(member.value, memory), memory);
            if (!object.HasMember("required")) continue;
            for (const Value& name : object["required"].GetArray())
                required.PushBack(Value(name, memory), memory);
        }
        Value result(rapidjson::kObjectType);
        result.AddMember("type", "object", memory).AddMember("properties", std::move(properties), memory);
        if (!required.Empty()) result.AddMember("required", std::move(required), memory);
        return std::move(result.AddMember("additionalProperties", false, memory));
    }

    const Document& contract_;
};

std::vector<std::string_view> split(std::string_view path) {
    std::vector<std::string_view> segments;
    while (!path.empty()) {
        path.remove_prefix(1);
        const std::size_t slash = std::min(path.find('/'), path.size());
        segments.push_back(path.substr(0, slash));
        path.remove_prefix(slash);
    }
    return segments;
}

bool fits(std::string_view pattern, std::string_view path) {
    if (pattern == "/app/{path}") return path.starts_with("/app/") && path.size() > 5;
    const auto wanted = split(pattern);
    const auto given = split(path);
    return std::equal(wanted.begin(), wanted.end(), given.begin(), given.end(),
                      [](auto expected, auto actual) {
                          return expected == actual || (expected.starts_with('{') && !actual.empty());
                      });
}

std::string lower(std::string_view text) {
    std::string result{text};
    std::transform(result.begin(), result.end(), result.begin(),
                   [](unsigned char letter) { return std::tolower(letter); });
    return result;
}

std::string pointer_text(const rapidjson::Pointer& pointer) {
    rapidjson::StringBuffer buffer;
    pointer.StringifyUriFragment(buffer);
    return buffer.GetString();
}

}  // namespace

struct Contract::Parts {
    Document document;
    Document schemas;  ///< With `components/schemas` as references name them, rewritten.
    std::mutex mutex;
    std::map<std::string, std::unique_ptr<rapidjson::SchemaDocument>> compiled;

    /// The description of the path; a fixed one wins over one with parameters.
    const Value* path_item(std::string_view path) const {
        const auto& paths = document["paths"];
        if (const auto exact = paths.FindMember(std::string{path}); exact != paths.MemberEnd())
            return &exact->value;
        for (const auto& candidate : paths.GetObject()) {
            if (fits(candidate.name.GetString(), path)) return &candidate.value;
        }
        return nullptr;
    }

    std::string validate(const Value& schema, const std::string& body) {
        Document answer;
        answer.Parse(body.c_str(), body.size());
        if (answer.HasParseError()) return "the body is not JSON";
        rapidjson::StringBuffer text;
        rapidjson::Writer<rapidjson::StringBuffer> writer(text);
        schema.Accept(writer);
        const std::lock_guard lock(mutex);
        auto& validated = compiled[text.GetString()];
        if (!validated) {
            Document root;
            root.CopyFrom(schemas, root.GetAllocator());
            // A reference is looked up from the root, so the schema becomes the root itself.
            const Value rewritten = SchemaRewriter(document).rewrite(schema, root.GetAllocator());
            for (const auto& member : rewritten.GetObject())
                root.AddMember(Value(member.name, root.GetAllocator()),
                               Value(member.value, root.GetAllocator()), root.GetAllocator());
            validated = std::make_unique<rapidjson::SchemaDocument>(root);
        }
        rapidjson::SchemaValidator validator(*validated);
        if (answer.Accept(validator)) return {};
        return "the body breaks '" + std::string{validator.GetInvalidSchemaKeyword()} + "' of " +
               pointer_text(validator.GetInvalidSchemaPointer()) + " at " +
               pointer_text(validator.GetInvalidDocumentPointer());
    }
};

Contract::Contract() : parts_(std::make_unique<Parts>()) {
    const auto bytes = embedded_openapi().front().bytes;
    parts_->document.Parse(bytes.data(), bytes.size());
    if (parts_->document.HasParseError()) throw std::runtime_error("the contract is not JSON");
    auto& schemas = parts_->schemas;
    auto& memory = schemas.GetAllocator();
    const SchemaRewriter rewriter(parts_->document);
    Value rewritten(rapidjson::kObjectType);
    for (const auto& schema : parts_->document["components"]["schemas"].GetObject())
        rewritten.AddMember(Value(schema.name, memory), rewriter.rewrite(schema.value, memory), memory);
    schemas.SetObject();
    schemas.AddMember("components", Value(rapidjson::kObjectType), memory);
    schemas["components"].AddMember("schemas", std::move(rewritten), memory);
}

Contract::~Contract() = default;

const Contract& Contract::instance() {
    static const Contract contract;
    return contract;
}

std::string Contract::objection(std::string_view method, std::string_view target, const Reply& reply) const {
    if (reply.status == 0) return "there is no reply";
    if (method == "HEAD" || method == "OPTIONS") return {};
    const std::string_view path = target.substr(0, target.find('?'));
    const Value* responses = nullptr;
    if (const Value* item = parts_->path_item(path); item != nullptr) {
        const auto operation = item->FindMember(lower(method));
        if (operation != item->MemberEnd()) responses = &operation->value["responses"];
    }
    const Value* response = nullptr;
    if (responses != nullptr) {
        auto found = responses->FindMember(std::to_string(reply.status));
        if (found == responses->MemberEnd() && reply.status >= 400) found = responses->FindMember("default");
        if (found != responses->MemberEnd()) response = &resolved(parts_->document, found->value);
    } else if (reply.status == 404 || reply.status == 405) {
        response = &parts_->document["components"]["responses"]["Problem"];
    }
    if (response == nullptr) return "status " + std::to_string(reply.status) + " is not described";
    if (reply.status >= 300 && reply.status < 400) return {};
    if (reply.status == 204) return reply.body.empty() ? std::string{} : "there is a body";
    const std::string type = reply.header("content-type");
    const std::string media = type.substr(0, type.find(';'));
    const auto& content = (*response)["content"];
    const auto described = content.FindMember(media);
    if (described == content.MemberEnd()) return "content type '" + media + "' is not described";
    if (media != "application/json" && media != "application/problem+json") return {};
    return parts_->validate(described->value["schema"], reply.body);
}

}  // namespace keepwell::testing
