#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/route.hpp"
#include "domain/error.hpp"

namespace keepwell::api {

/// The HTTP status of an error code; the one place that knows it.
int status_of(ErrorCode code);
/// `Not Found` for 404.
std::string_view status_title(int status);

struct Problem {
    int status = 500;
    std::string detail;
    std::vector<FieldError> errors;
    std::string instance;  ///< The path that was asked for.
    std::string request_id;
    std::string error{};  ///< What older clients read as `error`; the detail when empty.
};

/// The one error body: RFC 9457, with `success`, `error` and `message` beside it for older clients. 429 and
/// 503 carry Retry-After.
Response problem_response(const Problem& problem);

}  // namespace keepwell::api
