#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "domain/weighted_calculator.hpp"
#include "tests/support/scoring.hpp"

namespace keepwell {
namespace {

std::filesystem::path golden_folder() {
    return std::filesystem::path{KEEPWELL_SOURCE_DIR} / "tests/golden/scoring";
}

rapidjson::Document read_json(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream{path}.rdbuf();
    rapidjson::Document document;
    document.Parse<rapidjson::kParseFullPrecisionFlag>(text.str());
    INFO(path << ": " << rapidjson::GetParseError_En(document.GetParseError()));
    REQUIRE_FALSE(document.HasParseError());
    return document;
}

DailyMetrics row_of(const rapidjson::Value& metrics) {
    DailyMetrics row = tests::average_row();
    row.daily_active_users = metrics["daily_active_users"].GetInt64();
    row.feature_adoption_rate = metrics["feature_adoption_rate"].GetDouble();
    row.support_tickets_open = metrics["support_tickets_open"].GetInt64();
    const rapidjson::Value& nps = metrics["nps_score"];
    row.nps_score = nps.IsNull() ? std::nullopt : std::optional{nps.GetDouble()};
    row.login_frequency = metrics["login_frequency"].GetDouble();
    return row;
}

void check_case(const rapidjson::Value& expected) {
    INFO(expected["name"].GetString());
    const FactorRegistry registry = builtin_factors();
    const WeightedCalculator calculator{registry, metrics_scorecard()};
    const DailyMetrics row = row_of(expected["metrics"]);
    const HealthScore score = calculator.calculate({.metrics = {&row, 1}, .as_of = row.date});

    REQUIRE(score.overall_score);
    CHECK(tests::shortest(*score.overall_score) == tests::shortest(expected["overall_score"].GetDouble()));
    CHECK(to_string(score.status) == expected["status"].GetString());
    const rapidjson::Value& contributions = expected["contributions"];
    REQUIRE(score.factors.size() == contributions.MemberCount());
    for (const FactorScore& factor : score.factors) {
        INFO(factor.name);
        REQUIRE(contributions.HasMember(factor.name.c_str()));
        CHECK(factor.contribution == Approx(contributions[factor.name.c_str()].GetDouble()).margin(1e-9));
    }
}

TEST_CASE("The metrics scorecard scores the golden cases to the last digit", "[scoring]") {
    int cases = 0;
    for (const auto& entry : std::filesystem::directory_iterator{golden_folder()}) {
        if (entry.path().extension() != ".json") continue;
        INFO(entry.path());
        const rapidjson::Document golden = read_json(entry.path());
        if (golden["scorecard"] == "activity") continue;  // See activity_golden_test.cpp.
        REQUIRE(golden["scorecard"] == "metrics");
        for (const rapidjson::Value& expected : golden["cases"].GetArray()) {
            check_case(expected);
            ++cases;
        }
    }
    CHECK(cases >= 40);  // An empty or moved folder must not pass.
}

}  // namespace
}  // namespace keepwell
