#include "services/csv/metrics_row.hpp"

#include <catch2/catch.hpp>
#include <cmath>

namespace keepwell {
namespace {

constexpr Date kToday = std::chrono::year{2024} / 10 / 31;
constexpr std::string_view kHeader =
    "account_name,segment,region,arr,date,daily_active_users,feature_adoption_rate,support_tickets_open,nps_"
    "score,"
    "login_frequency\n";

struct Outcome {
    ParsedMetricsRow values;
    std::vector<RowError> errors;
    bool is_valid = false;
    std::string name;
    std::string segment;
    std::string region;
};

/// Reads the second row of `csv` by the header in the first.
void parse(const std::string& csv, Outcome& outcome,
           std::size_t max_row_bytes = CsvReader::kDefaultMaxRowBytes) {
    CsvReader reader(max_row_bytes);
    reader.feed(csv);
    reader.finish();
    CsvRow row;
    REQUIRE(reader.next(row));
    const auto columns = MetricsColumns::from_header(row.fields);
    REQUIRE(columns.is_usable());
    REQUIRE(reader.next(row));
    outcome.errors.clear();
    outcome.is_valid = parse_metrics_row(row, columns, kToday, outcome.values, outcome.errors);
    CHECK(outcome.is_valid == outcome.errors.empty());
    if (outcome.is_valid) {
        outcome.name = outcome.values.account_name;
        outcome.segment = outcome.values.segment;
        outcome.region = outcome.values.region;
    }
}

/// A good row in which one column has another value, quoted.
std::string row_with(MetricsColumn column, std::string_view value) {
    std::vector<std::string> fields = {"Acme", "SMB",  "US", "500000", "2024-10-01",
                                       "150",  "0.75", "2",  "50",     "0.85"};
    fields[static_cast<std::size_t>(column)] = '"' + std::string(value) + '"';
    std::string row(kHeader);
    for (std::size_t i = 0; i < fields.size(); ++i) row += (i == 0 ? "" : ",") + fields[i];
    return row + '\n';
}

Outcome& parse_with(Outcome& outcome, MetricsColumn column, std::string_view value) {
    parse(row_with(column, value), outcome);
    return outcome;
}

TEST_CASE("A plain row of metrics is read", "[csv]") {
    Outcome outcome;
    parse(std::string(kHeader) + " Acme Corp , Enterprise,US,500000,2024-10-01,150,0.75,2,50,0.85\n",
          outcome);
    REQUIRE(outcome.is_valid);
    CHECK(outcome.name == "Acme Corp");
    CHECK(outcome.segment == "Enterprise");
    CHECK(outcome.region == "US");
    CHECK(outcome.values.arr == Money{50'000'000});
    CHECK(to_string(outcome.values.date) == "2024-10-01");
    CHECK(outcome.values.daily_active_users == 150);
    CHECK(outcome.values.feature_adoption_rate == 0.75);
    CHECK(outcome.values.support_tickets_open == 2);
    CHECK(outcome.values.nps_score == 50.0);
    CHECK(outcome.values.login_frequency == 0.85);
}

TEST_CASE("Amounts become cents, rounded half up", "[csv]") {
    struct Case {
        std::string text;
        std::int64_t cents;
    };
    const auto& [text, cents] = GENERATE(values<Case>({
        {"0", 0},
        {"-0", 0},
        {"-0.00", 0},
        {"0.004", 0},
        {"0.005", 1},
        {".5", 50},
        {"5.", 500},
        {"+5", 500},
        {"1.005", 101},
        {"1.00499999999999999999999", 100},
        {"0.994999", 99},
        {"0.995", 100},
        {"500000", 50'000'000},
        {"000500000.10", 50'000'010},
        {"5e5", 50'000'000},
        {"5E+5", 50'000'000},
        {"1.2345e2", 12'345},
        {"12345e-2", 12'345},
        {"5e-3", 1},
        {"4e-3", 0},
        {"5e-4", 0},
        {"1e-999999999999999999999", 0},
        {"0e999999999999999999999", 0},
        {"999999999999.99", 99'999'999'999'999},
        {"999999999999.994", 99'999'999'999'999},
        {"9.9999999999999e11", 99'999'999'999'999},
    }));
    INFO(text);
    Outcome outcome;
    REQUIRE(parse_with(outcome, MetricsColumn::kArr, text).is_valid);
    CHECK(outcome.values.arr.cents == cents);
}

TEST_CASE("Numbers are read in the forms that exports have", "[csv]") {
    Outcome outcome;
    CHECK(parse_with(outcome, MetricsColumn::kDailyActiveUsers, "150.0").values.daily_active_users == 150);
    CHECK(parse_with(outcome, MetricsColumn::kDailyActiveUsers, " 7 ").values.daily_active_users == 7);
    CHECK(parse_with(outcome, MetricsColumn::kDailyActiveUsers, "2147483647").values.daily_active_users ==
          2147483647);
    CHECK(parse_with(outcome, MetricsColumn::kSupportTicketsOpen, "1e3").values.support_tickets_open == 1000);
    CHECK(parse_with(outcome, MetricsColumn::kSupportTicketsOpen, "+3").values.support_tickets_open == 3);
    CHECK(parse_with(outcome, MetricsColumn::kLoginFrequency, "1").values.login_frequency == 1.0);
    CHECK(parse_with(outcome, MetricsColumn::kLoginFrequency, "1.0e-400").values.login_frequency == 0.0);
    CHECK(parse_with(outcome, MetricsColumn::kLoginFrequency, "." + std::string(500, '0') + "1").is_valid);
    CHECK_FALSE(
        std::signbit(parse_with(outcome, MetricsColumn::kLoginFrequency, "-0").values.login_frequency));
    CHECK(parse_with(outcome, MetricsColumn::kNpsScore, "-100").values.nps_score == -100.0);
    CHECK(parse_with(outcome, MetricsColumn::kNpsScore, "12.5").values.nps_score == 12.5);
    CHECK(parse_with(outcome, MetricsColumn::kNpsScore, "  ").is_valid);
    CHECK_FALSE(outcome.values.nps_score.has_value());
}

TEST_CASE("Dates are read from days and from timestamps", "[csv]") {
    const std::string text =
        GENERATE("2024-10-01", " 2024-10-01 ", "2024-10-01T23:59:59Z", "2024-10-01 00:00:00",
                 "2024-10-01T10:30", "2024-10-01T10:30:00.123456+02:00", "2024-10-01T10:30:00-0500",
                 "2024-10-01 10:30:00 UTC", "2024-10-01T10:30:00+02");
    INFO(text);
    Outcome outcome;
    REQUIRE(parse_with(outcome, MetricsColumn::kDate, text).is_valid);
    CHECK(to_string(outcome.values.date) == "2024-10-01");
}

TEST_CASE("A date may be from 1970 to one day ahead", "[csv]") {
    Outcome outcome;
    CHECK(parse_with(outcome, MetricsColumn::kDate, "1970-01-01").is_valid);
    CHECK(parse_with(outcome, MetricsColumn::kDate, "2024-02-29").is_valid);
    CHECK(parse_with(outcome, MetricsColumn::kDate, "2024-11-01").is_valid);
    CHECK_FALSE(parse_with(outcome, MetricsColumn::kDate, "2024-11-02").is_valid);
}

TEST_CASE("A wrong value is refused with its column, its code and how to mend it", "[csv]") {
    struct Case {
        MetricsColumn column;
        std::string value;
        RowErrorCode code;
        std::string in_message;
    };
    using Column = MetricsColumn;
    using Code = RowErrorCode;
    const auto& [column, value, code, in_message] = GENERATE(values<Case>({
        {Column::kAccountName, "", Code::kMissingValue, "an account_name"},
        {Column::kAccountName, " \t ", Code::kMissingValue, "empty"},
        {Column::kAccountName, std::string(201, 'x'), Code::kTooLong, "200 characters"},
        {Column::kAccountName, "a\tb", Code::kControlCharacter, "a\\x09b"},
        {Column::kAccountName, "a\nb", Code::kControlCharacter, "remove"},
        {Column::kAccountName, "a\x7F", Code::kControlCharacter, "remove"},
        {Column::kAccountName,
         "a\xC2\x85"
         "b",
         Code::kControlCharacter, "remove"},
        {Column::kSegment, "", Code::kMissingValue, "a segment"},
        {Column::kSegment, std::string(101, 'x'), Code::kTooLong, "100 characters"},
        {Column::kRegion, "", Code::kMissingValue, "a region"},
        {Column::kArr, "", Code::kMissingValue, "an arr"},
        {Column::kArr, "500,000", Code::kNotANumber, "write it as 500000."},
        {Column::kArr, "1,234,567.89", Code::kNotANumber, "write it as 1234567.89."},
        {Column::kArr, "1234,5", Code::kNotANumber, "write it as 1234.5."},
        {Column::kArr, "$5", Code::kNotANumber, "write it as 5."},
        {Column::kArr, "5 \xE2\x82\xAC", Code::kNotANumber, "write it as 5."},
        {Column::kArr, "=1+1", Code::kNotANumber, "\"=1+1\""},
        {Column::kArr, "a lot", Code::kNotANumber, "1500"},
        {Column::kArr, "NaN", Code::kNotANumber, "not a number"},
        {Column::kArr, "inf", Code::kNotANumber, "not a number"},
        {Column::kArr, "1e", Code::kNotANumber, "not a number"},
        {Column::kArr, ".", Code::kNotANumber, "not a number"},
        {Column::kArr, "0x10", Code::kNotANumber, "not a number"},
        {Column::kArr, "-1", Code::kOutOfRange, "from 0"},
        {Column::kArr, "999999999999.995", Code::kOutOfRange, "999999999999.99"},
        {Column::kArr, "1e400", Code::kOutOfRange, "999999999999.99"},
        {Column::kArr, "1e99999999999999999999", Code::kOutOfRange, "999999999999.99"},
        {Column::kArr, std::string(100'000, '9'), Code::kOutOfRange, "\xE2\x80\xA6\""},
        {Column::kDate, "", Code::kMissingValue, "a date"},
        {Column::kDate, "31/02/2024", Code::kInvalidDate, "YYYY-MM-DD"},
        {Column::kDate, "2024-02-31", Code::kInvalidDate, "calendar"},
        {Column::kDate, "2023-02-29", Code::kInvalidDate, "calendar"},
        {Column::kDate, "2024-13-01", Code::kInvalidDate, "calendar"},
        {Column::kDate, "2024-1-1", Code::kInvalidDate, "YYYY-MM-DD"},
        {Column::kDate, "2024-10-01x", Code::kInvalidDate, "YYYY-MM-DD"},
        {Column::kDate, "2024-10-01T25:00", Code::kInvalidDate, "YYYY-MM-DD"},
        {Column::kDate, "45566", Code::kInvalidDate, "YYYY-MM-DD"},
        {Column::kDate, "1969-12-31", Code::kOutOfRange, "1970"},
        {Column::kDate, "2024-11-02", Code::kDateInFuture, "future"},
        {Column::kDate, "9999-12-31", Code::kDateInFuture, "future"},
        {Column::kDailyActiveUsers, "", Code::kMissingValue, "a daily_active_users"},
        {Column::kDailyActiveUsers, "-1", Code::kOutOfRange, "from 0"},
        {Column::kDailyActiveUsers, "-0.5", Code::kNotAnInteger, "whole number"},
        {Column::kDailyActiveUsers, "1.5", Code::kNotAnInteger, "whole number"},
        {Column::kDailyActiveUsers, "2147483648", Code::kOutOfRange, "2147483647"},
        {Column::kDailyActiveUsers, "5e9", Code::kOutOfRange, "2147483647"},
        {Column::kDailyActiveUsers, std::string(100'000, '5'), Code::kOutOfRange, "2147483647"},
        {Column::kDailyActiveUsers, "1e400", Code::kOutOfRange, "2147483647"},
        {Column::kDailyActiveUsers, "many", Code::kNotANumber, "1500"},
        {Column::kDailyActiveUsers, "1 500", Code::kNotANumber, "not a number"},
        {Column::kFeatureAdoptionRate, "7.5", Code::kOutOfRange, "divide it by 100"},
        {Column::kFeatureAdoptionRate, "750", Code::kOutOfRange, "from 0 to 1."},
        {Column::kFeatureAdoptionRate, "-0.1", Code::kOutOfRange, "from 0 to 1."},
        {Column::kFeatureAdoptionRate, "0.5e400", Code::kOutOfRange, "from 0 to 1."},
        {Column::kFeatureAdoptionRate, "75%", Code::kNotANumber, "0.75 for 75 %"},
        {Column::kFeatureAdoptionRate, "0,750", Code::kNotANumber, "write it as 0.750."},
        {Column::kFeatureAdoptionRate, "nan", Code::kNotANumber, "0.75"},
        {Column::kLoginFrequency, "", Code::kMissingValue, "a login_frequency"},
        {Column::kLoginFrequency, "-inf", Code::kNotANumber, "not a number"},
        {Column::kLoginFrequency, "1.0001", Code::kOutOfRange, "from 0 to 1"},
        {Column::kSupportTicketsOpen, "-3", Code::kOutOfRange, "from 0"},
        {Column::kSupportTicketsOpen, "2.5", Code::kNotAnInteger, "whole number"},
        {Column::kNpsScore, "400", Code::kOutOfRange, "-100 to 100"},
        {Column::kNpsScore, "-100.1", Code::kOutOfRange, "-100 to 100"},
        {Column::kNpsScore, "NaN", Code::kNotANumber, "leave it empty"},
        {Column::kNpsScore, "n/a", Code::kNotANumber, "leave it empty"},
    }));
    INFO(to_string(column) << ": " << value.substr(0, 100));
    Outcome outcome;
    parse_with(outcome, column, value);
    REQUIRE(outcome.errors.size() == 1);
    const RowError& error = outcome.errors.front();
    CHECK(error.line == 2);
    CHECK(error.column == to_string(column));
    CHECK(error.code == code);
    CHECK_THAT(error.message, Catch::StartsWith(std::string(to_string(column))));
    CHECK_THAT(error.message, Catch::Contains(in_message));
    CHECK_THAT(error.message, Catch::EndsWith("."));
    CHECK(error.message.size() < 300);
}

TEST_CASE("All mistakes of a row are reported", "[csv]") {
    Outcome outcome;
    parse(std::string(kHeader) + ",,,x,31/02,-1,7.5,1.5,400,inf\n", outcome);
    std::vector<std::pair<std::string, RowErrorCode>> found;
    for (const RowError& error : outcome.errors) found.emplace_back(error.column, error.code);
    const std::vector<std::pair<std::string, RowErrorCode>> expected = {
        {"account_name", RowErrorCode::kMissingValue},
        {"segment", RowErrorCode::kMissingValue},
        {"region", RowErrorCode::kMissingValue},
        {"arr", RowErrorCode::kNotANumber},
        {"date", RowErrorCode::kInvalidDate},
        {"daily_active_users", RowErrorCode::kOutOfRange},
        {"feature_adoption_rate", RowErrorCode::kOutOfRange},
        {"support_tickets_open", RowErrorCode::kNotAnInteger},
        {"nps_score", RowErrorCode::kOutOfRange},
        {"login_frequency", RowErrorCode::kNotANumber},
    };
    CHECK(found == expected);
}

TEST_CASE("What is wrong with the row as a whole is reported", "[csv]") {
    struct Case {
        std::string row;
        RowErrorCode code;
        std::string column;
    };
    using Code = RowErrorCode;
    const auto& [row, code, column] = GENERATE(values<Case>({
        {"Acme,SMB,US,1,2024-10-01,1,0.5,1,5", Code::kFieldCount, ""},
        {"Acme", Code::kFieldCount, ""},
        {"Acme,SMB,US,1,2024-10-01,1,0.5,1,5,0.5,x", Code::kFieldCount, ""},
        {"Acme" + std::string(1000, ','), Code::kFieldCount, ""},
        {"Acme,SMB,US,1,2024-10-01,1,0.5,1,5,\"0.5", Code::kUnterminatedQuote, ""},
        {"Acme,\"SMB\"x,US,1,2024-10-01,1,0.5,1,5,0.5", Code::kTextAfterQuote, "segment"},
        {"Acme,SMB,US,1,2024-10-01,1,0.5,1,5,0.5" + std::string(2000, 'x'), Code::kLineTooLong, ""},
        {"M\xFCller,SMB,US,1,2024-10-01,1,0.5,1,5,0.5", Code::kInvalidUtf8, "account_name"},
        {"Acme,SMB,US,1\xFF,2024-10-01,1,0.5,1,5,0.5", Code::kInvalidUtf8, "arr"},
        {"Acme,SMB,U" + std::string(1, '\0') + "S,1,2024-10-01,1,0.5,1,5,0.5", Code::kNulByte, "region"},
    }));
    INFO(row.substr(0, 100));
    Outcome outcome;
    parse(std::string(kHeader) + row + '\n', outcome, 1500);
    REQUIRE(outcome.errors.size() == 1);
    CHECK(outcome.errors[0].line == 2);
    CHECK(outcome.errors[0].code == code);
    CHECK(outcome.errors[0].column == column);
    CHECK_THAT(outcome.errors[0].message, Catch::EndsWith("."));
}

TEST_CASE("Bytes that are not UTF-8 do not hide the other mistakes", "[csv]") {
    Outcome outcome;
    parse(std::string(kHeader) + "M\xFCller,\xFF,US,-1,2024-10-01,1,0.5,1,5,0.5\n", outcome);
    REQUIRE(outcome.errors.size() == 3);
    CHECK(outcome.errors[0].column == "account_name");
    CHECK(outcome.errors[1].column == "segment");
    CHECK(outcome.errors[2].column == "arr");
}

TEST_CASE("A delimiter at the end of a row does no harm", "[csv]") {
    Outcome outcome;
    parse(std::string(kHeader) + "Acme,SMB,US,1,2024-10-01,1,0.5,1,5,0.5,\n", outcome);
    CHECK(outcome.is_valid);
    std::string header(kHeader);
    header.insert(header.size() - 1, ",");
    parse(header + "Acme,SMB,US,1,2024-10-01,1,0.5,1,5,0.5,\n", outcome);
    CHECK(outcome.is_valid);
    parse(header + "Acme,SMB,US,1,2024-10-01,1,0.5,1,5,0.5\n", outcome);
    CHECK(outcome.is_valid);
}

TEST_CASE("A custom attribute has at most 2,000 characters", "[csv]") {
    std::string header(kHeader);
    header.insert(header.size() - 1, ",notes");
    const auto parse_notes = [&](const std::string& notes, Outcome& outcome) {
        parse(header + "Acme,SMB,US,1,2024-10-01,1,0.5,1,5,0.5," + notes + "\n", outcome);
    };
    Outcome outcome;
    std::string longest;
    for (int i = 0; i < 2000; ++i) longest += "\xC3\xA9";
    parse_notes(longest, outcome);
    CHECK(outcome.is_valid);
    parse_notes(longest + 'x', outcome);
    REQUIRE(outcome.errors.size() == 1);
    CHECK(outcome.errors.front().column == "notes");
    CHECK(outcome.errors.front().code == RowErrorCode::kTooLong);
    CHECK(outcome.errors.front().message.find("2000 characters") != std::string::npos);
}

TEST_CASE("Texts are kept as they are, names in Unicode NFC", "[csv]") {
    Outcome outcome;
    parse_with(outcome, MetricsColumn::kAccountName, "=1+1");
    CHECK(outcome.name == "=1+1");
    parse_with(outcome, MetricsColumn::kAccountName, "Caf\xC3\xA9");
    CHECK(outcome.name == "Caf\xC3\xA9");
    parse_with(outcome, MetricsColumn::kAccountName, "Cafe\xCC\x81");
    CHECK(outcome.name == "Caf\xC3\xA9");
    parse_with(outcome, MetricsColumn::kAccountName, "\xE2\x84\xAB");
    CHECK(outcome.name == "\xC3\x85");
    parse_with(outcome, MetricsColumn::kAccountName, "\xE6\xA0\xAA\xE5\xBC\x8F");
    CHECK(outcome.name == "\xE6\xA0\xAA\xE5\xBC\x8F");
    std::string long_name;
    for (int i = 0; i < 200; ++i) long_name += "\xC3\xA9";
    parse_with(outcome, MetricsColumn::kAccountName, long_name);
    CHECK(outcome.name == long_name);
}

TEST_CASE("A message quotes at most 40 characters and nothing unprintable", "[csv]") {
    CHECK(quoted_for_message("abc") == "\"abc\"");
    CHECK(quoted_for_message(std::string(40, 'x')) == '"' + std::string(40, 'x') + '"');
    CHECK(quoted_for_message(std::string(41, 'x')) == '"' + std::string(40, 'x') + "\xE2\x80\xA6\"");
    CHECK(quoted_for_message(std::string("a\0\x1B[1m\n", 7)) == "\"a\\x00\\x1b[1m\\x0a\"");
    CHECK(quoted_for_message("M\xFCll\xC3") == "\"M\\xfcll\\xc3\"");
    CHECK(quoted_for_message("\xC2\x9B"
                             "1m") == "\"\\xc2\\x9b1m\"");
    CHECK(quoted_for_message("\xF0\x9F\x98\x80") == "\"\xF0\x9F\x98\x80\"");
}

TEST_CASE("Every code has the name that clients know", "[csv]") {
    CHECK(to_string(RowErrorCode::kMissingValue) == "missing_value");
    CHECK(to_string(RowErrorCode::kNotANumber) == "not_a_number");
    CHECK(to_string(RowErrorCode::kNotAnInteger) == "not_an_integer");
    CHECK(to_string(RowErrorCode::kOutOfRange) == "out_of_range");
    CHECK(to_string(RowErrorCode::kInvalidDate) == "invalid_date");
    CHECK(to_string(RowErrorCode::kDateInFuture) == "date_in_future");
    CHECK(to_string(RowErrorCode::kInvalidUtf8) == "invalid_utf8");
    CHECK(to_string(RowErrorCode::kNulByte) == "nul_byte");
    CHECK(to_string(RowErrorCode::kLineTooLong) == "line_too_long");
    CHECK(to_string(RowErrorCode::kFieldCount) == "field_count");
    CHECK(to_string(RowErrorCode::kUnterminatedQuote) == "unterminated_quote");
    CHECK(to_string(RowErrorCode::kTextAfterQuote) == "text_after_quote");
    CHECK(to_string(RowErrorCode::kTooLong) == "too_long");
    CHECK(to_string(RowErrorCode::kControlCharacter) == "control_character");
}

}  // namespace
}  // namespace keepwell
