#pragma once

#include <rapidjson/document.h>

#include "api/route.hpp"

namespace keepwell::api {

/// The body as JSON: valid UTF-8, numbers exact, at most 64 levels deep, no member twice. Throws
/// Error{kUnreadable} saying what and where, Error{kUnsupportedType} for another media type.
rapidjson::Document parse_json_body(const Request& request);
/// Throws Error{kUnsupportedType} when the body says that it is anything but JSON.
void require_json_type(const Request& request);

}  // namespace keepwell::api
