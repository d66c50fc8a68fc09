#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace keepwell::api {

/// The request target, split and decoded.
struct Target {
    std::string path;                   ///< `*` for `OPTIONS *`.
    std::vector<std::string> segments;  ///< See Request::segments.
    std::vector<std::pair<std::string, std::string>> query;
    std::string authority;  ///< Of an absolute form (`http://host/path`); else empty.
};

/// Takes the origin form, the absolute form and, with `is_options`, `*`. Throws Refused (400) for anything
/// else: broken %-escapes, dot segments, NUL or text that is no UTF-8 after decoding.
Target parse_target(std::string_view raw, bool is_options);

}  // namespace keepwell::api
