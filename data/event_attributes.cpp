#include "data/event_attributes.hpp"

#include <charconv>

namespace keepwell::data {
namespace {

constexpr int kMaximumDepth = 64;

void append_utf8(std::string& out, unsigned code) {
    if (code < 0x80) {
        out += static_cast<char>(code);
        return;
    }
    const int more = code >= 0x10000 ? 3 : code >= 0x800 ? 2 : 1;
    const unsigned lead = more == 3 ? 0xF0 : more == 2 ? 0xE0 : 0xC0;
    out += static_cast<char>(lead | (code >> (6 * more)));
    for (int i = more - 1; i >= 0; --i) out += static_cast<char>(0x80 | ((code >> (6 * i)) & 0x3F));
}

/// Goes once through the text. Every function answers false where the text is not what it should be.
class Reader {
public:
    Reader(std::string_view json, Attributes& attributes) : rest_(json), attributes_(attributes) {}

    bool object(int depth) {
        if (!take('{')) return false;
        if (take('}')) return true;
        const std::size_t outer = path_.size();
        do {
            std::string name;
            if (!string(name) || !take(':')) return false;
            if (depth > 1) path_ += '.';
            path_ += name;
            if (!value(depth)) return false;
            path_.resize(outer);
        } while (take(','));
        return take('}');
    }

private:
    char peek() {
        while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\n' || rest_.front() == '\t' ||
                                  rest_.front() == '\r')) {
            rest_.remove_prefix(1);
        }
        return rest_.empty() ? '\0' : rest_.front();
    }
    bool take(char expected) {
        if (peek() != expected || rest_.empty()) return false;
        rest_.remove_prefix(1);
        return true;
    }
    bool take_word(std::string_view word) {
        if (!rest_.starts_with(word)) return false;
        rest_.remove_prefix(word.size());
        return true;
    }

    bool value(int depth) {
        switch (peek()) {
            case '{':
                return depth < kMaximumDepth ? object(depth + 1) : skip_nested();
            case '[':
                return skip_nested();
            case '"': {
                std::string text;
                if (!string(text)) return false;
                attributes_.insert_or_assign(path_, std::move(text));
                return true;
            }
            case 't':
                attributes_.insert_or_assign(path_, true);
                return take_word("true");
            case 'f':
                attributes_.insert_or_assign(path_, false);
                return take_word("false");
            case 'n':
                return take_word("null");
            default:
                return number();
        }
    }
    bool number() {
        double number = 0;
        const auto [end, failure] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
        if (failure != std::errc{}) return false;
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        attributes_.insert_or_assign(path_, number);
        return true;
    }
    bool skip_nested() {
        std::string ignored;
        int open = 0;
        do {
            const char next = peek();
            if (next == '"') {
                if (!string(ignored)) return false;
                continue;
            }
            if (rest_.empty()) return false;
            open += next == '[' || next == '{' ? 1 : next == ']' || next == '}' ? -1 : 0;
            rest_.remove_prefix(1);
        } while (open > 0);
        return true;
    }

    bool string(std::string& text) {
        text.clear();
        if (!take('"')) return false;
        while (true) {
            const std::size_t end = rest_.find_first_of("\"\\");
            if (end == std::string_view::npos) return false;
            text += rest_.substr(0, end);
            const char stop = rest_[end];
            rest_.remove_prefix(end + 1);
            if (stop == '"') return true;
            if (!escape(text)) return false;
        }
    }
    bool escape(std::string& text) {
        if (rest_.empty()) return false;
        const char kind = rest_.front();
        rest_.remove_prefix(1);
        constexpr std::string_view kKinds = "\"\\/bfnrt";
        constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
        if (const std::size_t known = kKinds.find(kind); known != std::string_view::npos) {
            text += kMeanings[known];
            return true;
        }
        unsigned code = 0;
        if (kind != 'u' || !four_digits(code)) return false;
        unsigned low = 0;
        if (code >= 0xD800 && code < 0xDC00 && take_word("\\u") && four_digits(low)) {
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        }
        append_utf8(text, code);
        return true;
    }
    bool four_digits(unsigned& code) {
        if (rest_.size() < 4) return false;
        const auto [end, failure] = std::from_chars(rest_.data(), rest_.data() + 4, code, 16);
        if (failure != std::errc{} || end != rest_.data() + 4) return false;
        rest_.remove_prefix(4);
        return true;
    }

    std::string_view rest_;
    Attributes& attributes_;
    std::string path_;
};

}  // namespace

Attributes read_attributes(std::string_view json) {
    Attributes attributes;
    Reader(json, attributes).object(1);
    return attributes;
}

}  // namespace keepwell::data
