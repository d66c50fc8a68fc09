#include <catch2/catch.hpp>

#include "tests/support/test_database.hpp"

namespace keepwell::test {

TEST_CASE("the segments that ship are found however they are written") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    const auto find = [&](std::string_view name) {
        return query(database.unit_of_work(), [&](Repositories& in) { return in.segments.find(name); });
    };
    CHECK(find("Mid-Market") == Segment{"mid-market", 500});
    CHECK(find("ENTERPRISE") == Segment{"enterprise", 1000});
    CHECK_FALSE(find("unheard of"));
    CHECK_FALSE(find(""));
    const auto all = query(database.unit_of_work(), [](Repositories& in) { return in.segments.list(); });
    REQUIRE(all.size() == 5);
    CHECK(all.front().name == "enterprise");
    CHECK(all.back().name == "startup");
}

TEST_CASE("a segment is replaced by one that is spelled otherwise, and removed by any spelling") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    work.run([](Repositories& in) {
        in.segments.save({"Mid Market", 700});
        in.segments.save({"Großkunden", 2000});
    });
    CHECK(query(work, [](Repositories& in) { return in.segments.list().size(); }) == 6);
    CHECK(query(work, [](Repositories& in) { return in.segments.find("midmarket"); }) ==
          Segment{"Mid Market", 700});
    CHECK(query(work, [](Repositories& in) { return in.segments.find("großkunden"); }) ==
          Segment{"Großkunden", 2000});
    CHECK(transact(work, [](Repositories& in) { return in.segments.remove("GROßKUNDEN"); }));
    CHECK_FALSE(transact(work, [](Repositories& in) { return in.segments.remove("GROßKUNDEN"); }));
}

}  // namespace keepwell::test
