#include "services/scorecard_book.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/scoring_world.hpp"

namespace keepwell::testing {
namespace {

void store(ScoringWorld& world, const Scorecard& card) {
    world.unit_of_work().run([&](Repositories& in) {
        in.scorecards.add(card, world.clock.now());
        in.scorecards.bump_revision();
    });
}

std::shared_ptr<const Scorecards> current(ScoringWorld& world) {
    return query(world.unit_of_work(), [&](Repositories& in) { return world.book.current(in); });
}

}  // namespace

TEST_CASE("Where nothing is stored, the scorecards of the program hold") {
    ScoringWorld world(GENERATE(from_range(test::database_kinds())));
    const auto cards = current(world);
    REQUIRE(cards->find("metrics") != nullptr);
    REQUIRE(cards->find("activity") != nullptr);
    CHECK(&cards->rows() == cards->find("metrics"));
    CHECK(cards->window_days() == 90);
    CHECK_FALSE(cards->has_other_row_cards());
    CHECK(current(world) == cards);
}

TEST_CASE("A new version is used from the next look on, and whoever has the old one keeps it") {
    ScoringWorld world(GENERATE(from_range(test::database_kinds())));
    store(world, metrics_scorecard());
    const auto before = current(world);
    Scorecard stricter = metrics_scorecard();
    stricter.version = 2;
    stricter.healthy_from = 90;
    store(world, stricter);
    const auto after = current(world);
    CHECK(before->rows().scorecard().healthy_from == 70);
    CHECK(after->rows().scorecard().healthy_from == 90);
    CHECK(after->rows().scorecard().version == 2);
}

TEST_CASE("A scorecard with a factor that is gone still scores, and says what is missing") {
    ScoringWorld world(GENERATE(from_range(test::database_kinds())));
    Scorecard card = activity_scorecard();
    card.version = 2;
    card.factors.push_back({.factor = "renewal_proximity", .weight = 0.2});
    store(world, activity_scorecard());
    store(world, card);
    const CustomerId acme = world.add_customer("Acme");
    world.record({world.login(acme)});
    world.catch_up();
    const HealthScore score = world.stored(acme);
    CHECK(score.scorecard_version == 2);
    CHECK(score.overall_score.has_value());
    const FactorScore& missing = score.factors.back();
    CHECK(missing.name == "renewal_proximity");
    CHECK_FALSE(missing.score);
    CHECK(missing.error.find("renewal_proximity is not there") != std::string::npos);
}

TEST_CASE("A scorecard with a factor that is gone is not taken for one that scores rows alone") {
    ScoringWorld world(GENERATE(from_range(test::database_kinds())));
    Scorecard card = metrics_scorecard();
    card.version = 2;
    card.factors.push_back({.factor = "gone", .weight = 1});
    store(world, metrics_scorecard());
    store(world, card);
    const auto cards = current(world);
    CHECK_FALSE(cards->scores_rows("metrics"));
    CHECK(cards->rows().scores_rows());
    CHECK(cards->rows().scorecard().version == 1);
}

TEST_CASE("A factor that is carried forward fades from its last score, however long ago that was") {
    ScoringWorld world(GENERATE(from_range(test::database_kinds())));
    Scorecard card = activity_scorecard();
    card.version = 2;
    card.factors = {{.factor = "payment_timeliness",
                     .weight = 1,
                     .missing = MissingPolicy::kCarryForward,
                     .half_life_days = 30},
                    {.factor = "login_frequency", .weight = 1}};
    store(world, activity_scorecard());
    store(world, card);
    // Noon: by then whoever is due on a day has had its turn.
    world.clock.advance(std::chrono::hours{12});
    const CustomerId acme = world.add_customer("Acme");
    world.record({world.login(acme),
                  world.event(acme, "payment", {{"amount", 10.0}, {"status", std::string{"paid_on_time"}}})});
    world.catch_up();
    REQUIRE(world.stored(acme).factors[0].score == 100);
    // The payment leaves the window of 90 days; each day is scored.
    for (int day = 0; day < 150; ++day) {
        world.clock.advance(std::chrono::hours{24});
        world.catch_up();
    }
    const HealthScore score = world.stored(acme);
    CHECK_FALSE(score.factors[0].score);
    // 61 days after its last own score: 50 + 50 / 2^(61 / 30), half of which is its part.
    CHECK(score.factors[0].contribution == Approx((50 + 50 * std::exp2(-61.0 / 30)) / 2));
    CHECK(score.overall_score == Approx(score.factors[0].contribution + score.factors[1].contribution));
}

TEST_CASE("A scorecard that can't be calculated with stops no other") {
    ScoringWorld world(GENERATE(from_range(test::database_kinds())));
    Scorecard broken = activity_scorecard();
    broken.name = "broken";
    broken.healthy_from = 10;
    broken.at_risk_from = 20;
    store(world, broken);
    CHECK(current(world)->find("broken") == nullptr);
    CHECK(current(world)->find("activity") != nullptr);
}

}  // namespace keepwell::testing
