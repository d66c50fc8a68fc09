#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace keepwell {

/// A moment in UTC with microseconds, the precision of both databases.
using Timestamp = std::chrono::sys_time<std::chrono::microseconds>;
/// A day in UTC.
using Date = std::chrono::sys_days;

/// Port: where the time comes from. Thread-safe.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Timestamp now() const = 0;
};

/// The machine's clock.
class SystemClock final : public Clock {
public:
    Timestamp now() const override;
};

/// `YYYY-MM-DD`; empty when the text is anything else or no day of the calendar (31 February).
std::optional<Date> parse_date(std::string_view text);
/// `YYYY-MM-DD`.
std::string to_string(Date date);
/// RFC 3339 in UTC with six decimals: `2026-11-22T04:30:00.000000Z`.
std::string to_string(Timestamp time);
/// Reads RFC 3339 (any offset, 0 to 9 decimals, cut to microseconds); empty when it is not that.
std::optional<Timestamp> parse_timestamp(std::string_view text);

inline Date day_of(Timestamp time) {
    return std::chrono::floor<std::chrono::days>(time);
}

}  // namespace keepwell
