#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace keepwell {

/// An amount in the installation's currency, exact to the cent. Never a binary float where it is added up.
struct Money {
    std::int64_t cents = 0;

    friend Money operator+(Money left, Money right) { return {left.cents + right.cents}; }
    friend Money operator-(Money left, Money right) { return {left.cents - right.cents}; }
    Money& operator+=(Money other) {
        cents += other.cents;
        return *this;
    }
    auto operator<=>(const Money&) const = default;
};

/// The largest amount that the databases hold: numeric(14,2).
inline constexpr Money kMaximumMoney{99'999'999'999'999};

/// `1234.50`, as the databases write it.
std::string to_string(Money amount);
/// Reads `[-]digits[.d[d]]`; empty for anything else, more decimals included.
std::optional<Money> parse_money(std::string_view text);
/// For JSON numbers and charts; exact below 2^53 cents.
inline double to_double(Money amount) {
    return static_cast<double>(amount.cents) / 100.0;
}

}  // namespace keepwell
