#include "domain/money.hpp"

#include <catch2/catch.hpp>
#include <limits>

namespace keepwell {
namespace {

TEST_CASE("An amount is read to the cent and written with two decimals", "[money]") {
    const auto [text, cents, written] = GENERATE(table<std::string, std::int64_t, std::string>({
        {"0", 0, "0.00"},
        {"7", 700, "7.00"},
        {"1234.5", 123450, "1234.50"},
        {"1234.05", 123405, "1234.05"},
        {"-0.01", -1, "-0.01"},
        {"-12.30", -1230, "-12.30"},
        {"0000120", 12000, "120.00"},
        {"999999999999.99", 99'999'999'999'999, "999999999999.99"},
        {"-999999999999.99", -99'999'999'999'999, "-999999999999.99"},
    }));
    INFO(text);
    const auto amount = parse_money(text);
    REQUIRE(amount);
    CHECK(amount->cents == cents);
    CHECK(to_string(*amount) == written);
}

TEST_CASE("What is no amount of whole cents is refused", "[money]") {
    const std::string text =
        GENERATE("", "-", "--5", "--0", "--0.50", "+5", " 5", "5 ", "5.", ".5", "5.123", "5.1x", "5.-1",
                 "5,00", "1e3", "0x10", "NaN", "inf", "1000000000000", "99999999999999999999");
    INFO(text);
    CHECK_FALSE(parse_money(text));
}

TEST_CASE("Amounts add up exactly where binary fractions would not", "[money]") {
    Money sum;
    for (int i = 0; i < 1'000; ++i) sum += *parse_money("0.10");
    CHECK(sum == *parse_money("100"));
    CHECK(sum - *parse_money("100.01") == Money{-1});
    CHECK(Money{1} + Money{2} == Money{3});
    CHECK(to_double(*parse_money("1234.56")) == 1234.56);
}

TEST_CASE("The largest and smallest count of cents can be written", "[money]") {
    CHECK(to_string(kMaximumMoney) == "999999999999.99");
    CHECK(to_string(Money{std::numeric_limits<std::int64_t>::min()}) == "-92233720368547758.08");
}

}  // namespace
}  // namespace keepwell
