#include "domain/playbook.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <utility>

#include "domain/risk_factors.hpp"
#include "tests/support/scoring.hpp"

namespace keepwell {
namespace {

using Ranking = std::vector<std::pair<std::int64_t, double>>;

Ranking ranking(const std::vector<Recommendation>& recommendations) {
    Ranking result;
    for (const Recommendation& each : recommendations) result.emplace_back(each.playbook->id, each.relevance);
    return result;
}

Playbook playbook(std::int64_t id, std::string priority, std::vector<std::string> triggers) {
    return {.id = id,
            .title = "A playbook",
            .description = {},
            .category = {},
            .priority = std::move(priority),
            .estimated_effort = {},
            .risk_factors = std::move(triggers),
            .steps = {},
            .created_at = {}};
}

TEST_CASE("The ten playbooks are complete", "[playbook]") {
    const auto library = builtin_playbooks();
    REQUIRE(library.size() == 10);
    const std::set<std::string> categories{"Engagement", "Adoption", "Support"};
    const std::set<std::string> priorities{"High", "Medium", "Low"};
    for (std::size_t i = 0; i < library.size(); ++i) {
        INFO(library[i].title);
        CHECK(library[i].id == static_cast<std::int64_t>(i) + 1);
        CHECK(library[i].steps.size() == (i == 0 ? 6 : 7));
        CHECK_FALSE(library[i].risk_factors.empty());
        CHECK_FALSE(library[i].estimated_effort.empty());
        CHECK(categories.count(library[i].category) == 1);
        CHECK(priorities.count(library[i].priority) == 1);
    }
}

TEST_CASE("Every risk that an account can have is a trigger of some playbook", "[playbook]") {
    DailyMetrics row = tests::average_row();
    row.daily_active_users = 0;
    row.feature_adoption_rate = row.login_frequency = 0;
    row.support_tickets_open = 99;
    row.nps_score = -100;
    const auto library = builtin_playbooks();
    for (const double score : {10.0, 60.0}) {
        for (const std::string& risk : risk_factors(score, &row)) {
            INFO(risk);
            CHECK_FALSE(recommend(library, std::vector{risk}).empty());
        }
    }
}

TEST_CASE("The account about to leave gets the renewal plan first", "[playbook]") {
    DailyMetrics row = tests::average_row();
    row.daily_active_users = 5;
    row.feature_adoption_rate = 0.25;
    row.support_tickets_open = 20;
    row.nps_score = -40;
    row.login_frequency = 0.15;
    const auto library = builtin_playbooks();
    const auto found = recommend(library, risk_factors(20.5, &row));
    CHECK(ranking(found) == Ranking{{9, 0.7}, {4, 0.6}, {1, 0.53}, {2, 0.53}, {3, 0.53}});
    CHECK(found.front().matching_risks ==
          std::vector<std::string>{"Critical health score", "Low user engagement", "Negative NPS score"});
}

TEST_CASE("Without risks, or without a match, nothing is recommended", "[playbook]") {
    const auto library = builtin_playbooks();
    CHECK(recommend(library, {}).empty());
    CHECK(recommend(library, std::vector<std::string>{"Office too cold"}).empty());
    CHECK(recommend({}, std::vector<std::string>{"Critical health score"}).empty());
}

TEST_CASE("A risk matches when it contains a trigger, ignoring case", "[playbook]") {
    const std::vector library{playbook(1, "Low", {"Low Adoption"})};
    CHECK(recommend(library, std::vector<std::string>{"very LOW ADOPTION indeed"}).size() == 1);
    CHECK(recommend(library, std::vector<std::string>{"adoption"}).empty());
}

TEST_CASE("The priority adds to the share of matching risks, up to 1", "[playbook]") {
    const std::vector library{playbook(1, "Low", {"a"}), playbook(2, "Medium", {"a"}),
                              playbook(3, "High", {"a"}), playbook(4, "High", {"a", "b"})};
    CHECK(ranking(recommend(library, std::vector<std::string>{"a", "b"})) ==
          Ranking{{4, 1.0}, {3, 0.7}, {2, 0.6}, {1, 0.5}});
}

TEST_CASE("Equal relevance keeps the library's order, and the limit cuts the rest", "[playbook]") {
    std::vector<Playbook> library;
    for (const std::int64_t id : {5, 3, 9, 1, 7, 2}) library.push_back(playbook(id, "Low", {"a"}));
    const std::vector<std::string> risks{"a"};
    CHECK(ranking(recommend(library, risks)) == Ranking{{5, 1}, {3, 1}, {9, 1}, {1, 1}, {7, 1}});
    CHECK(ranking(recommend(library, risks, 2)) == Ranking{{5, 1}, {3, 1}});
    CHECK(recommend(library, risks, 0).empty());
}

}  // namespace
}  // namespace keepwell
