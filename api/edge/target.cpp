#include "api/edge/target.hpp"

#include "api/edge/refused.hpp"
#include "api/edge/text.hpp"

namespace keepwell::api {
namespace {

int hex_value(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    if (c >= 'A' && c <= 'F') {
        return c - 'A' + 10;
    }
    return -1;
}

enum class Plus { kStays, kIsSpace };

std::string decoded(std::string_view raw, Plus plus) {
    std::string text;
    text.reserve(raw.size());
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] == '+' && plus == Plus::kIsSpace) {
            text.push_back(' ');
        } else if (raw[i] != '%') {
            text.push_back(raw[i]);
        } else {
            const int high = i + 2 < raw.size() ? hex_value(raw[i + 1]) : -1;
            const int low = i + 2 < raw.size() ? hex_value(raw[i + 2]) : -1;
            if (high < 0 || low < 0) {
                throw Refused(400,
                              "The request target has a '%' that is not followed by two hexadecimal digits.");
            }
            text.push_back(static_cast<char>(high * 16 + low));
            i += 2;
        }
    }
    if (!is_clean_utf8(text)) {
        throw Refused(400, "The request target is not UTF-8 text, or has a NUL in it.");
    }
    return text;
}

void split_path(std::string_view raw, Target& target) {
    target.path = decoded(raw, Plus::kStays);
    if (raw == "/") {
        return;
    }
    raw.remove_prefix(1);
    for (;;) {
        const auto slash = raw.find('/');
        auto segment = decoded(raw.substr(0, slash), Plus::kStays);
        if (segment == "." || segment == "..") {
            throw Refused(400, "The path has a '.' or '..' segment.");
        }
        target.segments.push_back(std::move(segment));
        if (slash == std::string_view::npos) {
            return;
        }
        raw.remove_prefix(slash + 1);
    }
}

void split_query(std::string_view raw, Target& target) {
    while (!raw.empty()) {
        const auto end = raw.find('&');
        const auto pair = raw.substr(0, end);
        raw.remove_prefix(end == std::string_view::npos ? raw.size() : end + 1);
        if (pair.empty()) {
            continue;
        }
        const auto equals = pair.find('=');
        const auto value = equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1);
        target.query.emplace_back(decoded(pair.substr(0, equals), Plus::kIsSpace),
                                  decoded(value, Plus::kIsSpace));
    }
}

/// Cuts `http://host` off the front.
std::string_view cut_authority(std::string_view& raw) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (raw.size() > scheme.size() && equal_ignoring_case(raw.substr(0, scheme.size()), scheme)) {
            raw.remove_prefix(scheme.size());
            const auto authority = raw.substr(0, raw.find_first_of("/?"));
            if (authority.empty()) {
                throw Refused(400, "The request target names no host.");
            }
            raw.remove_prefix(authority.size());
            return authority;
        }
    }
    return {};
}

}  // namespace

Target parse_target(std::string_view raw, bool is_options) {
    Target target;
    if (raw == "*" && is_options) {
        target.path.push_back('*');  // GCC 12 warns of an assigned literal here, without a reason.
        return target;
    }
    target.authority = cut_authority(raw);
    if (!target.authority.empty() && (raw.empty() || raw[0] == '?')) {
        split_path("/", target);
    } else if (raw.empty() || raw[0] != '/') {
        throw Refused(400, "The request target must begin with '/'.");
    }
    if (raw.find('#') != std::string_view::npos) {
        throw Refused(400, "The request target has a fragment ('#'), which is never sent to a server.");
    }
    const auto question = raw.find('?');
    const auto path = raw.substr(0, question);
    if (!path.empty()) {
        split_path(path, target);
    }
    if (question != std::string_view::npos) {
        split_query(raw.substr(question + 1), target);
    }
    return target;
}

}  // namespace keepwell::api
