#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace keepwell {

/// Why a request could not be carried out, in terms the caller can act on.
/// Free of transport: api/ alone knows the HTTP status of each code.
enum class ErrorCode {
    kUnreadable,          ///< The input cannot be read at all (not JSON, not CSV).
    kInvalid,             ///< Readable, but its values are not allowed.
    kUnauthenticated,     ///< Nobody has signed in.
    kPermissionDenied,    ///< Signed in, but may not.
    kNotFound,            ///< No such thing.
    kConflict,            ///< The state of the thing forbids it.
    kPreconditionFailed,  ///< The caller's version is not the current one.
    kTooLarge,            ///< More than the limit for this kind of input.
    kUnsupportedType,     ///< The media type is not one that the route reads.
    kTooManyRequests,     ///< A rate limit.
    kUnavailable,         ///< The database is away or busy; trying again helps.
};

/// One mistake in the input. `pointer` is a JSON pointer into the body ("/name"), or the name of a parameter.
struct FieldError {
    std::string pointer;
    std::string message;
};

/// The one exception type that crosses layers. Its message and fields are safe to show to a client: they name
/// what is wrong and how to mend it. Anything else that escapes a service is a bug or an outage and is shown
/// only as "internal error".
class Error : public std::runtime_error {
public:
    Error(ErrorCode code, const std::string& message, std::vector<FieldError> fields = {})
        : std::runtime_error(message), code_(code), fields_(std::move(fields)) {}

    ErrorCode code() const noexcept { return code_; }
    const std::vector<FieldError>& fields() const noexcept { return fields_; }

private:
    ErrorCode code_;
    std::vector<FieldError> fields_;
};

}  // namespace keepwell
