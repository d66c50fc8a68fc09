#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "domain/money.hpp"
#include "domain/time.hpp"
#include "services/csv/row_error.hpp"

namespace keepwell {

/// Reading single values of a metrics file. Each reads trimmed text that is not empty, and returns what is
/// wrong with it, or nothing after setting `value`.

/// Without spaces, tabs and line ends around it.
std::string_view trimmed_value(std::string_view text) noexcept;
/// Well-formed UTF-8 has at most `max_characters` and no control characters.
std::optional<RowErrorCode> check_text(std::string_view text, std::size_t max_characters) noexcept;
/// A plain or exponent decimal, not negative, of any length; beyond the cent rounded half up.
std::optional<RowErrorCode> read_money(std::string_view text, Money& value) noexcept;
/// A whole number from 0 to 2^31-1; `150.0` is one.
std::optional<RowErrorCode> read_count(std::string_view text, std::int32_t& value) noexcept;
/// A finite number from `lowest` to `highest`.
std::optional<RowErrorCode> read_number(std::string_view text, double lowest, double highest,
                                        double& value) noexcept;
/// `YYYY-MM-DD`, or an ISO timestamp, of which the date is taken as it is written; 1970 to the day after
/// `today`.
std::optional<RowErrorCode> read_day(std::string_view text, Date today, Date& value) noexcept;

}  // namespace keepwell
