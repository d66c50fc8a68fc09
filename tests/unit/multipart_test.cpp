#include <catch2/catch.hpp>
#include <fstream>

#include "api/edge/multipart.hpp"
#include "domain/error.hpp"

using namespace keepwell;
using api::find_parts;
using api::Part;

namespace {

const std::string kType = "multipart/form-data; boundary=xyz";

std::string part(const std::string& disposition, const std::string& content,
                 const std::string& headers = "") {
    return "--xyz\r\nContent-Disposition: form-data; " + disposition + "\r\n" + headers + "\r\n" + content +
           "\r\n";
}

std::string content_of(const std::string& body, const Part& found) {
    return body.substr(found.offset, found.length);
}

ErrorCode error_of(const std::string& type, const std::string& body) {
    try {
        find_parts(type, body);
    } catch (const Error& error) {
        return error.code();
    }
    FAIL("no error");
    return {};
}

}  // namespace

TEST_CASE("The parts of a form are found where they are", "[multipart]") {
    const std::string csv = "a,b\r\n1,2\r\n";
    const std::string body = part("name=\"note\"", "hello") +
                             part("name=\"file\"; filename=\"a b.csv\"", csv, "Content-Type: text/csv\r\n") +
                             part("name=empty", "") + "--xyz--\r\n";
    const auto parts = find_parts(kType, body);
    REQUIRE(parts.size() == 3);
    CHECK(parts[0].name == "note");
    CHECK(parts[0].filename.empty());
    CHECK(content_of(body, parts[0]) == "hello");
    CHECK(parts[1].name == "file");
    CHECK(parts[1].filename == "a b.csv");
    CHECK(parts[1].content_type == "text/csv");
    CHECK(content_of(body, parts[1]) == csv);
    CHECK(parts[2].name == "empty");
    CHECK(parts[2].length == 0);
}

TEST_CASE("A boundary may be quoted, in any case of the parameter's name", "[multipart]") {
    const std::string body = "--a b:c\r\nContent-Disposition: form-data; name=x\r\n\r\n1\r\n--a b:c--";
    CHECK(find_parts("Multipart/Form-Data; charset=utf-8; Boundary=\"a b:c\"", body).size() == 1);
}

TEST_CASE("What looks like a boundary inside the data is data", "[multipart]") {
    const std::string data = "--xyz\r\nxyz--\r\n--xy\r\n-xyz\n--xyz--\n\r\n\r\n";
    const std::string body = part("name=x", "-" + data) + "--xyz--";
    const auto parts = find_parts(kType, body);
    REQUIRE(parts.size() == 1);
    CHECK(content_of(body, parts[0]) == "-" + data);
}

TEST_CASE("Names and file names are unquoted", "[multipart]") {
    const auto filename_of = [](const std::string& written) {
        return find_parts(kType, part("name=x; filename=" + written, "") + "--xyz--").at(0).filename;
    };
    CHECK(filename_of(R"("a\"b.csv")") == "a\"b.csv");
    CHECK(filename_of(R"("C:\dir\file.csv")") == R"(C:\dir\file.csv)");
    CHECK(filename_of(R"("a;b=c.csv")") == "a;b=c.csv");
    CHECK(filename_of("plain.csv") == "plain.csv");
    CHECK(filename_of("\"n\xC3\xA9.csv\"; other=1") == "n\xC3\xA9.csv");
    CHECK(filename_of("\"\"").empty());
}

TEST_CASE("Text before the first and after the last boundary is ignored", "[multipart]") {
    CHECK(find_parts(kType, "preamble\r\n" + part("name=x", "1") + "--xyz--\r\nepilogue").size() == 1);
    CHECK(find_parts(kType, "\r\n--xyz  \r\nContent-Disposition: form-data; name=x\r\n\r\n\r\n--xyz--")
              .size() == 1);
}

