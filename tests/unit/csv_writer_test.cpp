#include "services/csv/csv_writer.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <random>

#include "tests/unit/csv_rows.hpp"

namespace keepwell {
namespace {

std::string written(void (*write)(CsvWriter&)) {
    std::string out;
    CsvWriter writer(out);
    write(writer);
    writer.end_row();
    return out;
}

TEST_CASE("Fields are quoted when they have to be", "[csv]") {
    CHECK(written([](CsvWriter& writer) { writer.text("a").text("b c").text(""); }) == "a,b c,\r\n");
    CHECK(written([](CsvWriter& writer) { writer.text("a,b").text("say \"hi\""); }) ==
          "\"a,b\",\"say \"\"hi\"\"\"\r\n");
    CHECK(written([](CsvWriter& writer) { writer.text("a\nb").text("a\rb"); }) == "\"a\nb\",\"a\rb\"\r\n");
    CHECK(written([](CsvWriter& writer) { writer.text(" a").text("a "); }) == "\" a\",\"a \"\r\n");
}

TEST_CASE("Text that a spreadsheet would run is defused", "[csv]") {
    CHECK(written([](CsvWriter& writer) { writer.text("=1+1").text("+1").text("-1").text("@SUM(A1)"); }) ==
          "'=1+1,'+1,'-1,'@SUM(A1)\r\n");
    CHECK(written([](CsvWriter& writer) { writer.text("\t=1").text("\r=1"); }) == "\"'\t=1\",\"'\r=1\"\r\n");
    CHECK(written([](CsvWriter& writer) { writer.text("=HYPERLINK(\"http://a\",\"b\")"); }) ==
          "\"'=HYPERLINK(\"\"http://a\"\",\"\"b\"\")\"\r\n");
    CHECK(written([](CsvWriter& writer) { writer.exact("-1").text("a=1").text("a-b"); }) == "-1,a=1,a-b\r\n");
}

TEST_CASE("Numbers are written as they are", "[csv]") {
    CHECK(written([](CsvWriter& writer) { writer.number(-5).number(7U).number(0.75).number(-0.1); }) ==
          "-5,7,0.75,-0.1\r\n");
    CHECK(written([](CsvWriter& writer) {
              writer.number(std::numeric_limits<std::int64_t>::min());
              writer.number(std::numeric_limits<std::uint64_t>::max());
          }) == "-9223372036854775808,18446744073709551615\r\n");
    CHECK(written([](CsvWriter& writer) {
              writer.number(std::nan("")).number(HUGE_VAL).empty().number(1);
          }) == ",,,1\r\n");
    CHECK(written([](CsvWriter& writer) { writer.number(std::numeric_limits<double>::lowest()); }) ==
          "-1.7976931348623157e+308\r\n");
}

TEST_CASE("A row of one empty field is not a blank line", "[csv]") {
    CHECK(written([](CsvWriter& writer) { writer.text(""); }) == "\"\"\r\n");
    CHECK(written([](CsvWriter& writer) { writer.empty().empty(); }) == ",\r\n");
}

TEST_CASE("What is written is read back the same", "[csv]") {
    const std::vector<std::string> naughty = {"",
                                              " ",
                                              "\"",
                                              "\"\"",
                                              ",",
                                              "\n",
                                              "\r\n",
                                              "\r",
                                              "\t",
                                              "a\"b",
                                              "\"a",
                                              "a\"",
                                              ";|",
                                              "=1",
                                              "'",
                                              "\xEF\xBB\xBF",
                                              "\xEF\xBB\xBFx",
                                              "\xE2\x80\xAE"
                                              "abc",
                                              "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB",
                                              "a\xCC\x81",
                                              "\\\"",
                                              "NULL",
                                              "undefined",
                                              "<script>alert(1)</script>",
                                              "' OR 1=1 --",
                                              "sep=;",
                                              "1e309",
                                              "\x7F\x01"};
    std::mt19937 random(4711);
    for (int round = 0; round < 300; ++round) {
        // The first row fixes the delimiter, as a header does.
        std::vector<std::vector<std::string>> rows = {{"h", "h", "h"}};
        for (std::size_t i = random() % 8; i > 0; --i) {
            auto& row = rows.emplace_back();
            for (std::size_t field = 1 + random() % 5; field > 0; --field) {
                std::string text = naughty[random() % naughty.size()];
                if (random() % 3 == 0) text += naughty[random() % naughty.size()];
                if (random() % 9 == 0) text.append(random() % 200, 'x');
                row.push_back(text);
            }
        }
        std::string out;
        CsvWriter writer(out);
        for (const auto& row : rows) {
            for (const std::string& field : row) writer.exact(field);
            writer.end_row();
        }
        INFO(out);
        REQUIRE(read_fields(out) == rows);
    }
}

}  // namespace
}  // namespace keepwell
