#include <catch2/catch.hpp>

#include "domain/error.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::test {
namespace {

using namespace std::chrono_literals;

constexpr Timestamp kNow = Timestamp{Date{std::chrono::year{2026} / 3 / 1}} + 8h;

}  // namespace

TEST_CASE("playbooks that ship are added once and come back as they were") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    std::vector<Playbook> library = builtin_playbooks();
    REQUIRE_FALSE(library.empty());
    for (Playbook& playbook : library) playbook.created_at = kNow;
    work.run([&](Repositories& in) { in.playbooks.add_missing(std::vector{library[0], library[2]}); });
    std::vector<Playbook> edited = library;
    edited[0].title = "Another title";
    work.run([&](Repositories& in) { in.playbooks.add_missing(edited); });
    const auto stored = query(work, [](Repositories& in) { return in.playbooks.list(); });
    REQUIRE(stored.size() == library.size());
    for (std::size_t i = 0; i < stored.size(); ++i) {
        CHECK(stored[i].id == library[i].id);
        CHECK(stored[i].title == library[i].title);
        CHECK(stored[i].description == library[i].description);
        CHECK(stored[i].category == library[i].category);
        CHECK(stored[i].priority == library[i].priority);
        CHECK(stored[i].estimated_effort == library[i].estimated_effort);
        CHECK(stored[i].risk_factors == library[i].risk_factors);
        CHECK(stored[i].steps == library[i].steps);
        CHECK(stored[i].created_at == kNow);
    }
}

TEST_CASE("the newest version of a scorecard is found and no version is written twice") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    Scorecard card = metrics_scorecard();
    card.factors.push_back(
        {.factor = "custom", .weight = 0.1, .missing = MissingPolicy::kCarryForward, .half_life_days = 12.5});
    work.run([&](Repositories& in) { in.scorecards.add(card, kNow); });
    Scorecard next = card;
    next.version = 2;
    next.healthy_from = 71.5;
    next.factors.pop_back();
    work.run([&](Repositories& in) { in.scorecards.add(next, kNow); });
    try {
        work.run([&](Repositories& in) { in.scorecards.add(card, kNow); });
        FAIL("a version was written twice");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::kConflict);
    }
    const auto found = query(work, [&](Repositories& in) { return in.scorecards.find(card.name); });
    REQUIRE(found);
    CHECK(found->version == 2);
    CHECK(found->healthy_from == 71.5);
    CHECK(found->at_risk_from == card.at_risk_from);
    CHECK(found->minimum_coverage == card.minimum_coverage);
    CHECK(found->description == card.description);
    REQUIRE(found->factors.size() == next.factors.size());
    for (std::size_t i = 0; i < next.factors.size(); ++i) {
        CHECK(found->factors[i].factor == next.factors[i].factor);
        CHECK(found->factors[i].weight == next.factors[i].weight);
        CHECK(found->factors[i].missing == next.factors[i].missing);
        CHECK(found->factors[i].half_life_days == next.factors[i].half_life_days);
    }
    CHECK_FALSE(query(work, [](Repositories& in) { return in.scorecards.find("unknown"); }));
}

}  // namespace keepwell::test
