#include "domain/risk_factors.hpp"

#include <catch2/catch.hpp>

#include "tests/support/scoring.hpp"

namespace keepwell {
namespace {

using Risks = std::vector<std::string>;

/// Just good enough in everything.
DailyMetrics sound_row() {
    DailyMetrics row = tests::average_row();
    row.support_tickets_open = 5;
    row.feature_adoption_rate = 0.3;
    row.daily_active_users = 10;
    row.nps_score = 0;
    row.login_frequency = 0.3;
    return row;
}

TEST_CASE("Everything at its limit is no risk", "[risk_factors]") {
    const DailyMetrics row = sound_row();
    CHECK(risk_factors(70, &row).empty());
}

TEST_CASE("Each number behind its limit is the risk of its own name", "[risk_factors]") {
    DailyMetrics row = sound_row();
    SECTION("tickets") {
        row.support_tickets_open = 6;
        CHECK(risk_factors(70, &row) == Risks{"High support ticket volume"});
    }
    SECTION("adoption") {
        row.feature_adoption_rate = 0.299;
        CHECK(risk_factors(70, &row) == Risks{"Low feature adoption"});
    }
    SECTION("users") {
        row.daily_active_users = 9;
        CHECK(risk_factors(70, &row) == Risks{"Low user engagement"});
    }
    SECTION("NPS") {
        row.nps_score = -0.5;
        CHECK(risk_factors(70, &row) == Risks{"Negative NPS score"});
    }
    SECTION("logins") {
        row.login_frequency = 0.29;
        CHECK(risk_factors(70, &row) == Risks{"Infrequent logins"});
    }
}

TEST_CASE("The score itself is a risk below 70, a graver one below 40", "[risk_factors]") {
    CHECK(risk_factors(69.999, nullptr) == Risks{"Below target health score"});
    CHECK(risk_factors(40, nullptr) == Risks{"Below target health score"});
    CHECK(risk_factors(39.999, nullptr) == Risks{"Critical health score"});
    CHECK(risk_factors(0, nullptr) == Risks{"Critical health score"});
}

TEST_CASE("What is not known is no risk", "[risk_factors]") {
    CHECK(risk_factors(std::nullopt, nullptr).empty());
    DailyMetrics row = sound_row();
    row.nps_score.reset();
    CHECK(risk_factors(std::nullopt, &row).empty());
}

TEST_CASE("Risks come in one fixed order", "[risk_factors]") {
    DailyMetrics row = tests::average_row();
    row.daily_active_users = 5;
    row.feature_adoption_rate = 0.25;
    row.support_tickets_open = 20;
    row.nps_score = -40;
    row.login_frequency = 0.15;
    CHECK(risk_factors(20.5, &row) == Risks{"Critical health score", "High support ticket volume",
                                            "Low feature adoption", "Low user engagement",
                                            "Negative NPS score", "Infrequent logins"});
}

}  // namespace
}  // namespace keepwell
