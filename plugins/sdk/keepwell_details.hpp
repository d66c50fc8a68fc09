#pragma once

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace keepwell::sdk {

/// Builds the JSON object that explains a score. Members in the order of the calls; no name twice, and none
/// that every factor has anyway (score, value, unit, description, trend, weight, contribution, error).
class Details {
public:
    /// NaN and infinities become null.
    Details& add(std::string_view name, double value) {
        begin(name);
        if (!std::isfinite(value)) return append("null");
        char text[40];
        std::snprintf(text, sizeof text, "%.12g", value);
        for (char& letter : text) letter = letter == ',' ? '.' : letter;  // Whatever the locale.
        return append(text);
    }
    template <typename Number, std::enable_if_t<std::is_integral_v<Number>, int> = 0>
    Details& add(std::string_view name, Number value) {
        begin(name);
        if constexpr (std::is_same_v<Number, bool>) return append(value ? "true" : "false");
        return append(std::to_string(value));
    }
    Details& add(std::string_view name, std::string_view value) {
        begin(name);
        return quote(value);
    }
    Details& add(std::string_view name, const char* value) { return add(name, std::string_view{value}); }
    Details& add(std::string_view name, const std::vector<std::string>& values) {
        begin(name);
        append("[");
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (i > 0) append(",");
            quote(values[i]);
        }
        return append("]");
    }

    /// `{…}`.
    std::string json() const { return "{" + members_ + "}"; }

private:
    void begin(std::string_view name) {
        if (!members_.empty()) members_ += ',';
        quote(name).append(":");
    }
    Details& append(std::string_view json) {
        members_ += json;
        return *this;
    }
    Details& quote(std::string_view text) {
        members_ += '"';
        for (const char letter : text) {
            if (letter == '"' || letter == '\\') {
                members_ += '\\';
                members_ += letter;
            } else if (static_cast<unsigned char>(letter) < 0x20) {
                char escape[8];
                std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(letter));
                members_ += escape;
            } else {
                members_ += letter;
            }
        }
        return append("\"");
    }

    std::string members_;
};

}  // namespace keepwell::sdk