TEST_CASE("A part without content may share its line break with the boundary", "[multipart]") {
    const std::string body = "--xyz\r\nContent-Disposition: form-data; name=x\r\n\r\n--xyz--";
    const auto parts = find_parts(kType, body);
    REQUIRE(parts.size() == 1);
    CHECK(parts[0].length == 0);
}

TEST_CASE("A hundred parts are read, one more is refused", "[multipart]") {
    std::string body;
    for (int i = 0; i < 100; ++i) {
        body += part("name=x", std::to_string(i));
    }
    CHECK(find_parts(kType, body + "--xyz--").size() == 100);
    CHECK(error_of(kType, body + part("name=x", "") + "--xyz--") == ErrorCode::kUnreadable);
}

TEST_CASE("What is no form is refused", "[multipart]") {
    const std::string good = part("name=x", "1");
    CHECK(error_of("text/csv", good + "--xyz--") == ErrorCode::kUnsupportedType);
    CHECK(error_of("multipart/form-data", good + "--xyz--") == ErrorCode::kUnsupportedType);
    CHECK(error_of("multipart/form-data; boundary=\"\"", good + "--xyz--") == ErrorCode::kUnsupportedType);
    CHECK(error_of("multipart/form-data; boundary=" + std::string(71, 'x'), good) ==
          ErrorCode::kUnsupportedType);
    CHECK(error_of("multipart/mixed; boundary=xyz", good + "--xyz--") == ErrorCode::kUnsupportedType);
    const std::string bad =
        GENERATE(as<std::string>{},
                 "",                                                             // nothing
                 "--abc\r\n\r\n\r\n--abc--",                                     // another boundary
                 "--xyz--",                                                      // no part
                 "--xyz",                                                        // cut off
                 "--xyzContent-Disposition: form-data; name=x\r\n\r\n1",         // no line break
                 "--xyz\nContent-Disposition: form-data; name=x\n\n1\n--xyz--",  // bare LF
                 "--xyz\r\nContent-Disposition: form-data; name=x\r\n",          // header cut off
                 "--xyz\r\n\r\n1\r\n--xyz--",                                    // no name
                 "--xyz\r\nContent-Disposition: form-data\r\n\r\n1\r\n--xyz--",
                 "--xyz\r\nContent-Disposition: attachment; name=x\r\n\r\n1\r\n--xyz--",
                 "--xyz\r\nContent-Disposition: form-data; name=\"x\r\n\r\n1\r\n--xyz--",
                 "--xyz\r\nno colon\r\n\r\n1\r\n--xyz--",
                 "--xyz\r\nContent-Disposition: form-data; name=\xFF\r\n\r\n1\r\n--xyz--");
    CHECK(error_of(kType, bad) == ErrorCode::kUnreadable);
    CHECK(error_of(kType, good) == ErrorCode::kUnreadable);  // no final boundary
    CHECK(error_of(kType, part("name=x", "1", "X: " + std::string(9'000, 'x') + "\r\n") + "--xyz--") ==
          ErrorCode::kUnreadable);
}

TEST_CASE("A form in a file is read like one in memory", "[multipart]") {
    // More than the scanner looks at in one go, with a boundary across the seam.
    const std::size_t size = GENERATE(100'000, (16 << 20) - 60, (16 << 20) - 62, 20 << 20);
    const std::string body = part("name=\"file\"; filename=x.csv", std::string(size, 'x')) + "--xyz--\r\n";
    const auto path = std::filesystem::temp_directory_path() / "keepwell-multipart-test";
    std::ofstream(path, std::ios::binary) << body;
    api::Request request;
    request.headers = {{"content-type", kType}};
    request.spilled = std::make_shared<api::SpilledBody>(path);
    const auto parts = find_parts(request);
    REQUIRE(parts.size() == 1);
    CHECK(parts[0].length == size);
    request.spilled.reset();
    CHECK_FALSE(std::filesystem::exists(path));
}
