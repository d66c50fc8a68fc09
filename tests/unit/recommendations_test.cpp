#include "domain/recommendations.hpp"

#include <catch2/catch.hpp>
#include <set>

namespace keepwell {
namespace {

HealthScore score_of(std::optional<double> overall,
                     std::vector<std::pair<std::string, std::optional<double>>> factors) {
    HealthScore score{.overall_score = overall, .raw_score = overall};
    for (auto& [name, points] : factors) score.factors.push_back({.name = name, .score = points});
    return score;
}

std::size_t number_of(const HealthScore& score, std::string_view segment = "smb") {
    return recommendations(score, segment).size();
}

TEST_CASE("Each factor has advice in its bands, and none between", "[recommendations]") {
    const auto [factor, score, texts] = GENERATE(table<std::string, double, std::size_t>({
        {"login_frequency", 0, 1},
        {"login_frequency", 29.9, 1},
        {"login_frequency", 59, 1},
        {"login_frequency", 60, 0},
        {"login_frequency", 79.9, 0},
        {"login_frequency", 80, 1},
        {"feature_adoption", 29, 1},
        {"feature_adoption", 59, 1},
        {"feature_adoption", 60, 0},
        {"feature_adoption", 100, 1},
        {"support_tickets", 39, 1},
        {"support_tickets", 69, 1},
        {"support_tickets", 99, 0},
        {"support_tickets", 100, 1},
        {"payment_timeliness", 49, 1},
        {"payment_timeliness", 79, 1},
        {"payment_timeliness", 90, 0},
        {"payment_timeliness", 95, 1},
        {"api_usage", 29, 1},
        {"api_usage", 49, 1},
        {"api_usage", 50, 0},
        {"api_usage", 90, 1},
        {"a_plugin", 0, 0},
        {"daily_active_users", 0, 0},
    }));
    INFO(factor << " " << score);
    CHECK(number_of(score_of(70, {{factor, score}})) == texts + 1);
}

TEST_CASE("Every score has general advice, one for each band", "[recommendations]") {
    std::set<std::string> texts;
    for (const double score : {0.0, 39.9, 40.0, 59.9, 60.0, 74.9, 75.0, 84.9, 85.0, 100.0}) {
        INFO(score);
        const auto advice = recommendations(score_of(score, {}), "smb");
        REQUIRE(advice.size() == 1);
        texts.insert(advice[0]);
    }
    CHECK(texts.size() == 5);
    CHECK(number_of(score_of({}, {})) == 1);
}

TEST_CASE("Large and young companies get advice of their own", "[recommendations]") {
    CHECK(number_of(score_of(55, {}), "Enterprise") == 2);
    CHECK(number_of(score_of(60, {}), "Enterprise") == 1);
    CHECK(number_of(score_of(85, {}), "start-up") == 2);
    CHECK(number_of(score_of(79, {}), "startup") == 1);
    CHECK(recommendations(score_of(70, {{"api_usage", 10}}), "startup") !=
          recommendations(score_of(70, {{"api_usage", 10}}), "enterprise"));
}

TEST_CASE("Advice comes in the card's order, the general last, nothing twice", "[recommendations]") {
    const HealthScore score = score_of(
        20, {{"support_tickets", 10}, {"login_frequency", 10}, {"support_tickets", 10}, {"api_usage", {}}});
    const auto advice = recommendations(score, "smb");
    REQUIRE(advice.size() == 3);
    CHECK(advice[0].find("support") != std::string::npos);
    CHECK(advice[1].find("signs in") != std::string::npos);
    CHECK(advice[2].find("Act now") != std::string::npos);
}

}  // namespace
}  // namespace keepwell
