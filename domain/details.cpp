#include "domain/details.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace keepwell {
namespace {

void append_text(std::string& json, std::string_view text) {
    constexpr std::string_view kHex = "0123456789abcdef";
    json += '"';
    for (const char byte : text) {
        if (byte == '"' || byte == '\\') {
            json += '\\';
            json += byte;
        } else if (const auto code = static_cast<unsigned char>(byte); code < 0x20) {
            json += "\\u00";
            json += kHex[code >> 4U];
            json += kHex[code & 15U];
        } else {
            json += byte;
        }
    }
    json += '"';
}

template <typename Number>
void append_number(std::string& json, Number number) {
    std::array<char, 32> text{};
    const auto [end, failure] = std::to_chars(text.data(), text.data() + text.size(), number);
    json.append(text.data(), end);
}

}  // namespace

void Details::begin(std::string_view name) {
    if (!members_.empty()) members_ += ',';
    append_text(members_, name);
    members_ += ':';
}

Details& Details::add(std::string_view name, double value) {
    begin(name);
    if (std::isfinite(value)) {
        append_number(members_, value);
    } else {
        members_ += "null";
    }
    return *this;
}

Details& Details::add(std::string_view name, std::int64_t value) {
    begin(name);
    append_number(members_, value);
    return *this;
}

Details& Details::add(std::string_view name, bool value) {
    begin(name);
    members_ += value ? "true" : "false";
    return *this;
}

Details& Details::add(std::string_view name, std::string_view value) {
    begin(name);
    append_text(members_, value);
    return *this;
}

Details& Details::add(std::string_view name, std::span<const std::string> values) {
    begin(name);
    members_ += '[';
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0) members_ += ',';
        append_text(members_, values[i]);
    }
    members_ += ']';
    return *this;
}

Details& Details::add(std::string_view name, const std::map<std::string, std::int64_t, std::less<>>& values) {
    begin(name);
    members_ += '{';
    for (auto value = values.begin(); value != values.end(); ++value) {
        if (value != values.begin()) members_ += ',';
        append_text(members_, value->first);
        members_ += ':';
        append_number(members_, value->second);
    }
    members_ += '}';
    return *this;
}

}  // namespace keepwell
