#include "services/csv/csv_reader.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "services/csv/csv_marks.hpp"
#include "tests/unit/csv_rows.hpp"

namespace keepwell {
namespace {

using Fields = std::vector<std::vector<std::string>>;

struct Example {
    std::string name;
    std::string input;
    Fields rows;
};

const std::vector<Example>& examples() {
    static const std::vector<Example> all = {
        {"nothing", "", {}},
        {"a byte order mark alone", "\xEF\xBB\xBF", {}},
        {"LF", "a,b\n1,2\n", {{"a", "b"}, {"1", "2"}}},
        {"CRLF", "a,b\r\n1,2\r\n", {{"a", "b"}, {"1", "2"}}},
        {"lone CR", "a,b\r1,2\r", {{"a", "b"}, {"1", "2"}}},
        {"mixed line ends", "a,b\r\n1,2\n3,4\r5,6", {{"a", "b"}, {"1", "2"}, {"3", "4"}, {"5", "6"}}},
        {"no line end at the end", "a,b\n1,2", {{"a", "b"}, {"1", "2"}}},
        {"a byte order mark",
         "\xEF\xBB\xBF"
         "a,b\n1,2",
         {{"a", "b"}, {"1", "2"}}},
        {"a byte order mark before a quote", "\xEF\xBB\xBF\"a,x\",b\n", {{"a,x", "b"}}},
        {"blank lines", "\n\r\na,b\n\n\r\n1,2\n\r\r", {{"a", "b"}, {"1", "2"}}},
        {"empty fields", "a,,\n,,\n", {{"a", "", ""}, {"", "", ""}}},
        {"spaces", " a , b\n \n", {{" a ", " b"}, {" "}}},
        {"an empty quoted field alone", "a\n\"\"\n", {{"a"}, {""}}},
        {"quoted fields", "\"a\",\"b\"\n\"1,2\",3\n", {{"a", "b"}, {"1,2", "3"}}},
        {"quoted line ends", "a,b\n\"1\n2\r\n3\r4\",5\n", {{"a", "b"}, {"1\n2\r\n3\r4", "5"}}},
        {"doubled quotes", "a\n\"say \"\"hi\"\"\"\n\"\"\"\"\n", {{"a"}, {"say \"hi\""}, {"\""}}},
        {"a quote inside an unquoted field", "a,b\n5\" pipe,x\"y\"\n", {{"a", "b"}, {"5\" pipe", "x\"y\""}}},
        {"a space before a quote", "a,b\nx, \"y\"\n", {{"a", "b"}, {"x", " \"y\""}}},
        {"spaces after a quote", "\"a\"  ,\"b\" \n", {{"a", "b"}}},
        {"semicolons", "a;b;c,d\n1;2;3,5\n", {{"a", "b", "c,d"}, {"1", "2", "3,5"}}},
        {"tabs", "a\tb\n1\t2,5\n", {{"a", "b"}, {"1", "2,5"}}},
        {"pipes", "a|b|c,d\n1|2|3\n", {{"a", "b", "c,d"}, {"1", "2", "3"}}},
        {"delimiters in a quoted header", "\"a;b;c;d\",e\n1,2\n", {{"a;b;c;d", "e"}, {"1", "2"}}},
        {"a line end in a quoted header", "\"a\nx\";b\n1;2\n", {{"a\nx", "b"}, {"1", "2"}}},
        {"the separator line of Excel", "sep=;\r\na;b\r\n1,0;2\r\n", {{"a", "b"}, {"1,0", "2"}}},
        {"one column", "name\nAcme\n", {{"name"}, {"Acme"}}},
        {"UTF-8",
         "\xC3\xA4,\xE2\x82\xAC\n\xF0\x9F\x98\x80,x\n",
         {{"\xC3\xA4", "\xE2\x82\xAC"}, {"\xF0\x9F\x98\x80", "x"}}},
        {"a formula", "a,b\n=1+1,@x\n", {{"a", "b"}, {"=1+1", "@x"}}},
    };
    return all;
}

TEST_CASE("CSV is split into rows and fields", "[csv]") {
    const auto& example = GENERATE(from_range(examples()));
    INFO(example.name);
    CHECK(read_fields(example.input) == example.rows);
}

struct BadExample {
    std::string name;
    std::string input;
    CsvProblem problem;
    std::size_t row;
    std::uint64_t line;
    std::size_t field;
};

const std::vector<BadExample>& bad_examples() {
    static const std::vector<BadExample> all = {
        {"text after a quote", "a,b\n1,\"2\"x\n3,4\n", CsvProblem::kTextAfterQuote, 1, 2, 1},
        {"text after a quote at the end", "a,b\n1,\"2\" x", CsvProblem::kTextAfterQuote, 1, 2, 1},
        {"a quote after a quote", "a,b\n\"1\" \"2\",3\n", CsvProblem::kTextAfterQuote, 1, 2, 0},
        {"NUL", std::string("a,b\n1,x\0y\n3,4\n", 14), CsvProblem::kNulByte, 1, 2, 1},
        {"a lone continuation byte", "a,b\n\x80,2\n", CsvProblem::kInvalidUtf8, 1, 2, 0},
        {"Latin-1", "a,b\n1,M\xFCller\n", CsvProblem::kInvalidUtf8, 1, 2, 1},
        {"overlong UTF-8", "a,b\n1,\xC0\xAF\n", CsvProblem::kInvalidUtf8, 1, 2, 1},
        {"overlong UTF-8 of three bytes", "a,b\n1,\xE0\x80\xAF\n", CsvProblem::kInvalidUtf8, 1, 2, 1},
        {"overlong UTF-8 of four bytes", "a,b\n1,\xF0\x80\x80\xAF\n", CsvProblem::kInvalidUtf8, 1, 2, 1},
        {"a surrogate", "a,b\n1,\xED\xA0\x80\n", CsvProblem::kInvalidUtf8, 1, 2, 1},
        {"beyond U+10FFFF", "a,b\n1,\xF4\x90\x80\x80\n", CsvProblem::kInvalidUtf8, 1, 2, 1},
        {"a character cut off by a delimiter", "a,b\n\xE2\x82,2\n", CsvProblem::kInvalidUtf8, 1, 2, 0},
        {"a character cut off by the end", "a,b\n1,\xF0\x9F\x98", CsvProblem::kInvalidUtf8, 1, 2, 1},
        {"an open quote at the end", "a,b\n1,2\n3,\"4", CsvProblem::kUnterminatedQuote, 2, 3, 0},
        {"an open quote at the end of a line", "a,b\n3,\"4\n", CsvProblem::kUnterminatedQuote, 1, 2, 0},
    };
    return all;
}

TEST_CASE("A bad row is reported with its line, its field and what is wrong", "[csv]") {
    const auto& example = GENERATE(from_range(bad_examples()));
    INFO(example.name);
    const auto rows = read_rows(example.input);
    REQUIRE(rows.size() > example.row);
    CHECK(rows[example.row].problem == example.problem);
    CHECK(rows[example.row].line == example.line);
    CHECK(rows[example.row].problem_field == example.field);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i != example.row) CHECK(rows[i].problem == CsvProblem::kNone);
    }
}

