#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace keepwell {

enum class RowErrorCode : std::uint8_t {
    kMissingValue,
    kNotANumber,
    kNotAnInteger,
    kOutOfRange,
    kInvalidDate,
    kDateInFuture,
    kInvalidUtf8,
    kNulByte,
    kLineTooLong,
    kFieldCount,
    kUnterminatedQuote,
    kTextAfterQuote,
    kTooLong,
    kControlCharacter,
};

/// `missing_value`, `not_a_number`, … as clients see it. Never changes once released.
std::string_view to_string(RowErrorCode code) noexcept;

/// One mistake in one row of a file.
struct RowError {
    std::uint64_t line = 0;  ///< 1-based, where the row begins.
    std::string column;      ///< Name of the column; empty when the row as a whole is wrong.
    RowErrorCode code{};
    std::string message;  ///< One sentence for a person that says how to mend it.
};

/// At most 40 characters of `value` in double quotes, for a message: control characters and bytes that are
/// not UTF-8 are shown as `\x07`, what is cut off as `…`.
std::string quoted_for_message(std::string_view value);

}  // namespace keepwell
