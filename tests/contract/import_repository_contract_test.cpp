#include <catch2/catch.hpp>

#include "tests/support/test_database.hpp"

namespace keepwell::test {
namespace {

using namespace std::chrono_literals;

constexpr Timestamp kNow = Timestamp{Date{std::chrono::year{2026} / 3 / 1}} + 8h + 7us;

Import sample(std::string fingerprint) {
    Import import;
    import.filename = "a \"b\" ü.csv";
    import.stored_path = "/var/lib/keepwell/imports/1";
    import.bytes_total = 5'000'000'000;
    import.content_offset = 120;
    import.content_length = 4'999'999'000;
    import.dry_run = true;
    import.created_at = kNow;
    import.fingerprint = std::move(fingerprint);
    return import;
}

Import get(UnitOfWork& work, ImportId id) {
    const auto import = query(work, [&](Repositories& in) { return in.imports.find(id); });
    REQUIRE(import);
    return *import;
}

}  // namespace

TEST_CASE("the manifest of an import keeps what it was given and how far it is") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const Import given = sample("print");
    const ImportId id = transact(work, [&](Repositories& in) { return in.imports.add(given); });
    Import stored = get(work, id);
    CHECK(stored.id == id);
    CHECK(stored.filename == given.filename);
    CHECK(stored.stored_path == given.stored_path);
    CHECK(stored.bytes_total == given.bytes_total);
    CHECK(stored.content_offset == 120);
    CHECK(stored.content_length == given.content_length);
    CHECK(stored.dry_run);
    CHECK(stored.state == ImportState::kQueued);
    CHECK(stored.created_at == kNow);
    CHECK_FALSE(stored.finished_at);
    CHECK_FALSE(stored.job_id);
    CHECK(stored.fingerprint == "print");

    stored.state = ImportState::kFailed;
    stored.bytes_done = 4'000'000'000;
    stored.lines_done = 70'000'000;
    stored.counts = {1, 2, 3, 4, 5, 6};
    stored.error = "disk full";
    stored.finished_at = kNow + 3s;
    work.run([&](Repositories& in) {
        in.imports.save_progress(stored);
        in.imports.set_job(id, {77});
    });
    const Import after = get(work, id);
    CHECK(after.state == ImportState::kFailed);
    CHECK(after.bytes_done == 4'000'000'000);
    CHECK(after.lines_done == 70'000'000);
    CHECK(after.counts.rows_read == 1);
    CHECK(after.counts.rows_rejected == 2);
    CHECK(after.counts.accounts_created == 3);
    CHECK(after.counts.accounts_updated == 4);
    CHECK(after.counts.metrics_created == 5);
    CHECK(after.counts.metrics_updated == 6);
    CHECK(after.error == "disk full");
    CHECK(after.finished_at == kNow + 3s);
    CHECK(after.job_id == JobId{77});
    CHECK_FALSE(query(work, [](Repositories& in) { return in.imports.find({999}); }));
}

TEST_CASE("the newest unfinished import of a file is found again") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    std::vector<ImportId> ids;
    work.run([&](Repositories& in) {
        for (const char* print : {"x", "x", "x", "y"}) ids.push_back(in.imports.add(sample(print)));
    });
    Import finished = get(work, ids[2]);
    finished.state = ImportState::kSucceeded;
    work.run([&](Repositories& in) { in.imports.save_progress(finished); });
    const auto find = [&](const std::string& print) {
        return query(work, [&](Repositories& in) { return in.imports.find_unfinished(print); });
    };
    REQUIRE(find("x"));
    CHECK(find("x")->id == ids[1]);
    CHECK_FALSE(find("z"));
    const auto list = query(work, [](Repositories& in) { return in.imports.list(3); });
    REQUIRE(list.size() == 3);
    CHECK(list[0].id == ids[3]);
    CHECK(list[2].id == ids[1]);
}

TEST_CASE("errors of an import are listed by line, then in the order added, page by page") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const auto [id, other] = transact(work, [](Repositories& in) {
        return std::pair(in.imports.add(sample("x")), in.imports.add(sample("y")));
    });
    work.run([&, id = id, other = other](Repositories& in) {
        in.imports.add_errors(id, std::vector<ImportError>{{9, "arr", "not_a_number", "\"x\" is no amount"},
                                                           {2, "date", "bad", "first"},
                                                           {2, "nps", "bad", "second"}});
        in.imports.add_errors(other, std::vector<ImportError>{{1, "", "", ""}});
        in.imports.add_errors(id, std::vector<ImportError>{{5'000'000'000, "", "bad", "last"}});
        in.imports.add_errors(id, {});
    });
    const auto list = [&, id = id](std::int64_t after, std::int64_t limit) {
        std::vector<std::string> messages;
        for (const auto& error :
             query(work, [&](Repositories& in) { return in.imports.list_errors(id, after, limit); })) {
            messages.push_back(std::to_string(error.line) + error.column + " " + error.message);
        }
        return messages;
    };
    using Messages = std::vector<std::string>;
    CHECK(list(0, 10) ==
          Messages{"2date first", "2nps second", "9arr \"x\" is no amount", "5000000000 last"});
    CHECK(list(1, 2) == Messages{"2nps second", "9arr \"x\" is no amount"});
    CHECK(list(4, 2).empty());
}

}  // namespace keepwell::test
