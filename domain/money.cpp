#include "domain/money.hpp"

#include <charconv>

namespace keepwell {

std::string to_string(Money amount) {
    const bool negative = amount.cents < 0;
    const std::uint64_t cents = negative ? std::uint64_t{0} - static_cast<std::uint64_t>(amount.cents)
                                         : static_cast<std::uint64_t>(amount.cents);
    const std::uint64_t rest = cents % 100;
    std::string text{negative ? "-" : ""};
    text += std::to_string(cents / 100);
    text += rest < 10 ? ".0" : ".";
    text += std::to_string(rest);
    return text;
}

std::optional<Money> parse_money(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    if (text.starts_with('-')) return std::nullopt;  // from_chars would take it as a second sign.
    std::int64_t units = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), units);
    if (failure != std::errc{} || units > kMaximumMoney.cents / 100) return std::nullopt;
    std::string_view rest = text.substr(static_cast<std::size_t>(end - text.data()));
    std::int64_t cents = units * 100;
    if (!rest.empty()) {
        if (rest.front() != '.' || rest.size() > 3 || rest.size() < 2) return std::nullopt;
        std::int64_t place = 10;
        for (const char digit : rest.substr(1)) {
            if (digit < '0' || digit > '9') return std::nullopt;
            cents += (digit - '0') * place;
            place /= 10;
        }
    }
    return Money{negative ? -cents : cents};
}

}  // namespace keepwell
