#include "api/customer_cursor.hpp"

#include <catch2/catch.hpp>

#include "api/cursor.hpp"

namespace keepwell::api {

TEST_CASE("a cursor leads back to the very same place") {
    const std::vector<std::pair<const char*, CustomerPosition>> places{
        {"id", {.id = {7}}},
        {"-id", {.id = {9'007'199'254'740'991}}},
        {"name", {.id = {7}, .text = "Zoë\n\"%"}},
        {"segment", {.id = {7}, .text = ""}},
        {"-region", {.id = {7}, .text = "EU"}},
        {"health_score", {.id = {7}, .number = 84.325000000000003}},
        {"-health_score", {.id = {7}}},
        {"arr", {.id = {7}, .amount = Money{99'999'999'999'999}}},
        {"updated_at", {.id = {7}, .time = Timestamp{std::chrono::microseconds{1'700'000'000'123'456}}}},
    };
    for (const auto& [name, place] : places) {
        CAPTURE(name);
        const auto order = parse_customer_order(name).value();
        CHECK(to_string(order) == name);
        const auto found = parse_customer_cursor(to_cursor(place, order), order);
        REQUIRE(found);
        CHECK(found->id == place.id);
        CHECK(found->text == place.text);
        CHECK(found->number == place.number);
        CHECK(found->amount == place.amount);
        CHECK(found->time == place.time);
        const CustomerOrder other{
            .by = order.by == CustomerSort::kId ? CustomerSort::kName : CustomerSort::kId,
            .order = order.order};
        CHECK_FALSE(parse_customer_cursor(to_cursor(place, order), other));
    }
}

TEST_CASE("a text that is no cursor is told from one") {
    const CustomerOrder by_name{.by = CustomerSort::kName};
    const CustomerOrder by_score{.by = CustomerSort::kHealthScore};
    for (const char* text : {"", "x", "0", "00", "AB", "zz"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_customer_cursor(text, by_name));
    }
    for (const auto& values : std::vector<std::array<std::string_view, 4>>{{"name", "x", "t", "a"},
                                                                           {"name", "-1", "t", "a"},
                                                                           {"name", "1", "-", ""},
                                                                           {"name", "1", "n", "1"},
                                                                           {"name", "1", "?", "a"},
                                                                           {"name", "1", "-", "a"}}) {
        CAPTURE(values[1], values[2], values[3]);
        CHECK_FALSE(parse_customer_cursor(
            encode_cursor("customers", {values[0], values[1], values[2], values[3]}), by_name));
    }
    for (const char* number : {"", "nan", "inf", "1x", "x"}) {
        CAPTURE(number);
        CHECK_FALSE(
            parse_customer_cursor(encode_cursor("customers", {"health_score", "1", "n", number}), by_score));
    }
    CHECK_FALSE(parse_customer_cursor(encode_cursor("events", {"name", "1", "t", "a"}), by_name));
    CHECK_FALSE(parse_customer_cursor(encode_cursor("customers", {"name", "1"}), by_name));
}

}  // namespace keepwell::api
