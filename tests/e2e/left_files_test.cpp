#include <catch2/catch.hpp>

#include "tests/support/api_client.hpp"
#include "tests/support/process.hpp"
#include "tests/support/running_app.hpp"

namespace keepwell::testing {
namespace {

/// Above this, an upload goes to a file while it comes in.
constexpr std::size_t kLarge = 2'000'000;

std::string large_csv() {
    std::string csv = kSampleCsv;
    while (csv.size() < kLarge) csv += kSampleCsv.substr(kSampleCsv.find('\n') + 1);
    return csv;
}

std::string head_of_upload(std::size_t length) {
    return "POST /ingest/csv HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::to_string(length) +
           "\r\n" + std::string{kFormType} + "\r\n";
}

}  // namespace

TEST_CASE("no file stays behind, however an upload ends") {
    ServerProcess server({});
    const ApiClient client(server.port());
    const auto check_no_file = [&] { CHECK(eventually([&] { return server.files() == 0; })); };

    CHECK(client.upload("small.csv", kSampleCsv).status == 200);
    check_no_file();
    CHECK(client.upload("large.csv", large_csv()).status == 200);
    check_no_file();
    CHECK(client.upload("large.csv", large_csv(), "?dry_run=true").status == 200);
    check_no_file();
    CHECK(client.upload("large.pdf", "%PDF-1.7\n" + std::string(kLarge, 'x')).status == 400);
    check_no_file();
    CHECK(client.upload("large.csv", "a,b\n" + std::string(kLarge, 'x')).status == 400);
    check_no_file();
    CHECK(client.post("/ingest/csv", "--frontier\r\n" + std::string(kLarge, 'x'), kFormType).status == 400);
    check_no_file();
    CHECK(client.upload("large.csv", large_csv(), "?dry_run=perhaps").status == 422);
    check_no_file();
    CHECK(client.upload("large.csv", large_csv(), "", "Host: evil.example\r\n").status == 401);
    check_no_file();

    const std::string form = form_with_file("large.csv", large_csv());
    for (const bool resets : {false, true}) {
        CAPTURE(resets);
        {
            RawClient leaving(server.port());
            leaving.send(head_of_upload(form.size()));
            leaving.send(std::string_view{form}.substr(0, form.size() - 100));
            REQUIRE(eventually([&] { return server.files() == 1; }));
            if (resets) leaving.reset();
        }
        check_no_file();
    }

    // What a kill leaves goes with the next start.
    RawClient cut_off(server.port());
    cut_off.send(head_of_upload(form.size()));
    cut_off.send(std::string_view{form}.substr(0, form.size() - 100));
    REQUIRE(eventually([&] { return server.files() == 1; }));
    server.kill();
    CHECK(server.files() == 1);
    server.start();
    CHECK(server.files() == 0);
    CHECK(ApiClient(server.port()).accounts() == 5);
}

}  // namespace keepwell::testing
