#include "domain/time.hpp"

#include <catch2/catch.hpp>
#include <tuple>

namespace keepwell {
namespace {

using namespace std::chrono_literals;

TEST_CASE("A day is read and written as YYYY-MM-DD", "[time]") {
    const std::string text = GENERATE("1970-01-01", "2024-02-29", "1999-12-31", "0001-01-01", "9999-12-31");
    const auto date = parse_date(text);
    REQUIRE(date);
    CHECK(to_string(*date) == text);
}

TEST_CASE("What is no day of the calendar is refused", "[time]") {
    const std::string text =
        GENERATE("", "2024-02-30", "2023-02-29", "2024-13-01", "2024-00-10", "2024-01-00", "2024-1-01",
                 "24-01-01", "2024/01/01", "2024-01-01 ", " 2024-01-01", "2024-01-01T00:00:00Z", "-024-01-01",
                 "2024-01-0x", "2024-01-", "today");
    INFO(text);
    CHECK_FALSE(parse_date(text));
}

TEST_CASE("A moment is written in UTC with six decimals", "[time]") {
    const Date day = *parse_date("2026-11-22");
    CHECK(to_string(Timestamp{day} + 4h + 30min) == "2026-11-22T04:30:00.000000Z");
    CHECK(to_string(Timestamp{day} + 23h + 59min + 59s + 7us) == "2026-11-22T23:59:59.000007Z");
    CHECK(to_string(Timestamp{} - 1us) == "1969-12-31T23:59:59.999999Z");
}

TEST_CASE("RFC 3339 is read with any offset and up to nine decimals", "[time]") {
    const auto [text, expected] = GENERATE(table<std::string, std::string>({
        {"2026-11-22T04:30:00Z", "2026-11-22T04:30:00.000000Z"},
        {"2026-11-22t04:30:00z", "2026-11-22T04:30:00.000000Z"},
        {"2026-11-22 04:30:00Z", "2026-11-22T04:30:00.000000Z"},
        {"2026-11-22T04:30:00.5Z", "2026-11-22T04:30:00.500000Z"},
        {"2026-11-22T04:30:00.123456789Z", "2026-11-22T04:30:00.123456Z"},
        {"2026-11-22T04:30:00+01:00", "2026-11-22T03:30:00.000000Z"},
        {"2026-11-22T00:30:00+01:00", "2026-11-21T23:30:00.000000Z"},
        {"2026-12-31T23:30:00-05:30", "2027-01-01T05:00:00.000000Z"},
        {"2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000000Z"},
        {"1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"},
    }));
    INFO(text);
    const auto time = parse_timestamp(text);
    REQUIRE(time);
    CHECK(to_string(*time) == expected);
}

TEST_CASE("What is no RFC 3339 is refused", "[time]") {
    const std::string text =
        GENERATE("", "2026-11-22", "2026-11-22T04:30:00", "2026-11-22T04:30Z", "2026-11-22T24:00:00Z",
                 "2026-11-22T04:60:00Z", "2026-11-22T04:30:61Z", "2026-11-22T04:30:00.Z",
                 "2026-11-22T04:30:00.1234567890Z", "2026-11-22T04:30:00+0100", "2026-11-22T04:30:00+24:00",
                 "2026-11-22T04:30:00+01:60", "2026-11-22T04:30:00Zx", "2026-02-30T04:30:00Z", "1732249800");
    INFO(text);
    CHECK_FALSE(parse_timestamp(text));
}

TEST_CASE("A moment belongs to the day it is in, before 1970 too", "[time]") {
    CHECK(to_string(day_of(*parse_timestamp("2026-11-22T23:59:59.999999Z"))) == "2026-11-22");
    CHECK(to_string(day_of(*parse_timestamp("1969-12-31T12:00:00Z"))) == "1969-12-31");
}

TEST_CASE("The machine's clock goes on", "[time]") {
    const SystemClock clock;
    const Timestamp first = clock.now();
    CHECK(first > *parse_timestamp("2024-01-01T00:00:00Z"));
    CHECK(clock.now() >= first);
}

}  // namespace
}  // namespace keepwell
