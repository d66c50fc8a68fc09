#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "api/edge/unique_fd.hpp"
#include "api/route.hpp"

namespace keepwell::api {

/// What of the request decides how a response is written.
struct AnswerTraits {
    bool without_body = false;  ///< HEAD: the headers of the GET, no body.
    bool close = false;         ///< The connection ends with this answer.
    bool accepts_gzip = false;
};

/// A response as it goes over the wire: head, then one of `body`, `fixed` and `file`.
struct WireResponse {
    std::string head;
    std::string body;
    std::string_view fixed;
    UniqueFd file;
    std::uint64_t file_bytes = 0;
    bool close = false;
};

/// Adds the framing headers, compresses where that pays, opens the file. Throws std::system_error when the
/// file cannot be opened.
WireResponse to_wire(Response response, const AnswerTraits& traits);

/// The `Date` of now (RFC 9110, 5.6.7), made once a second.
std::string_view http_date();

}  // namespace keepwell::api
