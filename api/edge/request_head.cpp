#include "api/edge/request_head.hpp"

#include <algorithm>
#include <charconv>

#include "api/edge/refused.hpp"
#include "api/edge/text.hpp"

namespace keepwell::api {
namespace {

/// Cuts the next line off the front, without its CR LF.
std::string_view next_line(std::string_view& head) {
    const auto end = head.find("\r\n");
    if (end == std::string_view::npos) {
        throw Refused(400, "The request head is cut off.");
    }
    const auto line = head.substr(0, end);
    head.remove_prefix(end + 2);
    return line;
}

void read_method(std::string_view token, RequestHead& head) {
    static constexpr std::pair<std::string_view, Method> kKnown[] = {
        {"GET", Method::kGet},         {"HEAD", Method::kGet},    {"POST", Method::kPost},
        {"PUT", Method::kPut},         {"PATCH", Method::kPatch}, {"DELETE", Method::kDelete},
        {"OPTIONS", Method::kOptions},
    };
    if (token.empty() || !std::all_of(token.begin(), token.end(), is_token_char)) {
        throw Refused(400, "This is not an HTTP request.");
    }
    for (const auto& [name, method] : kKnown) {
        if (name == token) {
            head.method = method;
            head.is_head = token == "HEAD";
            return;
        }
    }
    throw Refused(501, "The method is not one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS.");
}

void read_version(std::string_view version, RequestHead& head) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (version.size() != 8 || version.substr(0, 5) != "HTTP/" || !is_digit(version[5]) ||
        version[6] != '.' || !is_digit(version[7])) {
        throw Refused(400, "The request line does not end in an HTTP version.");
    }
    if (version != "HTTP/1.1" && version != "HTTP/1.0") {
        throw Refused(505, "Only HTTP/1.0 and HTTP/1.1 are spoken here.");
    }
    head.is_http_10 = version == "HTTP/1.0";
    head.keep_alive = !head.is_http_10;
}

void read_request_line(std::string_view line, const Limits& limits, RequestHead& head) {
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) {
        throw Refused(400, "The request line must be: method, target, version.");
    }
    read_method(line.substr(0, first), head);
    const auto target = line.substr(first + 1, last - first - 1);
    if (target.find(' ') != std::string_view::npos) {
        throw Refused(400, "The request target has a blank in it.");
    }
    read_version(line.substr(last + 1), head);
    if (target.size() > limits.target_bytes) {
        throw Refused(414,
                      "The request target is longer than " + std::to_string(limits.target_bytes) + " bytes.");
    }
    head.target = parse_target(target, head.method == Method::kOptions);
}

void read_field(std::string_view line, RequestHead& head) {
    const auto colon = line.find(':');
    if (line[0] == ' ' || line[0] == '\t') {
        throw Refused(400, "A header field may not be folded over several lines.");
    }
    const auto name = line.substr(0, colon);
    if (colon == std::string_view::npos || name.empty() ||
        !std::all_of(name.begin(), name.end(), is_token_char)) {
        throw Refused(400, "A header line is not 'name: value'.");
    }
    const auto value = trimmed(line.substr(colon + 1));
    const bool has_control = std::any_of(value.begin(), value.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\t') || byte == 0x7F;
    });
    if (has_control) {
        throw Refused(400, "The request head has a control character in it.");
    }
    head.headers.emplace_back(lower_case(name), value);
}

void read_content_length(const std::string& value, RequestHead& head) {
    std::uint64_t length = 0;
    const char* const end = value.data() + value.size();
    const auto [rest, error] = std::from_chars(value.data(), end, length);
    // from_chars would take a minus sign, but not for an unsigned type.
    if (error != std::errc() || rest != end || (head.content_length && *head.content_length != length)) {
        throw Refused(400, "Content-Length must be one number of bytes.");
    }
    head.content_length = length;
}

/// "close" wins over a "keep-alive" beside it, also in a header of its own.
void read_connection(std::string_view value, bool& has_close, RequestHead& head) {
    while (!value.empty()) {
        const auto option = next_item(value);
        has_close = has_close || equal_ignoring_case(option, "close");
        head.keep_alive = !has_close && (head.keep_alive || equal_ignoring_case(option, "keep-alive"));
    }
}

bool is_host(std::string_view host) {
    static constexpr std::string_view kMarks = "-._~!$&'()*+,;=%";
    const bool bracketed = !host.empty() && host[0] == '[';
    const auto name_end = bracketed ? host.find(']') : host.find(':');
    if (bracketed && name_end == std::string_view::npos) {
        return false;
    }
    const auto name = host.substr(0, name_end);
    const auto port = name_end == std::string_view::npos ? "" : host.substr(name_end + (bracketed ? 1 : 0));
    const auto fits = [&](char c) {
        return (is_token_char(c) && c != '^' && c != '`' && c != '|' && c != '#') ||
               kMarks.find(c) != std::string_view::npos || (bracketed && (c == '[' || c == ':'));
    };
    return std::all_of(name.begin(), name.end(), fits) && (port.empty() || port[0] == ':') &&
           port.size() <= 6 && port.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

void read_framing(RequestHead& head) {
    int hosts = 0;
    bool has_close = false;
    for (auto& [name, value] : head.headers) {
        if (name == "content-length") {
            read_content_length(value, head);
        } else if (name == "transfer-encoding") {
            if (head.is_http_10) {
                throw Refused(400, "HTTP/1.0 has no Transfer-Encoding.");
            }
            if (head.is_chunked || !equal_ignoring_case(value, "chunked")) {
                throw Refused(501, "The only Transfer-Encoding taken is one 'chunked'.");
            }
            head.is_chunked = true;
        } else if (name == "host") {
            if (!head.target.authority.empty()) {
                value = head.target.authority;  // RFC 9112, 3.2.2: the absolute form wins.
            }
            if (++hosts > 1 || !is_host(value)) {
                throw Refused(400, "There must be one Host header, with a host in it.");
            }
        } else if (name == "connection") {
            read_connection(value, has_close, head);
        } else if (name == "expect" && !head.is_http_10) {
            if (!equal_ignoring_case(value, "100-continue")) {
                throw Refused(417, "The only expectation taken is 100-continue.");
            }
            head.expects_continue = true;
        }
    }
    if (head.content_length && head.is_chunked) {
        throw Refused(400, "Content-Length and Transfer-Encoding exclude each other.");
    }
    if (hosts == 0 && !head.is_http_10) {
        throw Refused(400, "There must be one Host header, with a host in it.");
    }
}

}  // namespace

RequestHead parse_request_head(std::string_view text, const Limits& limits) {
    RequestHead head;
    read_request_line(next_line(text), limits, head);
    for (auto line = next_line(text); !line.empty(); line = next_line(text)) {
        if (head.headers.size() == limits.headers) {
            throw Refused(431,
                          "The request has more than " + std::to_string(limits.headers) + " header fields.");
        }
        read_field(line, head);
    }
    read_framing(head);
    return head;
}

}  // namespace keepwell::api