TEST_CASE("Where the input is cut never changes the rows", "[csv]") {
    std::vector<std::string> inputs;
    for (const Example& example : examples()) inputs.push_back(example.input);
    for (const BadExample& example : bad_examples()) inputs.push_back(example.input);
    const std::string header(100, 'h');
    inputs.push_back(header + ",b\r\n\"" + std::string(61, 'x') + "\"\"\r\n\",2\r\n" + std::string(62, 'y') +
                     ",z\r\n");
    // With a limit of 16 bytes: rows that are too long, quotes that are given up, and what follows them.
    inputs.emplace_back("a,b\r\n0123456789012345678\r\n1,\"2\r\n34567890123456789\",5\r\n\"6\",7\r\n8,9");
    inputs.emplace_back("a,b\n\"123456789012345678901234567890\"\"\",\"x\ny\"\n1,\"\n2,3");
    const std::string& input = GENERATE_REF(from_range(inputs));
    const std::size_t max_row_bytes = GENERATE(std::size_t{16}, CsvReader::kDefaultMaxRowBytes);

    const auto whole = read_rows(input, max_row_bytes);
    for (std::size_t cut = 0; cut <= input.size(); ++cut) {
        const std::string_view text = input;
        CsvReader reader(max_row_bytes);
        INFO("cut at " << cut);
        REQUIRE(read_pieces(reader, {text.substr(0, cut), text.substr(cut)}) == whole);
    }
    std::vector<std::string_view> bytes;
    for (std::size_t at = 0; at < input.size(); ++at) bytes.push_back(std::string_view(input).substr(at, 1));
    CsvReader reader(max_row_bytes);
    CHECK(read_pieces(reader, bytes) == whole);
}

