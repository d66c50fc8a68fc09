#include "data/json_text.hpp"

#include <array>
#include <charconv>
#include <cstdio>
#include <stdexcept>

namespace keepwell::data {
namespace {

[[noreturn]] void fail() {
    throw std::runtime_error("a stored map is not a flat JSON object");
}

void append_utf8(std::string& out, unsigned code) {
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0 | (code >> 6));
        out += static_cast<char>(0x80 | (code & 0x3F));
    } else {
        out += static_cast<char>(0xE0 | (code >> 12));
        out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (code & 0x3F));
    }
}

/// A cursor over the little JSON that append_json_string() can write.
class Reader {
public:
    explicit Reader(std::string_view json) : rest_(json) {}

    bool take(char expected) {
        if (rest_.empty() || rest_.front() != expected) return false;
        rest_.remove_prefix(1);
        return true;
    }
    void expect(char expected) {
        if (!take(expected)) fail();
    }
    bool at_end() const { return rest_.empty(); }

    std::string string() {
        expect('"');
        std::string text;
        while (!take('"')) {
            if (rest_.empty()) fail();
            const char character = rest_.front();
            rest_.remove_prefix(1);
            if (character == '\\') {
                escape(text);
            } else {
                text += character;
            }
        }
        return text;
    }

    std::int64_t integer() {
        std::int64_t number = 0;
        const auto [end, failure] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
        if (failure != std::errc{}) fail();
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        return number;
    }

private:
    void escape(std::string& text) {
        if (take('u')) {
            unsigned code = 0;
            if (rest_.size() < 4) fail();
            const auto [end, failure] = std::from_chars(rest_.data(), rest_.data() + 4, code, 16);
            if (failure != std::errc{} || end != rest_.data() + 4) fail();
            rest_.remove_prefix(4);
            append_utf8(text, code);
        } else if (take('"')) {
            text += '"';
        } else if (take('\\')) {
            text += '\\';
        } else {
            fail();
        }
    }

    std::string_view rest_;
};

/// Calls `read` for the value of each member.
template <typename Read>
void read_object(std::string_view json, const Read& read) {
    Reader reader(json);
    reader.expect('{');
    if (!reader.take('}')) {
        do {
            std::string key = reader.string();
            reader.expect(':');
            read(std::move(key), reader);
        } while (reader.take(','));
        reader.expect('}');
    }
    if (!reader.at_end()) fail();
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    for (const char character : text) {
        if (character == '"' || character == '\\') {
            out += '\\';
            out += character;
        } else if (static_cast<unsigned char>(character) < 0x20) {
            std::array<char, 8> escape{};
            std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned char>(character));
            out += escape.data();
        } else {
            out += character;
        }
    }
    out += '"';
}

std::string encode_text_map(const std::map<std::string, std::string>& values) {
    std::string json = "{";
    for (const auto& [key, value] : values) {
        if (json.size() > 1) json += ',';
        append_json_string(json, key);
        json += ':';
        append_json_string(json, value);
    }
    return json + '}';
}

std::map<std::string, std::string> decode_text_map(std::string_view json) {
    std::map<std::string, std::string> values;
    read_object(json, [&](std::string key, Reader& reader) {
        values.insert_or_assign(std::move(key), reader.string());
    });
    return values;
}

std::string encode_count_map(const std::map<std::string, std::int64_t, std::less<>>& counts) {
    std::string json = "{";
    for (const auto& [key, count] : counts) {
        if (json.size() > 1) json += ',';
        append_json_string(json, key);
        json += ':' + std::to_string(count);
    }
    return json + '}';
}

std::map<std::string, std::int64_t, std::less<>> decode_count_map(std::string_view json) {
    std::map<std::string, std::int64_t, std::less<>> counts;
    read_object(json, [&](std::string key, Reader& reader) {
        counts.insert_or_assign(std::move(key), reader.integer());
    });
    return counts;
}

}  // namespace keepwell::data
