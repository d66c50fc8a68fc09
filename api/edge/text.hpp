#pragma once

#include <string>
#include <string_view>

namespace keepwell::api {

/// A character of an RFC 9110 token: header names, methods.
bool is_token_char(char c);
/// Without spaces and tabs at both ends.
std::string_view trimmed(std::string_view text);
/// ASCII only, as HTTP compares names.
std::string lower_case(std::string_view text);
bool equal_ignoring_case(std::string_view a, std::string_view b);
/// Well-formed UTF-8 (no surrogates, nothing overlong) without NUL: what both databases can keep.
bool is_clean_utf8(std::string_view text);
/// Cuts the next comma-separated item, trimmed, off the front of `list`.
std::string_view next_item(std::string_view& list);

}  // namespace keepwell::api