TEST_CASE("Blocks may be fed before all rows have been taken", "[csv]") {
    const std::string input = "a,b\n1,\"2\n\"\n\"3\"\"\",4\r\n5,6\n\n7,\xFF\n8,9";
    const auto whole = read_rows(input);
    for (std::size_t cut = 0; cut <= input.size(); ++cut) {
        CsvReader reader;
        std::vector<SeenRow> rows;
        CsvRow row;
        reader.feed(std::string_view(input).substr(0, cut));
        const bool has_row = reader.next(row);
        reader.feed(std::string_view(input).substr(cut));
        reader.finish();
        drain(reader, rows);
        INFO("cut at " << cut);
        REQUIRE(rows == std::vector<SeenRow>(whole.begin() + (has_row ? 1 : 0), whole.end()));
    }
}

TEST_CASE("A row tells its first line and where the next one begins", "[csv]") {
    const std::string input =
        "\xEF\xBB\xBF"
        "a,b\r\n\r\n\"1\r\n\n\r2\",3\r\n4,5";
    const auto rows = read_rows(input);
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].line == 1);
    CHECK(rows[0].next == CsvPosition{8, 2});
    CHECK(rows[1].line == 3);
    CHECK(rows[1].next == CsvPosition{input.size() - 3, 7});
    CHECK(rows[2].line == 7);
    CHECK(rows[2].next.offset == input.size());
}

TEST_CASE("Reading can resume behind any row", "[csv]") {
    const std::string input = "a;b\r\n\n1;\"x\ny\"\n\n\"2\"z;3\r4;5\n6;\xFF\n7;8";
    const auto all = read_rows(input);
    REQUIRE(all.size() == 6);
    for (std::size_t i = 0; i < all.size(); ++i) {
        CsvReader reader(CsvDialect{';'}, all[i].next);
        const std::vector<SeenRow> rest(all.begin() + static_cast<std::ptrdiff_t>(i) + 1, all.end());
        CHECK(read_pieces(reader, {std::string_view(input).substr(all[i].next.offset)}) == rest);
    }
}

TEST_CASE("A line of 10 MB is skipped, and the rows behind it are read", "[csv]") {
    const std::size_t block_bytes = 1 << 20;
    const std::string fill =
        GENERATE(std::string("x"), std::string("\""), std::string("x,"), std::string("\xFF"));
    std::string input = "a,b\n";
    while (input.size() < 10'000'000) input += fill;
    const std::size_t line_end = input.size();
    input += "\n1,2\n";

    CsvReader reader;
    std::vector<std::string_view> blocks;
    for (std::size_t at = 0; at < input.size(); at += block_bytes) {
        blocks.push_back(std::string_view(input).substr(at, block_bytes));
    }
    const auto rows = read_pieces(reader, blocks);
    REQUIRE(rows.size() == 3);
    CHECK(rows[1].problem == CsvProblem::kLineTooLong);
    CHECK(rows[1].line == 2);
    CHECK(rows[1].next == CsvPosition{line_end + 1, 3});
    CHECK(rows[2].fields == std::vector<std::string>{"1", "2"});
    CHECK(rows[2].line == 3);
}

TEST_CASE("The limit of a row is exact", "[csv]") {
    const auto rows = read_rows("a,b\n12345678\n123456789\n\"345678\"\n\"3456789\"\n", 8);
    REQUIRE(rows.size() == 5);
    CHECK(rows[1].problem == CsvProblem::kNone);
    CHECK(rows[2].problem == CsvProblem::kLineTooLong);
    CHECK(rows[3].problem == CsvProblem::kNone);
    CHECK(rows[4].problem == CsvProblem::kLineTooLong);
}

