#include "domain/factors/metrics_factors.hpp"

#include <catch2/catch.hpp>

#include "domain/error.hpp"
#include "domain/factor_registry.hpp"
#include "tests/support/scoring.hpp"

namespace keepwell {
namespace {

FactorScore explain(const BaseHealthFactor& factor, const DailyMetrics& row) {
    return factor.explain({.metrics = {&row, 1}, .as_of = row.date});
}

TEST_CASE("The five factors over daily metrics are built in, and their weights make 100", "[factors]") {
    const FactorRegistry registry = builtin_factors();
    double weights = 0;
    for (const char* name :
         {"daily_active_users", "feature_adoption_rate", "support_tickets_open", "nps", "login_rate"}) {
        INFO(name);
        const BaseHealthFactor* factor = registry.find(name);
        REQUIRE(factor != nullptr);
        CHECK(factor->name() == name);
        CHECK_FALSE(factor->summary().empty());
        weights += factor->default_weight();
    }
    CHECK(weights == 100);
    CHECK(registry.find("") == nullptr);
    CHECK(registry.find("Daily_Active_Users") == nullptr);
}

TEST_CASE("A factor's name is taken once", "[factors]") {
    FactorRegistry registry;
    registry.add(factors::nps());
    REQUIRE_THROWS_AS(registry.add(factors::nps()), Error);
    CHECK(registry.all().size() == 1);
}

TEST_CASE("Without a row no factor has data, and says so", "[factors]") {
    const FactorRegistry registry = builtin_factors();
    for (const auto& factor : registry.all()) {
        INFO(factor->name());
        CHECK_FALSE(factor->score({.metrics = {}, .as_of = tests::kDay}));
        const FactorScore explained = factor->explain({.metrics = {}, .as_of = tests::kDay});
        CHECK_FALSE(explained.score);
        CHECK_FALSE(explained.value);
        CHECK_FALSE(explained.trend);
        CHECK_FALSE(explained.description.empty());
    }
}

TEST_CASE("The last row is scored, the earlier ones only tell the trend", "[factors]") {
    std::vector<DailyMetrics> rows;
    for (int day = 0; day < 10; ++day) {
        rows.push_back(tests::average_row(tests::kDay + std::chrono::days{day}));
        rows.back().daily_active_users = day < 5 ? 200 : 20;
        rows.back().support_tickets_open = day < 5 ? 9 : 1;
    }
    const FactorInput input{.metrics = rows, .as_of = rows.back().date};
    const FactorScore users = factors::daily_active_users()->explain(input);
    CHECK(users.score == 60);
    CHECK(users.value == 20);
    CHECK(users.trend == Trend::kDeclining);
    const FactorScore tickets = factors::support_tickets_open()->explain(input);
    CHECK(tickets.score == 75);
    CHECK(tickets.trend == Trend::kImproving);  // Fewer tickets are better.
    CHECK(factors::login_rate()->explain(input).trend == Trend::kStable);
}

TEST_CASE("A trend looks back 30 days and no further", "[factors]") {
    std::vector<DailyMetrics> rows;
    for (const int days_ago : {200, 30, 29, 0}) {
        rows.push_back(tests::average_row(tests::kDay - std::chrono::days{days_ago}));
        rows.back().daily_active_users = days_ago >= 30 ? 1'000 : 10;
    }
    const FactorInput input{.metrics = rows, .as_of = tests::kDay};
    CHECK(factors::daily_active_users()->explain(input).trend == Trend::kStable);
    const FactorInput alone{.metrics = std::span{rows}.last(1), .as_of = tests::kDay};
    CHECK_FALSE(factors::daily_active_users()->explain(alone).trend);
}

TEST_CASE("Days without an NPS answer are left out of its trend", "[factors]") {
    std::vector<DailyMetrics> rows;
    for (int day = 0; day < 4; ++day) {
        rows.push_back(tests::average_row(tests::kDay + std::chrono::days{day}));
        rows.back().nps_score.reset();
    }
    rows[0].nps_score = -50;
    rows[3].nps_score = -20;
    const FactorScore explained = factors::nps()->explain({.metrics = rows, .as_of = rows.back().date});
    CHECK(explained.score == 40);
    CHECK(explained.trend == Trend::kImproving);
}

TEST_CASE("A factor says its number in words", "[factors]") {
    DailyMetrics row = tests::average_row();
    row.daily_active_users = 1;
    row.support_tickets_open = 1;
    row.feature_adoption_rate = 0.785;
    row.nps_score = -15;
    row.login_frequency = 0.28;
    CHECK(explain(*factors::daily_active_users(), row).description == "1 daily active user");
    CHECK(explain(*factors::support_tickets_open(), row).description == "1 open support ticket");
    CHECK(explain(*factors::feature_adoption_rate(), row).description == "79% of features adopted");
    CHECK(explain(*factors::nps(), row).description == "Net promoter score -15");
    CHECK(explain(*factors::login_rate(), row).description == "Login frequency 28%");
    row.daily_active_users = 12;
    row.support_tickets_open = 0;
    CHECK(explain(*factors::daily_active_users(), row).description == "12 daily active users");
    CHECK(explain(*factors::support_tickets_open(), row).description == "0 open support tickets");
}

TEST_CASE("The short and the explained score of a factor are the same", "[factors]") {
    const FactorRegistry registry = builtin_factors();
    DailyMetrics row = tests::average_row();
    row.daily_active_users = GENERATE(0, 7, 60, 300);
    row.nps_score = GENERATE(-33.0, 12.5);
    for (const auto& factor : registry.all()) {
        INFO(factor->name());
        CHECK(factor->score({.metrics = {&row, 1}, .as_of = row.date}) == explain(*factor, row).score);
    }
}

TEST_CASE("More tickets never raise the points", "[factors]") {
    const auto factor = factors::support_tickets_open();
    DailyMetrics row = tests::average_row();
    double before = 101;
    for (int tickets = 0; tickets <= 60; ++tickets) {
        row.support_tickets_open = tickets;
        const double score = factor->score({.metrics = {&row, 1}, .as_of = row.date}).value();
        INFO(tickets << " tickets");
        CHECK(score <= before);
        before = score;
    }
    CHECK(before == 0);
}

TEST_CASE("More users, adoption, promoters and logins never lower the points", "[factors]") {
    const FactorRegistry registry = builtin_factors();
    std::map<std::string_view, double> before;
    for (int step = 0; step <= 200; ++step) {
        DailyMetrics row = tests::average_row();
        row.daily_active_users = step;
        row.feature_adoption_rate = row.login_frequency = step / 200.0;
        row.nps_score = step - 100;
        for (const auto& factor : registry.all()) {
            if (!factor->needs().metrics || factor->name() == "support_tickets_open") continue;
            const double score = factor->score({.metrics = {&row, 1}, .as_of = row.date}).value();
            INFO(factor->name() << " at step " << step);
            CHECK(score >= before[factor->name()]);
            before[factor->name()] = score;
        }
    }
    for (const auto& [name, score] : before) CHECK(score == 100);
}

}  // namespace
}  // namespace keepwell
