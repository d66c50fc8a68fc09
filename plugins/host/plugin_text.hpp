#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace keepwell::plugins {

/// At most `limit` bytes of well-formed UTF-8 on one line: what is no UTF-8 becomes U+FFFD, control
/// characters become spaces, and nothing is cut within a character.
std::string readable(std::string_view bytes, std::size_t limit);

/// a-z, 0-9 and _, a letter first, at most 64 bytes: the form of names of plugins and factors.
bool is_name(std::string_view text);

}  // namespace keepwell::plugins
