#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "api/route.hpp"

namespace keepwell::api {

/// A part of a multipart/form-data body. Its bytes stay where they are.
struct Part {
    std::string name;
    std::string
        filename;  ///< As the client gave it, which may be a path: never open it. Empty when it is no file.
    std::string content_type;  ///< Empty when not said.
    std::uint64_t offset = 0;  ///< Into the body.
    std::uint64_t length = 0;
};

/// Finds the parts (RFC 7578) of a body in memory. Throws keepwell::Error: kUnsupportedType when
/// `content_type` is not multipart/form-data with a boundary, kUnreadable when the body is not what it says,
/// has no part, more than 100 parts, or a part whose header is larger than 8 KB.
std::vector<Part> find_parts(std::string_view content_type, std::string_view body);

/// The same for a request, whether its body is in memory or in a file; memory stays flat.
std::vector<Part> find_parts(const Request& request);

}  // namespace keepwell::api
