#pragma once

#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

namespace keepwell::sdk {

/// A day in UTC, counted from 1970-01-01: days subtract and compare as numbers do.
using Day = std::int32_t;

/// Of the proleptic Gregorian calendar (the algorithm is Howard Hinnant's days_from_civil).
inline Day day_of(int year, int month, int day) {
    year -= month <= 2 ? 1 : 0;
    const int era = (year >= 0 ? year : year - 399) / 400;
    const int year_of_era = year - era * 400;
    const int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

/// The day of a moment in microseconds from 1970-01-01.
inline Day day_of(std::int64_t moment) {
    constexpr std::int64_t kDay = 86'400'000'000;
    return static_cast<Day>(moment / kDay - (moment % kDay < 0 ? 1 : 0));
}

/// `2026-11-22`.
inline std::string to_string(Day day) {
    const int from_march = day + 719468;
    const int era = (from_march >= 0 ? from_march : from_march - 146096) / 146097;
    const int day_of_era = from_march - era * 146097;
    const int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int month = (5 * day_of_year + 2) / 153;
    const int civil_month = month < 10 ? month + 3 : month - 9;
    char text[48];
    std::snprintf(text, sizeof text, "%04d-%02d-%02d", year_of_era + era * 400 + (civil_month <= 2 ? 1 : 0),
                  civil_month, day_of_year - (153 * month + 2) / 5 + 1);
    return text;
}

/// Reads `2026-11-22`, alone or with a time behind it (`2026-11-22T10:00:00Z`, `2026-11-22 10:00`); empty
/// when it is anything else or no day of the calendar.
inline std::optional<Day> parse_day(std::string_view text) {
    if (text.size() < 10 || (text.size() > 10 && text[10] != 'T' && text[10] != ' ')) return std::nullopt;
    const auto number = [&](std::size_t from, std::size_t digits) {
        int value = 0;
        for (const char digit : text.substr(from, digits)) {
            if (digit < '0' || digit > '9') return -1;
            value = value * 10 + (digit - '0');
        }
        return value;
    };
    const int year = number(0, 4);
    const int month = number(5, 2);
    const int day = number(8, 2);
    if (text[4] != '-' || text[7] != '-' || year < 0 || month < 1 || month > 12 || day < 1)
        return std::nullopt;
    const Day result = day_of(year, month, day);
    if (to_string(result) != text.substr(0, 10)) return std::nullopt;
    return result;
}

}  // namespace keepwell::sdk
