#include "api/entity_tag.hpp"

#include <charconv>

#include "domain/error.hpp"

namespace keepwell::api {

std::string entity_tag(std::int64_t version) {
    return "\"" + std::to_string(version) + "\"";
}

std::optional<std::int64_t> required_version(const Request& request) {
    const std::string_view tag = request.header("if-match");
    if (tag.empty() || tag == "*") return std::nullopt;
    std::int64_t version = 0;
    if (tag.size() > 2 && tag.front() == '"' && tag.back() == '"') {
        const auto [end, failure] = std::from_chars(tag.data() + 1, tag.data() + tag.size() - 1, version);
        if (failure == std::errc{} && end == tag.data() + tag.size() - 1) return version;
    }
    throw Error{ErrorCode::kPreconditionFailed,
                "If-Match must be the ETag that was answered last, e.g. \"3\""};
}

}  // namespace keepwell::api
