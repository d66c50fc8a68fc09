#include "api/edge/multipart.hpp"

#include <algorithm>
#include <cstring>
#include <functional>
#include <map>

#include "api/edge/mapped_file.hpp"
#include "api/edge/text.hpp"
#include "domain/error.hpp"

namespace keepwell::api {
namespace {

constexpr std::size_t kParts = 100;
constexpr std::size_t kPartHeaderBytes = 8 * 1024;
constexpr std::size_t kBoundaryLength = 70;  // RFC 2046, 5.1.1
constexpr std::size_t kBoundaryLine = 256;   // What may follow a boundary: some blanks and a line break.
constexpr std::size_t kWindow = 8 << 20;

[[noreturn]] void unreadable(const std::string& why) {
    throw Error(ErrorCode::kUnreadable, "The form (multipart/form-data) cannot be read: " + why);
}

/// Cuts a quoted string off the front. Browsers write `"` as %22; others escape it with a backslash, and
/// others again send Windows paths: so a backslash escapes a quote or itself only.
std::string cut_quoted(std::string_view& text) {
    std::string value;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '"') {
            text.remove_prefix(i + 1);
            return value;
        }
        if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\')) {
            ++i;
        }
        value.push_back(text[i]);
    }
    unreadable("a quoted parameter has no end.");
}

/// Of `form-data; name="a"; filename=b`: the parameters by lower-case name, the first of each. `value`
/// becomes what stands before them.
std::map<std::string, std::string> cut_parameters(std::string_view& value) {
    std::map<std::string, std::string> parameters;
    auto semicolon = value.find(';');
    auto rest = semicolon == std::string_view::npos ? std::string_view() : value.substr(semicolon);
    value = trimmed(value.substr(0, semicolon));
    while (!rest.empty() && rest[0] == ';') {
        rest = trimmed(rest.substr(1));
        const auto equals = rest.find_first_of("=;");
        if (equals == std::string_view::npos || rest[equals] == ';') {
            rest.remove_prefix(std::min(equals, rest.size()));
            continue;
        }
        const auto name = lower_case(trimmed(rest.substr(0, equals)));
        rest = trimmed(rest.substr(equals + 1));
        if (!rest.empty() && rest[0] == '"') {
            parameters.emplace(name, cut_quoted(rest));
            rest = trimmed(rest);
        } else {
            semicolon = std::min(rest.find(';'), rest.size());
            parameters.emplace(name, trimmed(rest.substr(0, semicolon)));
            rest.remove_prefix(semicolon);
        }
    }
    return parameters;
}

std::string boundary_of(std::string_view content_type) {
    const auto parameters = cut_parameters(content_type);
    const auto boundary = parameters.find("boundary");
    if (!equal_ignoring_case(content_type, "multipart/form-data") || boundary == parameters.end() ||
        boundary->second.empty() || boundary->second.size() > kBoundaryLength ||
        boundary->second.find_first_of("\r\n") != std::string::npos) {
        throw Error(ErrorCode::kUnsupportedType,
                    "Send a form: Content-Type multipart/form-data with a boundary.");
    }
    return boundary->second;
}

/// The bytes of a body, searched in windows so that what is behind can be let go.
class Body {
public:
    Body(std::string_view bytes, const std::function<void(std::size_t)>& release)
        : bytes_(bytes), release_(release) {}

    std::string_view substr(std::size_t from, std::size_t length) const {
        return bytes_.substr(from, length);
    }

    /// As std::string_view::find, but quicker: forms can be as large as a disk allows.
    std::size_t find(std::string_view wanted, std::size_t from) const {
        while (from + wanted.size() <= bytes_.size()) {
            const auto window = bytes_.substr(from, kWindow + wanted.size() - 1);
            const void* const found = ::memmem(window.data(), window.size(), wanted.data(), wanted.size());
            if (found != nullptr) {
                return static_cast<std::size_t>(static_cast<const char*>(found) - bytes_.data());
            }
            from += kWindow;
            release_(std::min(from, bytes_.size()));
        }
        return std::string_view::npos;
    }

private:
    std::string_view bytes_;
    const std::function<void(std::size_t)>& release_;
};

