#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "api/route.hpp"

namespace keepwell::api {

/// `"7"`: the ETag of a version.
std::string entity_tag(std::int64_t version);
/// The version that If-Match asks for; empty when it is missing or `*`. Throws Error{kPreconditionFailed} for
/// what can't be the tag of any version.
std::optional<std::int64_t> required_version(const Request& request);

}  // namespace keepwell::api
