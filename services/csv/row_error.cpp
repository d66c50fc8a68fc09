#include "services/csv/row_error.hpp"

#include "services/csv/utf8.hpp"

namespace keepwell {
namespace {

constexpr std::size_t kMaxQuotedCharacters = 40;
constexpr std::string_view kEllipsis = "\xE2\x80\xA6";

/// The well-formed character at the front of `text`; empty when it is malformed.
std::string_view first_character(std::string_view text) {
    for (std::size_t length = 1; length <= 4 && length <= text.size(); ++length) {
        if (is_valid_utf8(text.substr(0, length))) return text.substr(0, length);
    }
    return {};
}

}  // namespace

std::string_view to_string(RowErrorCode code) noexcept {
    switch (code) {
        case RowErrorCode::kMissingValue:
            return "missing_value";
        case RowErrorCode::kNotANumber:
            return "not_a_number";
        case RowErrorCode::kNotAnInteger:
            return "not_an_integer";
        case RowErrorCode::kOutOfRange:
            return "out_of_range";
        case RowErrorCode::kInvalidDate:
            return "invalid_date";
        case RowErrorCode::kDateInFuture:
            return "date_in_future";
        case RowErrorCode::kInvalidUtf8:
            return "invalid_utf8";
        case RowErrorCode::kNulByte:
            return "nul_byte";
        case RowErrorCode::kLineTooLong:
            return "line_too_long";
        case RowErrorCode::kFieldCount:
            return "field_count";
        case RowErrorCode::kUnterminatedQuote:
            return "unterminated_quote";
        case RowErrorCode::kTextAfterQuote:
            return "text_after_quote";
        case RowErrorCode::kTooLong:
            return "too_long";
        case RowErrorCode::kControlCharacter:
            return "control_character";
    }
    return "unknown";
}

std::string quoted_for_message(std::string_view value) {
    constexpr std::string_view kHexDigits = "0123456789abcdef";
    std::string quoted = "\"";
    for (std::size_t shown = 0; !value.empty(); ++shown) {
        if (shown == kMaxQuotedCharacters) {
            quoted += kEllipsis;
            break;
        }
        const std::string_view character = first_character(value);
        if (character.empty() || has_control_character(character)) {
            const auto byte = static_cast<unsigned char>(value.front());
            quoted += {'\\', 'x', kHexDigits[byte >> 4U], kHexDigits[byte & 0xFU]};
            value.remove_prefix(1);
            // The second byte of a control character beyond ASCII is shown by itself as malformed.
        } else {
            quoted += character;
            value.remove_prefix(character.size());
        }
    }
    quoted += '"';
    return quoted;
}

}  // namespace keepwell
