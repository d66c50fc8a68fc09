#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace keepwell::data {

/// Appends `text` as a JSON string, quotes included.
void append_json_string(std::string& out, std::string_view text);

/// A JSON object whose values are all strings, as extra attributes are stored.
std::string encode_text_map(const std::map<std::string, std::string>& values);
/// Reads what encode_text_map() wrote. Throws std::runtime_error for anything else.
std::map<std::string, std::string> decode_text_map(std::string_view json);

/// A JSON object whose values are all whole numbers.
std::string encode_count_map(const std::map<std::string, std::int64_t, std::less<>>& counts);
/// Reads what encode_count_map() wrote. Throws std::runtime_error for anything else.
std::map<std::string, std::int64_t, std::less<>> decode_count_map(std::string_view json);

}  // namespace keepwell::data
