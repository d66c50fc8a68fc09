#include "api/cursor.hpp"

#include <charconv>
#include <cstdint>

namespace keepwell::api {
namespace {

constexpr std::string_view kDigits = "0123456789abcdef";

std::string to_hex(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const char byte : bytes) {
        const auto value = static_cast<unsigned char>(byte);
        text += kDigits[value >> 4U];
        text += kDigits[value & 15U];
    }
    return text;
}

std::optional<std::string> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    std::string bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const std::size_t high = kDigits.find(text[i]);
        const std::size_t low = kDigits.find(text[i + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
        bytes += static_cast<char>(high * 16 + low);
    }
    return bytes;
}

}  // namespace

std::string encode_cursor(std::string_view list, std::initializer_list<std::string_view> values) {
    std::string bytes{list};
    for (const std::string_view value : values) bytes.append("\n").append(value);
    return to_hex(bytes);
}

std::optional<std::vector<std::string>> decode_cursor(std::string_view list, std::string_view text,
                                                      std::size_t count) {
    const auto bytes = from_hex(text);
    if (!bytes || !bytes->starts_with(list)) return std::nullopt;
    std::string_view rest = std::string_view{*bytes}.substr(list.size());
    std::vector<std::string> values;
    while (values.size() < count) {
        if (!rest.starts_with('\n')) return std::nullopt;
        rest.remove_prefix(1);
        const std::size_t end =
            values.size() + 1 == count ? rest.size() : std::min(rest.find('\n'), rest.size());
        values.emplace_back(rest.substr(0, end));
        rest.remove_prefix(end);
    }
    return values;
}

std::optional<std::int64_t> parse_cursor_number(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

}  // namespace keepwell::api
