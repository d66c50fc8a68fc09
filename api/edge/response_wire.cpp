#include "api/edge/response_wire.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>
#include <system_error>

#include "api/edge/gzip.hpp"
#include "api/edge/text.hpp"

namespace keepwell::api {
namespace {

constexpr std::size_t kWorthCompressing = 1024;
constexpr std::size_t kLargestCompressed = 1U << 30;  // zlib counts in 32 bits.

std::string_view reason_phrase(int status) {
    static constexpr std::pair<int, std::string_view> kReasons[] = {
        {200, "OK"},
        {201, "Created"},
        {202, "Accepted"},
        {204, "No Content"},
        {206, "Partial Content"},
        {301, "Moved Permanently"},
        {302, "Found"},
        {303, "See Other"},
        {304, "Not Modified"},
        {307, "Temporary Redirect"},
        {308, "Permanent Redirect"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {406, "Not Acceptable"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {410, "Gone"},
        {411, "Length Required"},
        {412, "Precondition Failed"},
        {413, "Content Too Large"},
        {414, "URI Too Long"},
        {415, "Unsupported Media Type"},
        {417, "Expectation Failed"},
        {422, "Unprocessable Content"},
        {428, "Precondition Required"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {502, "Bad Gateway"},
        {503, "Service Unavailable"},
        {504, "Gateway Timeout"},
        {505, "HTTP Version Not Supported"},
        {507, "Insufficient Storage"},
    };
    const auto* const found = std::find_if(std::begin(kReasons), std::end(kReasons),
                                           [&](const auto& reason) { return reason.first == status; });
    return found == std::end(kReasons) ? "Unknown" : found->second;
}

bool is_owned_by_edge(std::string_view name) {
    static constexpr std::string_view kOwned[] = {"connection", "content-length",    "content-type", "date",
                                                  "keep-alive", "transfer-encoding", "trailer"};
    return std::any_of(std::begin(kOwned), std::end(kOwned),
                       [&](std::string_view owned) { return equal_ignoring_case(owned, name); });
}

bool has_header(const Response& response, std::string_view name) {
    return std::any_of(response.headers.begin(), response.headers.end(),
                       [&](const auto& header) { return equal_ignoring_case(header.first, name); });
}

void append_header(std::string& head, std::string_view name, std::string_view value) {
    if (name.empty() || !std::all_of(name.begin(), name.end(), is_token_char)) {
        return;  // A bug of the route: better a header less than a split response.
    }
    head.append(name).append(": ");
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        head.push_back((byte < 0x20 && c != '\t') || byte == 0x7F ? ' ' : c);
    }
    head.append("\r\n");
}

void open_file(const std::filesystem::path& path, WireResponse& wire) {
    wire.file = UniqueFd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat status {};
    if (!wire.file || ::fstat(wire.file.get(), &status) != 0) {
        throw std::system_error(errno, std::generic_category(), "cannot send " + path.string());
    }
    if (!S_ISREG(status.st_mode)) {
        throw std::system_error(EISDIR, std::generic_category(), "cannot send " + path.string());
    }
    wire.file_bytes = static_cast<std::uint64_t>(status.st_size);
}

/// Compresses the body where that pays, and says in `head` that it depends on what the client takes.
void compress(Response& response, const AnswerTraits& traits, std::string& head) {
    const std::string_view bytes = response.fixed_body.empty() ? response.body : response.fixed_body;
    if (!response.compressible || bytes.size() < kWorthCompressing || bytes.size() > kLargestCompressed ||
        !is_compressible_type(response.content_type) || has_header(response, "content-encoding")) {
        return;
    }
    append_header(head, "Vary", "Accept-Encoding");
    if (!traits.accepts_gzip) {
        return;
    }
    response.body = gzipped(bytes);
    response.fixed_body = {};
    append_header(head, "Content-Encoding", "gzip");
}

}  // namespace

WireResponse to_wire(Response response, const AnswerTraits& traits) {
    const int status = response.status >= 200 && response.status <= 599 ? response.status : 500;
    WireResponse wire;
    wire.close = traits.close;
    auto& head = wire.head;
    head.reserve(512);
    head.append("HTTP/1.1 ").append(std::to_string(status)).append(" ").append(reason_phrase(status));
    head.append("\r\nDate: ").append(http_date()).append("\r\n");
    const bool has_body = status != 204 && status != 304;
    if (has_body) {
        if (response.file) {
            open_file(*response.file, wire);
        } else {
            compress(response, traits, head);
        }
        const std::uint64_t length = response.file                 ? wire.file_bytes
                                     : response.fixed_body.empty() ? response.body.size()
                                                                   : response.fixed_body.size();
        if (length > 0 && !response.content_type.empty()) {
            append_header(head, "Content-Type", response.content_type);
        }
        append_header(head, "Content-Length", std::to_string(length));
    }
    for (const auto& [name, value] : response.headers) {
        if (!is_owned_by_edge(name)) {
            append_header(head, name, value);
        }
    }
    head.append(traits.close ? "Connection: close\r\n\r\n" : "Connection: keep-alive\r\n\r\n");
    if (!has_body || traits.without_body) {
        wire.file.reset();
    } else if (!response.file && response.fixed_body.empty()) {
        wire.body = std::move(response.body);
    } else if (!response.file) {
        wire.fixed = response.fixed_body;
    }
    return wire;
}

std::string_view http_date() {
    static constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    thread_local std::time_t made_at = -1;
    thread_local std::array<char, 40> text{};
    thread_local std::size_t length = 0;
    const std::time_t now = std::time(nullptr);
    if (now != made_at) {
        std::tm utc{};
        ::gmtime_r(&now, &utc);
        length = static_cast<std::size_t>(
            std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                          kDays[static_cast<std::size_t>(utc.tm_wday)], utc.tm_mday,
                          kMonths[static_cast<std::size_t>(utc.tm_mon)], utc.tm_year + 1900, utc.tm_hour,
                          utc.tm_min, utc.tm_sec));
        made_at = now;
    }
    return {text.data(), length};
}

}  // namespace keepwell::api
