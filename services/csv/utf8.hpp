#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace keepwell {

/// True when no byte is beyond ASCII.
bool is_ascii(std::string_view text) noexcept;
/// True for well-formed UTF-8 (Unicode, table 3-7): no overlong forms, no surrogates, nothing cut off,
/// nothing beyond U+10FFFF.
bool is_valid_utf8(std::string_view text) noexcept;
/// The number of code points of well-formed UTF-8.
std::size_t count_characters(std::string_view text) noexcept;
/// True when well-formed UTF-8 has a control character (Cc: below U+0020, U+007F to U+009F).
bool has_control_character(std::string_view text) noexcept;
/// Well-formed UTF-8 in Unicode normalisation form C; empty when `text` is in that form already.
std::optional<std::string> normalised_to_nfc(std::string_view text);

}  // namespace keepwell
