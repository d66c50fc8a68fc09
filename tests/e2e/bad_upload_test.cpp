#include <catch2/catch.hpp>

#include "tests/support/api_client.hpp"
#include "tests/support/metrics_csv.hpp"
#include "tests/support/running_app.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::testing {
namespace {

using Schema = test::TestDatabase::Schema;

using namespace std::string_literals;

const std::string kGoodRow = "Acme,SMB,EU,200,2024-10-02,1,0.5,1,,0.5\n";

struct BadFile {
    const char* what;
    std::string filename;
    std::string content;
    const char* detail;  ///< Part of what the answer says.
};

std::vector<BadFile> bad_files() {
    const std::string good = kMetricsHeader + kGoodRow;
    return {
        {"a PDF", "report.pdf", "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj", "File must be a CSV"},
        {"a PDF that calls itself a CSV", "report.csv", "%PDF-1.7\n1 0 obj", "File must be a CSV"},
        {"a workbook", "book.xlsx", "PK\x03\x04\x14\0\x06\0xl/workbook.xml"s, "File must be a CSV"},
        {"a workbook that calls itself a CSV", "book.csv", "PK\x03\x04\x14\0\x06\0xl/workbook.xml"s,
         "File must be a CSV"},
        {"JSON", "data.csv", R"([{"account_name":"Acme"}])", "File must be a CSV"},
        {"a web page", "data.csv", "<!DOCTYPE html><html></html>", "File must be a CSV"},
        {"UTF-16", "data.csv",
         "\xFF\xFE"
         "a\0c\0"s,
         "File must be a CSV"},
        {"another ending", "data.txt", good, "File must be a CSV"},
        {"nothing", "data.csv", "", "No columns"},
        {"empty lines", "data.csv", "\n\n\n", "No columns"},
        {"only a header", "data.csv", kMetricsHeader, "no rows"},
        {"a missing column", "data.csv", "account_name,segment\nAcme,SMB\n", "region"},
        {"no header", "data.csv", kGoodRow + kGoodRow, "account_name"},
        {"a column that is there twice", "data.csv", "region," + good, "region"},
        {"a quote without an end", "data.csv", "\"account_name,segment\nAcme,SMB", "CSV"},
    };
}

struct BadRow {
    const char* what;
    std::string row;
    const char* column;
    const char* code;
};

std::vector<BadRow> bad_rows() {
    return {
        {"no name", ",SMB,EU,200,2024-10-02,1,0.5,1,,0.5", "account_name", "missing_value"},
        {"a number of another kind", "Acme,SMB,EU,12k,2024-10-02,1,0.5,1,,0.5", "arr", "not_a_number"},
        {"a negative amount", "Acme,SMB,EU,-1,2024-10-02,1,0.5,1,,0.5", "arr", "out_of_range"},
        {"an amount beyond all bounds", "Acme,SMB,EU,1e300,2024-10-02,1,0.5,1,,0.5", "arr", "out_of_range"},
        {"a day that is in no calendar", "Acme,SMB,EU,200,2024-02-31,1,0.5,1,,0.5", "date", "invalid_date"},
        {"another order of the date", "Acme,SMB,EU,200,31/02/2024,1,0.5,1,,0.5", "date", "invalid_date"},
        {"a day to come", "Acme,SMB,EU,200,9024-10-02,1,0.5,1,,0.5", "date", "date_in_future"},
        {"a negative count", "Acme,SMB,EU,200,2024-10-02,-1,0.5,1,,0.5", "daily_active_users",
         "out_of_range"},
        {"half a person", "Acme,SMB,EU,200,2024-10-02,1.5,0.5,1,,0.5", "daily_active_users",
         "not_an_integer"},
        {"a count beyond 64 bits", "Acme,SMB,EU,200,2024-10-02,99999999999999999999,0.5,1,,0.5",
         "daily_active_users", "out_of_range"},
        {"negative tickets", "Acme,SMB,EU,200,2024-10-02,1,0.5,-3,,0.5", "support_tickets_open",
         "out_of_range"},
        {"a rate of 7.5", "Acme,SMB,EU,200,2024-10-02,1,7.5,1,,0.5", "feature_adoption_rate", "out_of_range"},
        {"a rate in percent", "Acme,SMB,EU,200,2024-10-02,1,75%,1,,0.5", "feature_adoption_rate",
         "not_a_number"},
        {"an NPS of 400", "Acme,SMB,EU,200,2024-10-02,1,0.5,1,400,0.5", "nps_score", "out_of_range"},
        {"NaN", "Acme,SMB,EU,200,2024-10-02,1,NaN,1,,0.5", "feature_adoption_rate", "not_a_number"},
        {"infinity", "Acme,SMB,EU,200,2024-10-02,1,0.5,1,,inf", "login_frequency", "not_a_number"},
        {"too few fields", "Acme,SMB,EU", "", "field_count"},
        {"too many fields", "Acme,SMB,EU,200,2024-10-02,1,0.5,1,,0.5,7", "", "field_count"},
        {"text behind a quote", "\"Acme\" x,SMB,EU,200,2024-10-02,1,0.5,1,,0.5", "account_name",
         "text_after_quote"},
        {"a NUL byte", "Ac\0me,SMB,EU,200,2024-10-02,1,0.5,1,,0.5"s, "account_name", "nul_byte"},
        {"bytes that are no UTF-8", "Ac\xFFme,SMB,EU,200,2024-10-02,1,0.5,1,,0.5", "account_name",
         "invalid_utf8"},
        {"a control character", "Ac\x07me,SMB,EU,200,2024-10-02,1,0.5,1,,0.5", "account_name",
         "control_character"},
        {"a name of 5,000 letters", std::string(5'000, 'x') + ",SMB,EU,200,2024-10-02,1,0.5,1,,0.5",
         "account_name", "too_long"},
        {"a line of 10 MB", std::string(10'000'000, 'x') + ",SMB,EU,200,2024-10-02,1,0.5,1,,0.5", "",
         "line_too_long"},
    };
}

struct BadForm {
    const char* what;
    std::string type;
    std::string body;
    int status;
};

std::vector<BadForm> bad_forms() {
    const std::string form{kFormType};
    const std::string part = "--frontier\r\nContent-Disposition: form-data; name=";
    return {
        {"no file field", form, part + "\"other\"; filename=\"a.csv\"\r\n\r\nx\r\n--frontier--\r\n", 422},
        {"a text field", form, part + "\"file\"\r\n\r\nx\r\n--frontier--\r\n", 422},
        {"no end", form, part + "\"file\"; filename=\"a.csv\"\r\n\r\nx", 400},
        {"no boundary in the body", form, "what is this", 400},
        {"an empty body", form, "", 400},
        {"no boundary in the type", "Content-Type: multipart/form-data\r\n", "x", 415},
        {"a header of a part without a colon", form, "--frontier\r\nnonsense\r\n\r\nx\r\n--frontier--\r\n",
         400},
        {"JSON", "Content-Type: application/json\r\n", "{}", 422},
        {"no type at all", "", kMetricsHeader + kGoodRow, 422},
    };
}

}  // namespace

TEST_CASE("what is no CSV of metrics is refused with the reason, and nothing is stored") {
    test::TestDatabase database(GENERATE(from_range(test::database_kinds())), Schema::kEmpty);
    CAPTURE(database.url());
    const RunningApp app(database.url());
    const ApiClient client(app.port());
    for (const BadFile& bad : bad_files()) {
        CAPTURE(bad.what);
        for (const char* query : {"", "?dry_run=true"}) {
            const Reply reply = client.upload(bad.filename, bad.content, query);
            CHECK(reply.status == 400);
            CHECK_THAT(json_of(reply)["detail"].GetString(), Catch::Contains(bad.detail));
        }
    }
    for (const BadForm& bad : bad_forms()) {
        CAPTURE(bad.what);
        CHECK(client.post("/ingest/csv", bad.body, bad.type).status == bad.status);
    }
    CHECK(client.accounts() == 0);
    CHECK(client.json("/api/imports")["imports"].Empty());
}

TEST_CASE("a bad row is left out and reported with line, column and reason") {
    test::TestDatabase database(GENERATE(from_range(test::database_kinds())), Schema::kEmpty);
    CAPTURE(database.url());
    const RunningApp app(database.url());
    const ApiClient client(app.port());
    int imports = 0;
    for (const BadRow& bad : bad_rows()) {
        CAPTURE(bad.what);
        const Reply reply = client.upload("bad.csv", kMetricsHeader + kGoodRow + bad.row + "\n" + kGoodRow);
        REQUIRE(reply.status == 200);
        const auto result = json_of(reply);
        ++imports;
        CHECK(result["rows_read"].GetInt() == 3);
        CHECK(result["rows_rejected"].GetInt() == 1);
        REQUIRE(result["row_errors"].Size() == 1);
        CHECK(result["row_errors"][0]["line"].GetInt() == 3);
        CHECK(std::string{result["row_errors"][0]["column"].GetString()} == bad.column);
        CHECK(std::string{result["row_errors"][0]["code"].GetString()} == bad.code);
        CHECK(result["errors"].Size() == 1);
        const Reply report = client.get(result["report_url"].GetString());
        CHECK(report.status == 200);
        CHECK_THAT(report.body, Catch::Contains("\r\n3,"s + bad.column + "," + bad.code + ","));
    }
    CHECK(client.accounts() == 1);
    CHECK(client.json("/accounts/1/metrics-history")["history"].Size() == 1);
    CHECK(client.json("/api/imports")["imports"].Size() == static_cast<unsigned>(imports));
}

TEST_CASE("a file of bad rows only stores no account") {
    const RunningApp app;
    const ApiClient client(app.port());
    std::string csv = kMetricsHeader;
    for (int row = 0; row < 250; ++row) csv += "Acme,SMB,EU,12k,2024-10-02,1,0.5,1,,0.5\n";
    const Reply reply = client.upload("bad.csv", csv);
    REQUIRE(reply.status == 200);
    const auto result = json_of(reply);
    CHECK(result["rows_rejected"].GetInt() == 250);
    CHECK(result["row_errors"].Size() == 100);
    const std::string report = client.get(result["report_url"].GetString()).body;
    CHECK(std::count(report.begin(), report.end(), '\n') == 251);
    CHECK(client.accounts() == 0);
}

TEST_CASE("texts are stored and answered exactly as they came") {
    test::TestDatabase database(GENERATE(from_range(test::database_kinds())), Schema::kEmpty);
    CAPTURE(database.url());
    const RunningApp app(database.url());
    const ApiClient client(app.port());
    const std::vector<std::string> names{"=1+1",
                                         "+49 30 1234",
                                         "@home",
                                         "'; DROP TABLE customers;--",
                                         "<script>alert(1)</script>",
                                         "100 %",
                                         "null",
                                         "undefined",
                                         "O'Brien & Söhne",
                                         "日本語テスト",
                                         "👩‍👩‍👧",
                                         "‏עברית",
                                         "C:\\temp",
                                         "{{7*7}}",
                                         "$(reboot)",
                                         "a\u00A0b",
                                         "%s%n",
                                         "1e5",
                                         "-",
                                         "Ω≈ç√∫˜µ≤≥÷"};
    std::string csv = kMetricsHeader;
    for (const std::string& name : names) csv += "\"" + name + "\",SMB,EU,200,2024-10-02,1,0.5,1,,0.5\n";
    csv += "\"say \"\"hi\"\", twice\",SMB,EU,200,2024-10-02,1,0.5,1,,0.5\n";
    REQUIRE(client.upload("names.csv", csv).status == 200);
    const auto list = client.json("/accounts");
    REQUIRE(list["accounts"].Size() == names.size() + 1);
    for (rapidjson::SizeType i = 0; i < names.size(); ++i)
        CHECK(std::string{list["accounts"][i]["account_name"].GetString()} == names[i]);
    CHECK(std::string{list["accounts"][list["accounts"].Size() - 1]["account_name"].GetString()} ==
          "say \"hi\", twice");
    CHECK(client.json("/accounts?search=%3D1%2B1")["total"].GetInt() == 1);
    CHECK(client.json("/accounts?search=%25")["total"].GetInt() == 2);
    CHECK(client.json("/accounts?search=';%20DROP")["total"].GetInt() == 1);
}

TEST_CASE("the error report is harmless in a spreadsheet") {
    const RunningApp app;
    const ApiClient client(app.port());
    std::string header = kMetricsHeader;
    header.insert(header.size() - 1, ",=cmd()");
    const Reply reply =
        client.upload("formula.csv", header + "Acme,SMB,EU,200,2024-10-02,1,0.5,1,,0.5,\xFF\n");
    REQUIRE(reply.status == 200);
    const auto result = json_of(reply);
    REQUIRE(result["rows_rejected"].GetInt() == 1);
    CHECK(std::string{result["row_errors"][0]["column"].GetString()} == "=cmd()");
    CHECK_THAT(client.get(result["report_url"].GetString()).body, Catch::Contains("\r\n2,'=cmd(),"));
}

}  // namespace keepwell::testing
