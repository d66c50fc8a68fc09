#include "services/csv/metrics_values.hpp"

#include <charconv>
#include <cmath>
#include <limits>

#include "services/csv/utf8.hpp"

namespace keepwell {
namespace {

// Far beyond any number that can be in range, far from overflow.
constexpr std::int64_t kLargestExponent = 1'000'000'000;

bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

bool is_space(char byte) {
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

bool take(std::string_view& text, char expected) {
    if (text.empty() || text.front() != expected) return false;
    text.remove_prefix(1);
    return true;
}

std::string_view take_digits(std::string_view& text) {
    std::size_t count = 0;
    while (count < text.size() && is_digit(text[count])) ++count;
    const std::string_view digits = text.substr(0, count);
    text.remove_prefix(count);
    return digits;
}

/// std::from_chars does not read the plus sign.
std::string_view without_plus(std::string_view text) {
    const bool has_plus = text.size() > 1 && text.front() == '+' && (is_digit(text[1]) || text[1] == '.');
    return has_plus ? text.substr(1) : text;
}

/// A decimal number as it is written: [-+]whole[.fraction][e[-+]exponent].
struct Decimal {
    bool is_negative = false;
    std::string_view whole;
    std::string_view fraction;
    std::int64_t exponent = 0;
};

std::optional<Decimal> split_decimal(std::string_view text) {
    Decimal decimal;
    decimal.is_negative = take(text, '-');
    if (!decimal.is_negative) take(text, '+');
    decimal.whole = take_digits(text);
    if (take(text, '.')) decimal.fraction = take_digits(text);
    if (decimal.whole.empty() && decimal.fraction.empty()) return std::nullopt;
    if (take(text, 'e') || take(text, 'E')) {
        const bool is_negative = take(text, '-');
        if (!is_negative) take(text, '+');
        const std::string_view digits = take_digits(text);
        if (digits.empty()) return std::nullopt;
        for (const char digit : digits) {
            if (decimal.exponent < kLargestExponent) decimal.exponent = decimal.exponent * 10 + (digit - '0');
        }
        if (is_negative) decimal.exponent = -decimal.exponent;
    }
    if (!text.empty()) return std::nullopt;
    return decimal;
}

/// The number in cents, rounded half up; what is beyond `limit` is anything beyond it.
std::int64_t cents_of(const Decimal& decimal, std::int64_t limit) {
    // The power of ten, in cents, of the next digit.
    std::int64_t power = static_cast<std::int64_t>(decimal.whole.size()) + decimal.exponent + 1;
    std::int64_t cents = 0;
    for (const std::string_view digits : {decimal.whole, decimal.fraction}) {
        for (const char digit : digits) {
            if (power < 0) return cents + (power == -1 && digit >= '5' ? 1 : 0);
            cents = cents * 10 + (digit - '0');
            if (cents > limit) return cents;
            --power;
        }
    }
    for (; power >= 0 && cents != 0 && cents <= limit; --power) cents *= 10;
    return cents;
}

bool has_nonzero_digit(const Decimal& decimal) {
    return decimal.whole.find_first_not_of('0') != std::string_view::npos ||
           decimal.fraction.find_first_not_of('0') != std::string_view::npos;
}

/// Whether the number is less than 1, sign aside.
bool is_below_one(const Decimal& decimal) {
    constexpr std::string_view kNonzero = "123456789";
    const std::size_t in_whole = decimal.whole.find_first_of(kNonzero);
    const std::size_t in_fraction = decimal.fraction.find_first_of(kNonzero);
    if (in_whole != std::string_view::npos) {
        return static_cast<std::int64_t>(decimal.whole.size() - in_whole) + decimal.exponent <= 0;
    }
    return in_fraction == std::string_view::npos ||
           decimal.exponent - static_cast<std::int64_t>(in_fraction) <= 0;
}

bool is_below(std::string_view two_digits, int limit) {
    return is_digit(two_digits[0]) && is_digit(two_digits[1]) &&
           (two_digits[0] - '0') * 10 + (two_digits[1] - '0') < limit;
}

/// `HH:MM[:SS[.fraction]][Z|±HH[:]MM]`
bool is_time_of_day(std::string_view text) {
    if (text.size() < 5 || !is_below(text, 24) || text[2] != ':' || !is_below(text.substr(3), 60))
        return false;
    text.remove_prefix(5);
    if (take(text, ':')) {
        if (text.size() < 2 || !is_below(text, 61)) return false;
        text.remove_prefix(2);
        if ((take(text, '.') || take(text, ',')) && take_digits(text).empty()) return false;
    }
    if (text.empty() || text == "Z" || text == "z" || text == " UTC") return true;
    if (!take(text, '+') && !take(text, '-')) return false;
    if (text.size() < 2 || !is_below(text, 24)) return false;
    text.remove_prefix(2);
    take(text, ':');
    return text.empty() || (text.size() == 2 && is_below(text, 60));
}

}  // namespace

std::string_view trimmed_value(std::string_view text) noexcept {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

std::optional<RowErrorCode> check_text(std::string_view text, std::size_t max_characters) noexcept {
    if (text.size() > max_characters && count_characters(text) > max_characters)
        return RowErrorCode::kTooLong;
    if (has_control_character(text)) return RowErrorCode::kControlCharacter;
    return std::nullopt;
}

std::optional<RowErrorCode> read_money(std::string_view text, Money& value) noexcept {
    const auto decimal = split_decimal(text);
    if (!decimal) return RowErrorCode::kNotANumber;
    if (decimal->is_negative && has_nonzero_digit(*decimal)) return RowErrorCode::kOutOfRange;
    const std::int64_t cents = cents_of(*decimal, kMaximumMoney.cents);
    if (cents > kMaximumMoney.cents) return RowErrorCode::kOutOfRange;
    value = {cents};
    return std::nullopt;
}

std::optional<RowErrorCode> read_count(std::string_view text, std::int32_t& value) noexcept {
    constexpr std::int32_t kHighest = std::numeric_limits<std::int32_t>::max();
    text = without_plus(text);
    std::int32_t whole = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), whole);
    if (failure == std::errc{} && end == text.data() + text.size()) {
        if (whole < 0) return RowErrorCode::kOutOfRange;
        value = whole;
        return std::nullopt;
    }
    double number = 0.0;
    constexpr double kUnbounded = std::numeric_limits<double>::max();
    if (const auto wrong = read_number(text, -kUnbounded, kUnbounded, number)) return wrong;
    if (number != std::floor(number)) return RowErrorCode::kNotAnInteger;
    if (number < 0.0 || number > static_cast<double>(kHighest)) return RowErrorCode::kOutOfRange;
    value = static_cast<std::int32_t>(number);
    return std::nullopt;
}

std::optional<RowErrorCode> read_number(std::string_view text, double lowest, double highest,
                                        double& value) noexcept {
    text = without_plus(text);
    double number = 0.0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure == std::errc::invalid_argument || end != text.data() + text.size())
        return RowErrorCode::kNotANumber;
    if (failure == std::errc::result_out_of_range) {
        // Too large for a double, or so near to zero that it is zero.
        const auto decimal = split_decimal(text);
        if (!decimal || !is_below_one(*decimal)) return RowErrorCode::kOutOfRange;
        number = 0.0;
    }
    if (!std::isfinite(number)) return RowErrorCode::kNotANumber;
    if (number < lowest || number > highest) return RowErrorCode::kOutOfRange;
    value = number + 0.0;  // makes -0 a plain 0
    return std::nullopt;
}

std::optional<RowErrorCode> read_day(std::string_view text, Date today, Date& value) noexcept {
    constexpr std::size_t kDateLength = 10;
    const auto day = parse_date(text.substr(0, kDateLength));
    if (!day) return RowErrorCode::kInvalidDate;
    if (text.size() > kDateLength) {
        const bool is_separated =
            text[kDateLength] == 'T' || text[kDateLength] == 't' || text[kDateLength] == ' ';
        if (!is_separated || !is_time_of_day(text.substr(kDateLength + 1))) return RowErrorCode::kInvalidDate;
    }
    if (*day < Date{}) return RowErrorCode::kOutOfRange;
    if (*day > today + std::chrono::days{1}) return RowErrorCode::kDateInFuture;
    value = *day;
    return std::nullopt;
}

}  // namespace keepwell
