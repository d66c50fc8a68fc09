#include "api/edge/text.hpp"

#include <algorithm>

namespace keepwell::api {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// The length of the UTF-8 sequence at the start of `text`, 0 when there is none.
std::size_t sequence_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto continues = [&](std::size_t i) { return i < text.size() && (byte(i) & 0xC0) == 0x80; };
    const unsigned char first = byte(0);
    if (first < 0x80) {
        return first == 0 ? 0 : 1;
    }
    if (first < 0xC2) {
        return 0;
    }
    if (first < 0xE0) {
        return continues(1) ? 2 : 0;
    }
    if (first < 0xF0) {
        const bool whole = continues(1) && continues(2);
        const bool overlong = whole && first == 0xE0 && byte(1) < 0xA0;
        const bool surrogate = whole && first == 0xED && byte(1) >= 0xA0;
        return whole && !overlong && !surrogate ? 3 : 0;
    }
    if (first < 0xF5) {
        const bool whole = continues(1) && continues(2) && continues(3);
        const bool overlong = whole && first == 0xF0 && byte(1) < 0x90;
        const bool beyond = whole && first == 0xF4 && byte(1) >= 0x90;
        return whole && !overlong && !beyond ? 4 : 0;
    }
    return 0;
}

}  // namespace

bool is_token_char(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c != '\0' && std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos);
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string lower_case(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), lower);
    return result;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

bool is_clean_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = sequence_length(text);
        if (length == 0) {
            return false;
        }
        text.remove_prefix(length);
    }
    return true;
}

std::string_view next_item(std::string_view& list) {
    const auto comma = list.find(',');
    const auto item = list.substr(0, comma);
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
    return trimmed(item);
}

}  // namespace keepwell::api
