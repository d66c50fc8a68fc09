#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "tests/support/running_app.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::testing {
namespace {

using namespace std::chrono_literals;

std::filesystem::path add_file(const RunningApp& app, const std::string& name, std::chrono::hours age) {
    const auto path = app.folder() / "files" / "imports" / name;
    std::ofstream(path) << "a,b\n";
    std::filesystem::last_write_time(path, std::filesystem::file_time_type::clock::now() - age);
    return path;
}

/// As if a server had taken the file and not come to it yet.
JobId queue_import(UnitOfWork& unit_of_work, const std::string& stored_path) {
    return transact(unit_of_work, [&](Repositories& in) {
        Import import;
        import.filename = "m.csv";
        import.stored_path = stored_path;
        const ImportId id = in.imports.add(import);
        const JobId job = in.jobs.add({.type = "of_another_program",
                                       .payload = "{}",
                                       .run_at = {},
                                       .max_attempts = 1,
                                       .dedupe_key = {}},
                                      {});
        in.imports.set_job(id, job);
        return job;
    });
}

}  // namespace

TEST_CASE("Files of uploads that nobody waits for are removed, others stay") {
    const test::TestDatabase fresh(GENERATE(from_range(test::database_kinds())),
                                   test::TestDatabase::Schema::kEmpty);
    RunningApp app(fresh.url());
    queue_import(app.app().unit_of_work(), "waiting.csv");
    const auto orphan = add_file(app, "orphan.csv", 2h);
    const auto waiting = add_file(app, "waiting.csv", 48h);
    const auto arriving = add_file(app, "arriving.csv", 0h);
    app.app().imports().remove_orphans();
    CHECK_FALSE(std::filesystem::exists(orphan));
    CHECK(std::filesystem::exists(waiting));
    CHECK(std::filesystem::exists(arriving));
}

TEST_CASE("An import whose job was given up is listed as failed") {
    RunningApp app;
    UnitOfWork& unit_of_work = app.app().unit_of_work();
    const JobId job = queue_import(unit_of_work, "x.csv");
    unit_of_work.run([&](Repositories& in) {
        REQUIRE(in.jobs.claim({"of_another_program"}, "me", Timestamp{1s}, 10s, 1).size() == 1);
        REQUIRE(in.jobs.fail(job, "me", JobState::kDead, "no memory", Timestamp{2s}));
    });
    const auto imports = json_of(app.get("/api/imports"));
    CHECK(imports["imports"][0]["status"].GetString() == std::string{"failed"});
}

}  // namespace keepwell::testing
