#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/route.hpp"
#include "domain/customer.hpp"
#include "domain/error.hpp"

namespace keepwell::api {

/// Reads path and query parameters and collects every mistake; check() then throws them all at once.
class Parameters {
public:
    explicit Parameters(const Request& request) : request_(request) {}

    /// A path parameter that is a positive whole number below 2^53.
    std::int64_t id(std::string_view name = "id");
    /// A path parameter of at most `maximum` bytes, without control characters.
    std::string path_text(std::string_view name, std::size_t maximum);
    std::optional<std::int64_t> integer(std::string_view name, std::int64_t minimum, std::int64_t maximum);
    /// Not empty, at most `maximum` characters of valid UTF-8.
    std::optional<std::string> text(std::string_view name, std::size_t maximum = 200);
    /// `YYYY-MM-DD`.
    std::optional<Date> date(std::string_view name);
    /// A time (RFC 3339), or a day, which stands for its first moment or for the first one after it.
    enum class Day { kBegins, kEnds };
    std::optional<Timestamp> time(std::string_view name, Day day);
    /// `true`/`false`/`1`/`0`; false when absent.
    bool flag(std::string_view name);
    void refuse(std::string_view name, std::string message);

    /// Throws Error{kInvalid} naming all mistakes.
    void check() const;

private:
    const Request& request_;
    std::vector<FieldError> mistakes_;
};

/// Error{kInvalid} whose message joins the mistakes: "page: must be …; page_size: must be …".
Error invalid(std::vector<FieldError> mistakes);

}  // namespace keepwell::api
