#include "api/spill_folder.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "tests/support/http_client.hpp"

namespace keepwell::testing {

TEST_CASE("A program that starts leaves the uploads of another one alone") {
    const TemporaryFolder shared;
    const api::SpillFolder first(shared.path());
    std::ofstream(first.path() / "upload") << "on its way";
    {
        const api::SpillFolder second(shared.path());
        CHECK(second.path() != first.path());
    }
    CHECK(std::filesystem::exists(first.path() / "upload"));
}

TEST_CASE("What a crash has left of uploads is removed at the next start") {
    const TemporaryFolder shared;
    std::filesystem::create_directories(shared.path() / "4711-1");
    std::ofstream(shared.path() / "4711-1" / "upload") << "half";
    const api::SpillFolder next(shared.path());
    CHECK_FALSE(std::filesystem::exists(shared.path() / "4711-1"));
    CHECK(std::filesystem::exists(next.path()));
}

TEST_CASE("A folder for uploads goes with its program") {
    const TemporaryFolder shared;
    { const api::SpillFolder folder(shared.path()); }
    CHECK(std::filesystem::is_empty(shared.path()));
}

}  // namespace keepwell::testing
