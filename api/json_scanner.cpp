#include "api/json_scanner.hpp"

#include <algorithm>

namespace keepwell::api {
namespace {

constexpr std::string_view kSpace = " \t\r\n";
constexpr std::string_view kEndOfScalar = ",]} \t\r\n";

}  // namespace

char JsonScanner::peek() {
    while (at_ < text_.size() && kSpace.find(text_[at_]) != std::string_view::npos) ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
}

bool JsonScanner::take(char expected) {
    if (peek() != expected || at_ == text_.size()) return false;
    ++at_;
    return true;
}

std::optional<std::string_view> JsonScanner::value() {
    const char first = peek();
    const std::size_t begin = at_;
    bool is_whole = true;
    if (first == '"') {
        is_whole = skip_string();
    } else if (first == '{' || first == '[') {
        is_whole = skip_nested();
    } else {
        at_ = std::min(text_.find_first_of(kEndOfScalar, at_), text_.size());
    }
    if (!is_whole || at_ == begin) return std::nullopt;
    return text_.substr(begin, at_ - begin);
}

bool JsonScanner::skip_string() {
    ++at_;
    while (true) {
        at_ = text_.find_first_of("\"\\", at_);
        if (at_ == std::string_view::npos) {
            at_ = text_.size();
            return false;
        }
        if (text_[at_] == '"') return ++at_, true;
        at_ = std::min(at_ + 2, text_.size());
    }
}

bool JsonScanner::skip_nested() {
    std::size_t depth = 0;
    while (at_ < text_.size()) {
        switch (text_[at_]) {
            case '"':
                if (!skip_string()) return false;
                continue;
            case '{':
            case '[':
                ++depth;
                break;
            case '}':
            case ']':
                --depth;
                break;
            default:
                break;
        }
        ++at_;
        if (depth == 0) return true;
    }
    return false;
}

}  // namespace keepwell::api
