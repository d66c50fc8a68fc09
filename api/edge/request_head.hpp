#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/edge/target.hpp"
#include "api/http_server.hpp"

namespace keepwell::api {

/// Request line and header fields, with everything decided that framing needs.
struct RequestHead {
    Method method = Method::kGet;
    bool is_head = false;  ///< HEAD: `method` is kGet then.
    bool is_http_10 = false;
    bool keep_alive = true;
    bool expects_continue = false;
    bool is_chunked = false;
    std::optional<std::uint64_t> content_length;
    Target target;
    std::vector<std::pair<std::string, std::string>> headers;  ///< Names in lower case, values trimmed.

    bool has_body() const { return is_chunked || content_length.value_or(0) > 0; }
};

/// Reads a whole head, up to and with its empty line. Strict: what two programs could understand differently
/// is refused. Throws Refused (400, 414, 417, 431, 501, 505).
RequestHead parse_request_head(std::string_view head, const Limits& limits);

/// Collects a head from pieces as they arrive and refuses what cannot become one at the first byte that shows
/// it.
class HeadReader {
public:
    explicit HeadReader(const Limits& limits) : limits_(limits) {}

    /// Takes bytes off the front of `bytes`. True when the head is complete; what follows stays in `bytes`.
    /// Throws Refused.
    bool feed(std::string_view& bytes);
    /// The head; ready for the next one then. Throws Refused.
    RequestHead take();
    /// Whether a head has begun (empty lines before it do not count).
    bool has_begun() const { return !head_.empty(); }

private:
    void skip_empty_lines(std::string_view& bytes);
    void check(char c);
    void end_line();

    const Limits& limits_;
    std::string head_;
    std::size_t line_length_ = 0;  ///< Without its line break.
    std::size_t lines_ = 0;
    std::size_t skipped_ = 0;
    bool method_seen_ = false;
    bool complete_ = false;
    char previous_ = '\0';
};

}  // namespace keepwell::api
