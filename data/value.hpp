#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "domain/money.hpp"
#include "domain/time.hpp"

namespace keepwell::data {

/// One value on its way into the database; the alternative decides the column type that it fits:
/// NULL, bigint, double precision, boolean, text, and the date, timestamp and money types of the migrations.
/// Texts are borrowed: they must live until the statement has run.
using Value =
    std::variant<std::monostate, std::int64_t, double, bool, std::string_view, Date, Timestamp, Money>;

inline Value to_value(std::same_as<bool> auto flag) {
    return flag;
}
inline Value to_value(int number) {
    return std::int64_t{number};
}
inline Value to_value(std::int64_t number) {
    return number;
}
inline Value to_value(double number) {
    return number;
}
inline Value to_value(std::string_view text) {
    return text;
}
inline Value to_value(Date date) {
    return date;
}
inline Value to_value(Timestamp time) {
    return time;
}
inline Value to_value(Money money) {
    return money;
}
Value to_value(const std::same_as<Value> auto& value) {
    return value;
}
template <typename T>
Value to_value(const std::optional<T>& value) {
    return value ? to_value(*value) : Value{};
}

}  // namespace keepwell::data