TEST_CASE("A row may have 1000 fields and no more", "[csv]") {
    std::string fields = "a";
    for (int i = 1; i < 1000; ++i) fields += ",1";
    const auto rows = read_rows(fields + '\n' + fields + ",1,\"2,3\"\nlast\n");
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].problem == CsvProblem::kNone);
    CHECK(rows[0].fields.size() == 1000);
    CHECK(rows[1].problem == CsvProblem::kTooManyFields);
    CHECK(rows[1].fields == rows[0].fields);
    CHECK(rows[2].problem == CsvProblem::kNone);
    CHECK(rows[2].line == 3);
}

TEST_CASE("A stray quote costs its own row and no other", "[csv]") {
    std::string input = "a,b\n1,2\n3,\"4\n";
    for (int i = 0; i < 500'000; ++i) input += "5,6\n";
    const auto rows = read_rows(input);
    REQUIRE(rows.size() == 500'003);
    CHECK(rows[2].problem == CsvProblem::kUnterminatedQuote);
    CHECK(rows[2].line == 3);
    CHECK(rows[2].next == CsvPosition{13, 4});
    std::uint64_t line = 4;
    for (std::size_t i = 3; i < rows.size(); ++i, ++line) {
        if (rows[i].line != line || rows[i].fields.size() != 2) FAIL("row " << i << ": " << rows[i]);
    }
}

TEST_CASE("A stray quote does not reach the next quoted field", "[csv]") {
    const auto rows = read_rows("a,b\n1,\"2\n3,4\n\"x,y\",6\n7,\"8\"\n9,0\n");
    REQUIRE(rows.size() == 6);
    CHECK(rows[1].problem == CsvProblem::kUnterminatedQuote);
    CHECK(rows[2].fields == std::vector<std::string>{"3", "4"});
    CHECK(rows[3].fields == std::vector<std::string>{"x,y", "6"});
    CHECK(rows[3].line == 4);
    CHECK(rows[4].fields == std::vector<std::string>{"7", "8"});
    CHECK(rows[5].fields == std::vector<std::string>{"9", "0"});
}

TEST_CASE("A file full of stray quotes is read in one pass and a bit", "[csv]") {
    std::string input = "a,b,c\n";
    while (input.size() < 20'000'000) input += "x\",\"\n";
    CsvReader reader;
    reader.feed(input);
    reader.finish();
    CsvRow row;
    std::size_t bad = 0;
    while (reader.next(row)) bad += row.problem == CsvProblem::kUnterminatedQuote ? 1 : 0;
    // Searching up to a megabyte for every row would take an hour here, and the test would time out.
    CHECK(bad == 3'999'999);
}

TEST_CASE("Both ways to find marks see the same", "[csv]") {
    std::mt19937 random(20241101);
    std::string block(CsvMarks::kBlockBytes, '\0');
    for (int round = 0; round < 2000; ++round) {
        for (char& byte : block) {
            const auto choice = random() % 4;
            byte = choice == 0 ? ",;\"\r\n\t|\0"[random() % 8] : static_cast<char>(random() % 256);
        }
        const char delimiter = ",;\t|"[random() % 4];
        const CsvMarks fast = find_csv_marks(block.data(), delimiter);
        const CsvMarks plain = find_csv_marks_portably(block.data(), delimiter);
        REQUIRE(fast.marks == plain.marks);
        REQUIRE(fast.odd == plain.odd);
    }
}

TEST_CASE("Rows of nothing but delimiters and spaces are blank", "[csv]") {
    CsvReader reader;
    reader.feed("a,b\n , \n,x\n");
    reader.finish();
    CsvRow row;
    REQUIRE(reader.next(row));
    CHECK_FALSE(row.is_blank());
    REQUIRE(reader.next(row));
    CHECK(row.is_blank());
    REQUIRE(reader.next(row));
    CHECK_FALSE(row.is_blank());
}

}  // namespace
}  // namespace keepwell
