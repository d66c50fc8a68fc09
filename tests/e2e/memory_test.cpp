#include <array>
#include <catch2/catch.hpp>
#include <fstream>
#include <iostream>

#include "tests/support/api_client.hpp"
#include "tests/support/process.hpp"

namespace keepwell::testing {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMegabyte = 1'000'000;
constexpr std::size_t kMost = 200 * kMegabyte;
constexpr auto kPatience = 15min;

/// A made-up portfolio of so many accounts with so many days, in a file.
class LargeFile {
public:
    LargeFile(int customers, int days) : path_(folder_.path() / "large.csv") {
        Process demo({"demo", "--csv", path_.string(), "--customers", std::to_string(customers), "--days",
                      std::to_string(days), "--last-day", "2024-12-31"},
                     {}, folder_.path());
        REQUIRE(demo.wait(kPatience) == 0);
    }
    const std::filesystem::path& path() const { return path_; }
    std::size_t size() const { return std::filesystem::file_size(path_); }

private:
    TemporaryFolder folder_;
    std::filesystem::path path_;
};

/// The most memory that `keepwell import` has taken.
std::size_t memory_of_import(const LargeFile& file) {
    const TemporaryFolder folder;
    Process import({"import", file.path().string()}, {}, folder.path());
    std::size_t peak = 0;
    const bool has_ended = eventually(
        [&] {
            peak = std::max(peak, import.peak_memory());
            return import.wait(20ms).has_value();
        },
        kPatience);
    REQUIRE(has_ended);
    INFO(import.output());
    CHECK(import.wait() == 0);
    return peak;
}

/// Sends the file in chunks, without saying before how long it is.
void upload(std::uint16_t port, const LargeFile& file) {
    RawClient client(port);
    client.send(
        "POST /ingest/csv HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\nPrefer: respond-async\r\n"
        "Transfer-Encoding: chunked\r\n\r\n");
    std::ifstream input(file.path(), std::ios::binary);
    std::string piece(kMegabyte, '\0');
    while (input.read(piece.data(), static_cast<std::streamsize>(piece.size())), input.gcount() > 0) {
        std::array<char, 32> length{};
        const auto count = static_cast<std::size_t>(input.gcount());
        std::snprintf(length.data(), length.size(), "%zx\r\n", count);
        REQUIRE(client.send(length.data()));
        REQUIRE(client.send(std::string_view{piece}.substr(0, count)));
        REQUIRE(client.send("\r\n"));
    }
    REQUIRE(client.send("0\r\n\r\n"));
    const Reply reply = client.receive(60s);
    INFO(reply.body);
    REQUIRE(reply.status == 202);
}

/// The most memory that the server has taken to receive and import the file.
std::size_t memory_of_server(const LargeFile& file) {
    ServerProcess server({});
    upload(server.port(), file);
    const ApiClient client(server.port());
    const bool has_ended = eventually(
        [&] {
            std::this_thread::sleep_for(100ms);  // So as not to compete with the import.
            return client.json("/api/jobs/1")["status"] == "succeeded";
        },
        kPatience);
    CHECK(has_ended);
    CHECK(server.files() == 0);
    return server.process().peak_memory();
}

}  // namespace

TEST_CASE("importing a gigabyte takes no more memory than importing a tenth of it", "[slow]") {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    WARN("a sanitizer keeps memory of its own: nothing to measure");
    return;
#endif
    const LargeFile small(7'500, 200);
    const LargeFile large(75'000, 200);
    REQUIRE(small.size() > 90 * kMegabyte);
    REQUIRE(large.size() > 900 * kMegabyte);
    const auto check = [&](const char* way, std::size_t few, std::size_t many) {
        std::cout << way << ": " << few / kMegabyte << " MB for " << small.size() / kMegabyte << " MB, "
                  << many / kMegabyte << " MB for " << large.size() / kMegabyte << " MB\n";
        CAPTURE(way, few, many);
        CHECK(many < kMost);
        CHECK(2 * many < 3 * few);
    };
    check("keepwell import", memory_of_import(small), memory_of_import(large));
    check("POST /ingest/csv", memory_of_server(small), memory_of_server(large));
}

}  // namespace keepwell::testing
