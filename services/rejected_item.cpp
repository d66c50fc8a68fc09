#include "services/rejected_item.hpp"

namespace keepwell {

std::string_view to_string(ErrorCode code) {
    switch (code) {
        case ErrorCode::kUnreadable:
            return "unreadable";
        case ErrorCode::kInvalid:
            return "invalid";
        case ErrorCode::kUnauthenticated:
            return "unauthenticated";
        case ErrorCode::kPermissionDenied:
            return "permission_denied";
        case ErrorCode::kNotFound:
            return "not_found";
        case ErrorCode::kConflict:
            return "conflict";
        case ErrorCode::kPreconditionFailed:
            return "precondition_failed";
        case ErrorCode::kTooLarge:
            return "too_large";
        case ErrorCode::kUnsupportedType:
            return "unsupported_type";
        case ErrorCode::kTooManyRequests:
            return "too_many_requests";
        case ErrorCode::kUnavailable:
            return "unavailable";
    }
    return {};
}

RejectedItem reject(std::int64_t index, std::string_view code, std::span<const FieldError> mistakes) {
    RejectedItem item{.index = index,
                      .code = std::string{code},
                      .pointer = mistakes.front().pointer,
                      .message = mistakes.front().message};
    for (const FieldError& further : mistakes.subspan(1)) {
        item.message += "; " + further.pointer + ": " + further.message;
    }
    return item;
}

RejectedItem reject(std::int64_t index, const Error& error) {
    if (!error.fields().empty()) return reject(index, to_string(error.code()), error.fields());
    const FieldError whole{.pointer = "", .message = error.what()};
    return reject(index, to_string(error.code()), std::span{&whole, 1});
}

}  // namespace keepwell
