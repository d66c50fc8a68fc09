#include "services/csv/csv_file_check.hpp"

#include <catch2/catch.hpp>

namespace keepwell {
namespace {

CsvFileCheck check_whole(std::string_view content, std::string_view filename = "metrics.csv") {
    return check_csv_file(content, filename, CsvBlock::kWholeFile);
}

TEST_CASE("What is not a CSV is told by its first bytes, with a hint", "[csv]") {
    using namespace std::string_literals;
    struct Case {
        std::string content;
        std::string filename;
        std::string in_hint;
    };
    const auto& [content, filename, in_hint] = GENERATE(values<Case>({
        {"PK\x03\x04\x14\0\x06\0[Content_Types].xml"s, "metrics.xlsx", "Excel"},
        {"PK\x03\x04\x14\0\x06\0 xl/workbook.xml"s, "metrics.csv", "Excel"},
        {"PK\x03\x04\x14\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet"s, "a.ods", "OpenDocument"},
        {"PK\x03\x04\x14\0\x06\0 metrics.csv"s, "metrics.zip", "ZIP"},
        {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"s, "metrics.xls", "Excel"},
        {"\x1F\x8B\x08\0\0"s, "metrics.csv.gz", "gzip"},
        {"%PDF-1.7\n"s, "metrics.csv", "PDF"},
        {"\xFF\xFE"
         "a\0,\0b\0"s,
         "metrics.csv", "UTF-16"},
        {"\xFE\xFF\0a\0,\0b"s, "metrics.csv", "UTF-16"},
        {"a\0,\0b\0\n\0"
         "1\0,\0"
         "2\0"s,
         "metrics.csv", "NUL"},
        {"a,b\0\n1,2\nxxxxxxxxxxxx"s, "metrics.csv", "NUL"},
        {"<!DOCTYPE html>\n<html>"s, "metrics.csv", "web page"},
        {"\xEF\xBB\xBF \n<HTML>"s, "metrics.csv", "web page"},
        {"<?xml version=\"1.0\"?>"s, "metrics.csv", "XML"},
        {"{\"accounts\": []}"s, "metrics.csv", "JSON"},
        {" [{\"account_name\": 1}]"s, "metrics.csv", "JSON"},
        {"a,M\xFCller\n1,2\n"s, "metrics.csv", "UTF-8"},
        {"\"a,b\n1,2\n"s, "metrics.csv", "quotes"},
        {"a,b\n1,2\n"s, "metrics.txt", ".csv"},
        {"a,b\n1,2\n"s, "csv", ".csv"},
    }));
    INFO(filename << ": " << content);
    const CsvFileCheck check = check_whole(content, filename);
    CHECK(check.kind == CsvFileKind::kNotCsv);
    CHECK_THAT(check.hint, Catch::Contains(in_hint));
    CHECK(check.header.empty());
}

TEST_CASE("A file without content is empty", "[csv]") {
    const std::string content = GENERATE("", "\xEF\xBB\xBF", "\n", "\r\n\r\n", "\xEF\xBB\xBF\n\n");
    const CsvFileCheck check = check_whole(content);
    CHECK(check.kind == CsvFileKind::kEmpty);
    CHECK_FALSE(check.hint.empty());
}

TEST_CASE("A header without rows is told from a file with rows", "[csv]") {
    CHECK(check_whole("a,b").kind == CsvFileKind::kHeaderOnly);
    CHECK(check_whole("a,b\n\n\r\n").kind == CsvFileKind::kHeaderOnly);
    CHECK(check_whole("a,b\n1").kind == CsvFileKind::kRows);
    CHECK(check_csv_file("a,b\n", "m.csv", CsvBlock::kBeginning).kind == CsvFileKind::kRows);
}

TEST_CASE("The header and the dialect of a file with rows are told", "[csv]") {
    const CsvFileCheck check =
        check_whole("\xEF\xBB\xBF\"account name\"; Segment ;arr\r\nAcme;SMB;1,5\r\n", "M.CSV");
    CHECK(check.has_rows());
    CHECK(check.hint.empty());
    CHECK(check.dialect.delimiter == ';');
    CHECK(check.header == std::vector<std::string>{"account name", " Segment ", "arr"});
    CHECK(check_whole("a\tb\n1\t2\n", "m.tsv").dialect.delimiter == '\t');
}

TEST_CASE("A few NUL bytes among the rows are left to the rows", "[csv]") {
    const std::string content =
        "account_name,segment,region,arr\nAcme,SMB,US,1" + std::string(1, '\0') + "\n";
    CHECK(check_whole(content).has_rows());
}

TEST_CASE("No more than the first bytes of a long file decide", "[csv]") {
    std::string content = "a,b\n";
    while (content.size() < 2 * kCsvCheckBytes) content += "1,\"two\n";
    CHECK(check_csv_file(content, "m.csv", CsvBlock::kBeginning).has_rows());
}

}  // namespace
}  // namespace keepwell
