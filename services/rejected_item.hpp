#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "domain/error.hpp"

namespace keepwell {

/// One of many that was left out while the others were taken, and why.
struct RejectedItem {
    std::int64_t index = 0;  ///< Which one, from 0.
    std::string code{};      ///< For programs: `invalid`, `conflict` …
    std::string pointer{};   ///< A JSON pointer into it.
    std::string message{};
};

/// `invalid`, `conflict` …: as problems name it.
std::string_view to_string(ErrorCode code);

/// Rejects an item once, for its first mistake; the others are in the message. There must be one.
RejectedItem reject(std::int64_t index, std::string_view code, std::span<const FieldError> mistakes);
RejectedItem reject(std::int64_t index, const Error& error);

}  // namespace keepwell
