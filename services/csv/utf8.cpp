#include "services/csv/utf8.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>

namespace keepwell {
namespace {

bool is_continuation(unsigned char byte) {
    return (byte & 0xC0U) == 0x80U;
}

/// The length of the well-formed sequence at the front of `text`, which begins beyond ASCII; 0 when
/// malformed.
std::size_t sequence_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0xC2 || lead > 0xF4 || text.size() < 2) return 0;
    if (lead < 0xE0) return is_continuation(byte(1)) ? 2 : 0;
    // The second byte alone tells overlong forms, surrogates and what lies beyond U+10FFFF.
    unsigned char lowest = 0x80;
    unsigned char highest = 0xBF;
    if (lead == 0xE0) lowest = 0xA0;
    if (lead == 0xED) highest = 0x9F;
    if (lead == 0xF0) lowest = 0x90;
    if (lead == 0xF4) highest = 0x8F;
    if (byte(1) < lowest || byte(1) > highest) return 0;
    const std::size_t length = lead < 0xF0 ? 3 : 4;
    if (text.size() < length) return 0;
    for (std::size_t i = 2; i < length; ++i) {
        if (!is_continuation(byte(i))) return 0;
    }
    return length;
}

/// How many bytes at the front of `text` are ASCII, found in steps of eight.
std::size_t ascii_prefix(std::string_view text) {
    std::size_t at = 0;
    while (at + 8 <= text.size()) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + at, sizeof word);
        if ((word & 0x8080808080808080U) != 0) break;
        at += 8;
    }
    while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
    return at;
}

}  // namespace

bool is_ascii(std::string_view text) noexcept {
    return ascii_prefix(text) == text.size();
}

bool is_valid_utf8(std::string_view text) noexcept {
    for (;;) {
        text.remove_prefix(ascii_prefix(text));
        if (text.empty()) return true;
        const std::size_t length = sequence_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
}

std::size_t count_characters(std::string_view text) noexcept {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
        return !is_continuation(static_cast<unsigned char>(byte));
    }));
}

bool has_control_character(std::string_view text) noexcept {
    unsigned char previous = 0;
    for (const char character : text) {
        const auto byte = static_cast<unsigned char>(character);
        if (byte < 0x20 || byte == 0x7F || (previous == 0xC2 && byte < 0xA0)) return true;
        previous = byte;
    }
    return false;
}

std::optional<std::string> normalised_to_nfc(std::string_view text) {
    // Everything below U+0300, the first combining mark, is in form C; the lead byte of U+0300 is 0xCC.
    const auto may_change = [](char byte) { return static_cast<unsigned char>(byte) >= 0xCC; };
    if (std::none_of(text.begin(), text.end(), may_change)) return std::nullopt;

    utf8proc_uint8_t* mapped = nullptr;
    const utf8proc_ssize_t length = utf8proc_map(
        reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
        &mapped, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
    if (length == UTF8PROC_ERROR_NOMEM) throw std::bad_alloc();
    if (length < 0) return std::nullopt;
    const std::string_view normalised(reinterpret_cast<const char*>(mapped),
                                      static_cast<std::size_t>(length));
    if (normalised == text) return std::nullopt;
    return std::string(normalised);
}

}  // namespace keepwell
