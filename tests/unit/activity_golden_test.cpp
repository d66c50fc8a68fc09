#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "domain/weighted_calculator.hpp"
#include "tests/support/activity.hpp"

namespace keepwell {
namespace {

using rapidjson::Value;

rapidjson::Document read_cases() {
    std::ostringstream text;
    text << std::ifstream{KEEPWELL_SOURCE_DIR "/tests/golden/scoring/activity.json"}.rdbuf();
    rapidjson::Document document;
    document.Parse<rapidjson::kParseFullPrecisionFlag>(text.str());
    INFO(rapidjson::GetParseError_En(document.GetParseError()));
    REQUIRE_FALSE(document.HasParseError());
    return document;
}

void add_tickets(tests::ActiveCustomer& customer, int ago, const Value& tickets) {
    for (const auto& [id, told] : tickets.GetObject()) {
        TicketState state{.priority = told["priority"].GetString(), .status = told["status"].GetString()};
        if (told.HasMember("satisfaction")) state.satisfaction = told["satisfaction"].GetDouble();
        if (told.HasMember("resolution_time")) state.resolution_time = told["resolution_time"].GetDouble();
        customer.ticket(ago, id.GetString(), state);
    }
}

void add_day(tests::ActiveCustomer& customer, int ago, const Value& told) {
    DailyActivity& day = customer.on(ago, told["type"].GetString(), told["count"].GetInt64());
    if (told.HasMember("keys"))
        for (const auto& [key, count] : told["keys"].GetObject())
            day.keys[key.GetString()] = count.GetInt64();
    if (told.HasMember("sums"))
        for (const auto& [name, sum] : told["sums"].GetObject()) day.sums[name.GetString()] = sum.GetDouble();
    if (told.HasMember("last")) {
        for (const auto& [name, value] : told["last"].GetObject())
            day.last[name.GetString()] = {.value = value.GetDouble(), .at = day.last_at};
    }
    if (told.HasMember("tickets")) add_tickets(customer, ago, told["tickets"]);
}

void fill(tests::ActiveCustomer& customer, const Value& expected) {
    const Value& told = expected["customer"];
    customer.customer.segment = told["segment"].GetString();
    customer.customer.expected_api_calls = told["expected_api_calls"].GetDouble();
    customer.customer.mrr = {told["mrr"].GetInt64() * 100};
    customer.customer.signup_date = tests::kDay - std::chrono::days{told["age"].GetInt()};
    if (expected.HasMember("connected")) {
        customer.connected.clear();
        for (const Value& type : expected["connected"].GetArray())
            customer.connected.insert(type.GetString());
    }
    for (const Value& day : expected["days"].GetArray()) {
        const Value& ago = day["ago"];
        const int first = ago.IsArray() ? ago[0].GetInt() : ago.GetInt();
        const int last = ago.IsArray() ? ago[1].GetInt() : first;
        for (int i = first; i <= last; ++i) add_day(customer, i, day);
    }
}

void check_number(std::optional<double> score, const Value& expected) {
    REQUIRE(score.has_value() == !expected.IsNull());
    if (score) CHECK(*score == Approx(expected.GetDouble()).margin(1e-9).epsilon(1e-12));
}

TEST_CASE("The activity scorecard scores the golden cases", "[scoring]") {
    const rapidjson::Document golden = read_cases();
    const FactorRegistry registry = builtin_factors();
    const WeightedCalculator calculator{registry, activity_scorecard()};
    REQUIRE(golden["cases"].Size() >= 10);
    for (const Value& expected : golden["cases"].GetArray()) {
        INFO(expected["name"].GetString());
        tests::ActiveCustomer customer;
        fill(customer, expected);
        const HealthScore score = calculator.calculate(customer.input());
        check_number(score.overall_score, expected["overall_score"]);
        CHECK(to_string(score.status) == expected["status"].GetString());
        CHECK(score.coverage == Approx(expected["coverage"].GetDouble()));
        double sum = 0;
        for (const FactorScore& factor : score.factors) {
            INFO(factor.name << ": " << factor.description);
            check_number(factor.score, expected["scores"][factor.name.c_str()]);
            sum += factor.contribution;
        }
        CHECK(sum == Approx(score.overall_score.value_or(0)).margin(1e-9));
        CHECK(calculator.overall(customer.input()).score == score.overall_score);
    }
}

}  // namespace
}  // namespace keepwell
