#include "api/edge/refused.hpp"
#include "api/edge/request_head.hpp"
#include "api/edge/text.hpp"

namespace keepwell::api {
namespace {

constexpr std::size_t kEmptyLineBytes = 8;  // Four empty lines before a request line, then it is no HTTP.
constexpr std::size_t kAroundTarget = 32;   // The longest method, two blanks and the version.
constexpr std::size_t kLongestMethod = 16;

}  // namespace

bool HeadReader::feed(std::string_view& bytes) {
    if (head_.empty()) {
        skip_empty_lines(bytes);
    }
    std::size_t taken = 0;
    while (taken < bytes.size() && !complete_) {
        check(bytes[taken++]);
    }
    if (head_.size() + taken > limits_.head_bytes) {
        throw Refused(431,
                      "The request head is larger than " + std::to_string(limits_.head_bytes) + " bytes.");
    }
    head_.append(bytes.substr(0, taken));
    bytes.remove_prefix(taken);
    return complete_;
}

RequestHead HeadReader::take() {
    const std::string head = std::move(head_);
    head_.clear();
    line_length_ = lines_ = skipped_ = 0;
    method_seen_ = complete_ = false;
    previous_ = '\0';
    return parse_request_head(head, limits_);
}

void HeadReader::skip_empty_lines(std::string_view& bytes) {
    while (!bytes.empty() && (bytes[0] == '\r' || bytes[0] == '\n')) {
        const bool in_order = (bytes[0] == '\n') == (skipped_ % 2 == 1);
        if (!in_order || ++skipped_ > kEmptyLineBytes) {
            throw Refused(400, "There are stray line breaks before the request line.");
        }
        bytes.remove_prefix(1);
    }
    if (!bytes.empty() && skipped_ % 2 == 1) {
        throw Refused(400, "There is a stray carriage return before the request line.");
    }
}

void HeadReader::check(char c) {
    const auto byte = static_cast<unsigned char>(c);
    if ((c == '\n') != (previous_ == '\r')) {
        throw Refused(400, "Lines of the request head must end in CR LF.");
    }
    previous_ = c;
    if (c == '\n') {
        end_line();
        return;
    }
    if (c == '\r') {
        return;
    }
    if ((byte < 0x20 && c != '\t') || byte == 0x7F) {
        throw Refused(400, "The request head has a control character in it.");
    }
    ++line_length_;
    if (lines_ > 0) {
        return;
    }
    if (!method_seen_) {
        method_seen_ = c == ' ';
        if ((c == ' ' && line_length_ == 1) || (c != ' ' && !is_token_char(c)) ||
            line_length_ > kLongestMethod + 1) {
            throw Refused(400, "This is not an HTTP request.");
        }
    }
    if (line_length_ > limits_.target_bytes + kAroundTarget) {
        throw Refused(
            414, "The request target is longer than " + std::to_string(limits_.target_bytes) + " bytes.");
    }
}

void HeadReader::end_line() {
    complete_ = line_length_ == 0;
    if (!complete_ && lines_++ > limits_.headers) {
        throw Refused(431,
                      "The request has more than " + std::to_string(limits_.headers) + " header fields.");
    }
    line_length_ = 0;
}

}  // namespace keepwell::api
