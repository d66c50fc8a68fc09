#include "plugins/host/plugin_text.hpp"

#include <algorithm>

#include "plugins/sdk/keepwell_plugin.h"

namespace keepwell::plugins {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// The length of the well-formed character at the start (Unicode, table 3-7); 0 when there is none.
std::size_t character_length(std::string_view text) {
    const auto byte = [&](std::size_t at) {
        return at < text.size() ? static_cast<unsigned char>(text[at]) : 0u;
    };
    const auto continues = [&](std::size_t at, unsigned low = 0x80, unsigned high = 0xBF) {
        return byte(at) >= low && byte(at) <= high;
    };
    const unsigned lead = byte(0);
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead <= 0xDF) return continues(1) ? 2 : 0;
    if (lead >= 0xE0 && lead <= 0xEF) {
        const unsigned low = lead == 0xE0 ? 0xA0 : 0x80;
        const unsigned high = lead == 0xED ? 0x9F : 0xBF;
        return continues(1, low, high) && continues(2) ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        const unsigned low = lead == 0xF0 ? 0x90 : 0x80;
        const unsigned high = lead == 0xF4 ? 0x8F : 0xBF;
        return continues(1, low, high) && continues(2) && continues(3) ? 4 : 0;
    }
    return 0;
}

}  // namespace

std::string readable(std::string_view bytes, std::size_t limit) {
    std::string text;
    while (!bytes.empty()) {
        const std::size_t length = character_length(bytes);
        std::string_view character = length == 0 ? kReplacement : bytes.substr(0, length);
        if (length == 1 && (static_cast<unsigned char>(bytes[0]) < 0x20 || bytes[0] == 0x7F)) character = " ";
        if (text.size() + character.size() > limit) break;
        text += character;
        bytes.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return text;
}

bool is_name(std::string_view text) {
    const auto is_letter = [](char letter) { return letter >= 'a' && letter <= 'z'; };
    return !text.empty() && text.size() <= KEEPWELL_NAME_BYTES && is_letter(text.front()) &&
           std::all_of(text.begin(), text.end(), [&](char letter) {
               return is_letter(letter) || (letter >= '0' && letter <= '9') || letter == '_';
           });
}

}  // namespace keepwell::plugins
