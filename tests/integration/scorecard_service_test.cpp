#include "services/scorecard_service.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "domain/error.hpp"
#include "services/assignment_job.hpp"
#include "services/scorecard_preview.hpp"
#include "tests/support/scorecards.hpp"

namespace keepwell::testing {
namespace {

Scorecard usage_card() {
    return {.name = "usage",
            .description = "What they do",
            .factors = {{.factor = "login_frequency", .weight = 2}, {.factor = "api_usage", .weight = 1}},
            .author = "ann"};
}

struct Fixture {
    ScorecardWorld world;
    int woken = 0;
    ScorecardService service{world.unit_of_work(), world.factors, world.clock, [this] { ++woken; }};

    explicit Fixture(test::DatabaseKind kind) : world(kind) {}

    std::int64_t queued(const std::string& type) {
        return query(world.unit_of_work(), [&](Repositories& in) {
            return static_cast<std::int64_t>(in.jobs.list_page(JobState::kQueued, type, {}, 100).size());
        });
    }
    ErrorCode refusal(const std::function<void()>& attempt) {
        try {
            attempt();
        } catch (const Error& error) {
            return error.code();
        }
        FAIL("nothing was refused");
        return {};
    }
    /// Runs the jobs that are queued.
    void work() {
        JobWorker worker(world.unit_of_work(), world.clock, {.threads = 1, .owner = "test"});
        AssignmentJobs assignments(world.unit_of_work(), world.clock);
        assignments.run_in(worker);
        worker.start();
        const auto jobs = query(world.unit_of_work(), [&](Repositories& in) {
            return in.jobs.list_page({}, std::string{"assign_scorecards"}, {}, 100);
        });
        for (const Job& job : jobs) {
            const Job ended = worker.wait(job.id, std::chrono::seconds{30});
            INFO(ended.last_error);
            CHECK(ended.state == JobState::kSucceeded);
        }
        worker.stop();
    }
};

}  // namespace

TEST_CASE("Each change of a scorecard is a version, and scores everybody anew") {
    Fixture it(GENERATE(from_range(test::database_kinds())));
    const ListedScorecard added = it.service.add(usage_card());
    CHECK(added.card.version == 1);
    CHECK(added.card.created_at == it.world.clock.now());
    CHECK(it.queued("recompute") == 1);
    CHECK(it.woken == 1);
    Scorecard next = usage_card();
    next.factors.pop_back();
    next.caps = {{.name = "c", .reason = "r", .subject = "coverage", .threshold = 0.1, .maximum = 40}};
    CHECK(it.service.change(next, 1).card.version == 2);
    CHECK(it.queued("recompute") == 2);                    // The first may have begun already.
    CHECK(it.service.change(next, {}).card.version == 2);  // Nothing is different.
    CHECK(it.queued("recompute") == 2);
    CHECK(it.service.get("usage").card.caps == next.caps);
    CHECK(it.service.get("usage", 1).card.factors == usage_card().factors);
    const auto versions = it.service.versions("usage");
    REQUIRE(versions.size() == 2);
    CHECK(versions[0].card.version == 2);
    CHECK(versions[1].card.author == "ann");
}

TEST_CASE("What can't be done with a scorecard is refused for a reason") {
    Fixture it(GENERATE(from_range(test::database_kinds())));
    it.service.add(usage_card());
    CHECK(it.refusal([&] { it.service.add(usage_card()); }) == ErrorCode::kConflict);
    CHECK(it.refusal([&] { it.service.change(usage_card(), 7); }) == ErrorCode::kPreconditionFailed);
    CHECK(it.refusal([&] { it.service.get("usage", 2); }) == ErrorCode::kNotFound);
    CHECK(it.refusal([&] { it.service.versions("nothing"); }) == ErrorCode::kNotFound);
    CHECK(it.refusal([&] { it.service.retire("nothing", {}, "ann"); }) == ErrorCode::kNotFound);
    CHECK(it.refusal([&] { it.service.retire("metrics", {}, "ann"); }) == ErrorCode::kConflict);
    Scorecard wrong = usage_card();
    wrong.name = "Us age";
    wrong.factors[0].weight = 0;
    try {
        it.service.add(wrong);
        FAIL("a wrong card was taken");
    } catch (const Error& error) {
        CHECK(error.fields().size() == 2);
    }
    CHECK(it.queued("recompute") == 1);
}

TEST_CASE("A retired card can't be given by a rule, and one that a rule gives can't retire") {
    Fixture it(GENERATE(from_range(test::database_kinds())));
    it.service.add(usage_card());
    const std::vector<AssignmentRule> rules{{.scorecard = "usage", .conditions = {}}};
    it.service.replace_rules(rules);
    CHECK(it.service.rules() == rules);
    CHECK(it.refusal([&] { it.service.retire("usage", {}, "ann"); }) == ErrorCode::kConflict);
    it.service.replace_rules({});
    it.service.retire("usage", 1, "bob");
    it.service.retire("usage", {}, "bob");  // Is retired already.
    const Scorecard retired = it.service.get("usage").card;
    CHECK(retired.retired);
    CHECK(retired.version == 2);
    CHECK(retired.author == "bob");
    CHECK(retired.factors == usage_card().factors);
    CHECK(it.refusal([&] { it.service.replace_rules(rules); }) == ErrorCode::kInvalid);
    CHECK(it.refusal([&] { it.service.replace_rules({{.scorecard = "nothing", .conditions = {}}}); }) ==
          ErrorCode::kInvalid);
}

TEST_CASE("New rules move whom the old ones placed, and nobody whom a person did") {
    Fixture it(GENERATE(from_range(test::database_kinds())));
    it.service.add(usage_card());
    Scorecard other = usage_card();
    other.name = "other";
    it.service.add(other);
    const CustomerId by_default = it.world.add_customer("By default", "SMB");
    const CustomerId by_hand = it.world.add_customer("By hand", "SMB");
    const CustomerId elsewhere = it.world.add_customer("Elsewhere", "Enterprise");
    const CustomerId unscored = it.world.add_customer("Unscored", "SMB");
    it.world.change(by_default, {.scorecard = "activity"});
    it.world.change(by_hand, {.scorecard = "other"});
    it.world.change(elsewhere, {.scorecard = "metrics"});
    const auto rule = [](const std::string& card) {
        return AssignmentRule{.scorecard = card, .conditions = {{"segment", "=", "smb"}}};
    };
    it.service.replace_rules({rule("usage")});
    it.work();
    CHECK(it.world.customer(by_default).scorecard == "usage");
    CHECK(it.world.customer(by_hand).scorecard == "other");
    CHECK(it.world.customer(elsewhere).scorecard == "metrics");
    CHECK_FALSE(it.world.customer(unscored).scorecard);
    CHECK(it.world.backlog().due == 1);
    CHECK(it.queued("recompute") >= 1);
    it.world.change(by_hand, {.scorecard = "activity"});  // No longer by the rule either.
    it.service.replace_rules({rule("other")});
    it.work();
    CHECK(it.world.customer(by_default).scorecard == "other");
    CHECK(it.world.customer(by_hand).scorecard == "activity");
}

TEST_CASE("A preview says what a change would do and stores nothing") {
    Fixture it(GENERATE(from_range(test::database_kinds())));
    it.service.add(usage_card());
    std::vector<CustomerId> ids;
    for (int i = 0; i < 30; ++i) {
        ids.push_back(it.world.add_customer("Customer " + std::to_string(i)));
        if (i < 10) it.world.log_in(ids.back(), 371, 400, 1);
        it.world.change(ids.back(), {.signup_date = ScorecardWorld::kDay});
        it.world.change(ids.back(), {.scorecard = i < 25 ? "usage" : "activity"});
    }
    it.world.unit_of_work().run([&](Repositories& in) {
        in.overrides.add({.customer_id = ids[0],
                          .score = 66,
                          .author = "ann",
                          .reason = "knows",
                          .created_at = it.world.clock.now(),
                          .expires_at = it.world.clock.now() + std::chrono::hours{1}});
    });
    Scorecard proposed = usage_card();
    proposed.healthy_from = 99;
    proposed.factors[0].curve = {.kind = CurveKind::kLinear, .points = {{0, 0}, {100, 100}}};
    const ScorecardPreview preview(it.world.unit_of_work(), it.world.book, it.world.factors, it.world.clock,
                                   {});
    const PreviewResult result = preview.run(proposed, {});
    CHECK(result.customers == 25);
    CHECK(result.before.scored == 25);
    CHECK(result.before.by_status.at(HealthStatus::kHealthy) == 9);
    CHECK(result.before.by_status.at(HealthStatus::kAtRisk) == 1);  // As ann says.
    CHECK(result.after.by_status.at(HealthStatus::kCritical) == 24);
    CHECK(result.moves.at({HealthStatus::kHealthy, HealthStatus::kCritical}) == 9);
    REQUIRE(result.movers.size() == 9);
    CHECK(result.movers[0].after.score == Approx(30));
    CHECK(result.after.average().value() == Approx((66 + 9 * 30) / 25.0).margin(0.005));
    CHECK(it.world.customer(ids[1]).health_score == std::nullopt);
    proposed.name = "nothing";
    CHECK(it.refusal([&] { preview.run(proposed, {}); }) == ErrorCode::kNotFound);
}

}  // namespace keepwell::testing
