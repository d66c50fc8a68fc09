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

TEST_CASE("a scorecard comes back with its curves, caps and author, in any of its versions") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    Scorecard card{.name = "custom \"card\"", .version = 1, .description = "Größe"};
    card.factors = {
        {.factor = "first",
         .weight = 0.1,
         .missing = MissingPolicy::kZero,
         .half_life_days = 3.5,
         .curve = {.kind = CurveKind::kSegmentRelative,
                   .points = {{0.1, 0}, {1.0 / 3, 62.629999999999995}},
                   .expected = {{"midmarket", 500}, {"großkunden", 0.7}},
                   .expected_otherwise = 1e-9}},
        {.factor = "second", .weight = 1e9, .curve = {.kind = CurveKind::kBands, .points = {{-1, 5}}}},
        {.factor = "third", .weight = 1}};
    card.caps = {{.name = "urgent",
                  .reason = "It's “urgent”",
                  .subject = "oldest_urgent_ticket_days",
                  .comparison = Comparison::kAbove,
                  .threshold = 3,
                  .maximum = 40,
                  .expires = std::chrono::sys_days{std::chrono::year{2026} / 12 / 31}},
                 {.name = "quiet", .reason = "", .subject = "first.score"}};
    card.author = "Åsa";
    Scorecard retired = card;
    retired.version = 2;
    retired.retired = true;
    retired.caps.clear();
    retired.factors.resize(1);
    work.run([&](Repositories& in) {
        in.scorecards.add(card, kNow);
        in.scorecards.add(retired, kNow + 1h);
        in.scorecards.add(metrics_scorecard(), kNow);
    });
    const auto same = [](const Scorecard& left, const Scorecard& right) {
        CHECK(left.name == right.name);
        CHECK(left.version == right.version);
        CHECK(left.description == right.description);
        CHECK(left.factors == right.factors);
        CHECK(left.caps == right.caps);
        CHECK(left.author == right.author);
        CHECK(left.retired == right.retired);
    };
    const auto first =
        query(work, [&](Repositories& in) { return in.scorecards.find_version(card.name, 1); });
    REQUIRE(first);
    same(*first, card);
    CHECK(first->created_at == kNow);
    CHECK_FALSE(query(work, [&](Repositories& in) { return in.scorecards.find_version(card.name, 3); }));
    const auto newest = query(work, [&](Repositories& in) { return in.scorecards.list(); });
    REQUIRE(newest.size() == 2);
    same(newest[0], retired);
    same(newest[1], metrics_scorecard());
    const auto versions = query(work, [&](Repositories& in) { return in.scorecards.versions(card.name); });
    REQUIRE(versions.size() == 2);
    same(versions[0], retired);
    same(versions[1], card);
    CHECK(query(work, [](Repositories& in) { return in.scorecards.versions("unknown"); }).empty());
}

TEST_CASE("rules are replaced as a whole and keep their order") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const auto rules = [&] { return query(work, [](Repositories& in) { return in.scorecards.rules(); }); };
    CHECK(rules().empty());
    const std::vector<AssignmentRule> some{
        {.scorecard = "b", .conditions = {{"segment", "=", "enterprise"}, {"custom.a \"b\"", "!=", "ü"}}},
        {.scorecard = "a", .conditions = {}}};
    work.run([&](Repositories& in) { in.scorecards.replace_rules(some); });
    CHECK(rules() == some);
    const std::vector<AssignmentRule> others{{.scorecard = "c", .conditions = {{"tenure_days", "<", "30"}}}};
    work.run([&](Repositories& in) { in.scorecards.replace_rules(others); });
    CHECK(rules() == others);
    work.run([&](Repositories& in) { in.scorecards.replace_rules({}); });
    CHECK(rules().empty());
}

TEST_CASE("the revision grows with every bump") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const auto revision = [&] {
        return query(work, [](Repositories& in) { return in.scorecards.revision(); });
    };
    const std::int64_t before = revision();
    for (int i = 1; i <= 11; ++i) {
        work.run([](Repositories& in) { in.scorecards.bump_revision(); });
        CHECK(revision() == before + i);
    }
}

}  // namespace keepwell::test
