#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keepwell::api {

/// Where a page has ended, as one opaque text: the list it belongs to and the values to go on from. The last
/// value may be any text, the others are free of '\n'.
std::string encode_cursor(std::string_view list, std::initializer_list<std::string_view> values);
/// Exactly `count` values; empty when the text is no cursor of that list.
std::optional<std::vector<std::string>> decode_cursor(std::string_view list, std::string_view text,
                                                      std::size_t count);

/// A whole number of a cursor.
std::optional<std::int64_t> parse_cursor_number(std::string_view text);

}  // namespace keepwell::api