void read_part_header(std::string_view header, Part& part) {
    bool is_form_data = false;
    while (!header.empty()) {
        const auto end = header.find("\r\n");
        const auto line = header.substr(0, end);
        header.remove_prefix(end == std::string_view::npos ? header.size() : end + 2);
        const auto colon = line.find(':');
        if (colon == std::string_view::npos ||
            line.find_first_of(std::string_view("\r\n\0", 3)) != line.npos) {
            unreadable("a header line of a part is not 'name: value'.");
        }
        const auto name = trimmed(line.substr(0, colon));
        auto value = trimmed(line.substr(colon + 1));
        if (equal_ignoring_case(name, "content-type")) {
            part.content_type = value;
        } else if (equal_ignoring_case(name, "content-disposition")) {
            auto parameters = cut_parameters(value);
            is_form_data = equal_ignoring_case(value, "form-data") && parameters.contains("name");
            part.name = parameters["name"];
            part.filename = parameters["filename"];
        }
    }
    if (!is_form_data) {
        unreadable("a part has no 'Content-Disposition: form-data' with a name.");
    }
    if (!is_clean_utf8(part.name) || !is_clean_utf8(part.filename)) {
        unreadable("the name of a part is not UTF-8 text.");
    }
}

/// Where the first boundary ends. It may stand at the very start, without a line break before it.
std::size_t find_first(const Body& body, std::string_view delimiter) {
    const auto opening = delimiter.substr(2);
    if (body.substr(0, opening.size()) == opening) {
        return opening.size();
    }
    const std::size_t found = body.find(delimiter, 0);
    if (found == std::string_view::npos) {
        unreadable("its boundary is not in it.");
    }
    return found + delimiter.size();
}

/// Reads the part whose boundary ends at `at`, which becomes the end of the next boundary.
Part read_part(const Body& body, std::string_view delimiter, std::size_t& at) {
    const auto line = body.substr(at, kBoundaryLine);
    const auto blanks = std::min(line.find_first_not_of(" \t"), line.size());  // RFC 2046 lets some follow.
    if (line.substr(blanks, 2) != "\r\n") {
        unreadable("a boundary is not followed by a line break.");
    }
    at += blanks + 2;
    const auto window = body.substr(at, kPartHeaderBytes + 4);
    const std::size_t header_end = window.find("\r\n\r\n");
    if (header_end == std::string_view::npos) {
        unreadable("a part has no end of its header within " + std::to_string(kPartHeaderBytes) + " bytes.");
    }
    Part part;
    read_part_header(window.substr(0, header_end), part);
    part.offset = at + header_end + 4;
    // The line break that ends the header may be the one that begins the next boundary: an empty part.
    const std::size_t end = body.find(delimiter, static_cast<std::size_t>(part.offset) - 2);
    if (end == std::string_view::npos) {
        unreadable("it ends in the middle of a part.");
    }
    part.length = end < part.offset ? 0 : end - part.offset;
    at = end + delimiter.size();
    return part;
}

std::vector<Part> find_all(std::string_view content_type, std::string_view bytes,
                           const std::function<void(std::size_t)>& release) {
    const std::string delimiter = "\r\n--" + boundary_of(content_type);
    const Body body(bytes, release);
    std::vector<Part> parts;
    for (std::size_t at = find_first(body, delimiter); body.substr(at, 2) != "--";) {
        if (parts.size() == kParts) {
            unreadable("it has more than " + std::to_string(kParts) + " parts.");
        }
        parts.push_back(read_part(body, delimiter, at));
    }
    if (parts.empty()) {
        unreadable("it has no part.");
    }
    return parts;
}

}  // namespace

std::vector<Part> find_parts(std::string_view content_type, std::string_view body) {
    return find_all(content_type, body, [](std::size_t) {});
}

std::vector<Part> find_parts(const Request& request) {
    const auto content_type = request.header("content-type");
    if (!request.spilled) {
        return find_parts(content_type, request.body);
    }
    const MappedFile file(request.spilled->path());
    return find_all(content_type, file.bytes(), [&](std::size_t before) { file.release(before); });
}

}  // namespace keepwell::api
