#include "domain/assignment.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "tests/support/scoring.hpp"

namespace keepwell {
namespace {

ScoredCustomer customer() {
    return {.id = {1},
            .segment = "Mid-Market",
            .region = "EMEA",
            .plan = "pro",
            .mrr = {},
            .signup_date = tests::kDay - std::chrono::days{100},
            .known_since = tests::kDay,
            .custom = {{"tier", "gold"}}};
}

TEST_CASE("A condition on a customer holds or not", "[assignment]") {
    const auto [field, operation, value, expected] =
        GENERATE(table<std::string, std::string, std::string, bool>({
            {"segment", "=", "mid market", true}, {"segment", "!=", "MIDMARKET", false},
            {"segment", "=", "smb", false},       {"plan", "=", "pro", true},
            {"plan", "=", "Pro", false},          {"plan", "!=", "basic", true},
            {"region", "=", "EMEA", true},        {"tenure_days", ">=", "100", true},
            {"tenure_days", ">", "100", false},   {"tenure_days", "<", "100.5", true},
            {"tenure_days", "=", "100", true},    {"tenure_days", "!=", "100", false},
            {"tenure_days", "<", "soon", false},  {"custom.tier", "=", "gold", true},
            {"custom.tier", "!=", "gold", false}, {"custom.colour", "=", "red", false},
            {"custom.colour", "!=", "red", true}, {"shoe_size", "=", "42", false},
            {"plan", "~", "pro", false},
        }));
    INFO(field << operation << value);
    const std::vector<AssignmentRule> rules{{.scorecard = "card", .conditions = {{field, operation, value}}}};
    CHECK(assigned_scorecard(rules, customer(), tests::kDay).has_value() == expected);
}

TEST_CASE("The first rule whose conditions all hold wins", "[assignment]") {
    const std::vector<AssignmentRule> rules{
        {.scorecard = "a", .conditions = {{"plan", "=", "pro"}, {"region", "=", "APAC"}}},
        {.scorecard = "b", .conditions = {{"plan", "=", "pro"}, {"region", "=", "EMEA"}}},
        {.scorecard = "c", .conditions = {}}};
    CHECK(assigned_scorecard(rules, customer(), tests::kDay) == "b");
    CHECK(assigned_scorecard(std::span{rules}.subspan(2), customer(), tests::kDay) == "c");
    CHECK_FALSE(assigned_scorecard(std::span{rules}.first(1), customer(), tests::kDay));
    CHECK_FALSE(assigned_scorecard({}, customer(), tests::kDay));
}

TEST_CASE("Without a signup date the tenure counts from when the customer became known", "[assignment]") {
    ScoredCustomer unknown = customer();
    unknown.signup_date.reset();
    const std::vector<AssignmentRule> rules{{.scorecard = "new", .conditions = {{"tenure_days", "<", "1"}}}};
    CHECK(assigned_scorecard(rules, unknown, tests::kDay) == "new");
    CHECK_FALSE(assigned_scorecard(rules, unknown, tests::kDay + std::chrono::days{1}));
}

TEST_CASE("Every mistake in rules is named where it is", "[assignment]") {
    const std::vector<AssignmentRule> rules{
        {.scorecard = "", .conditions = {{"shoe_size", "=", "42"}, {"plan", "<", "pro"}}},
        {.scorecard = "a", .conditions = {{"tenure_days", "~", "ten"}, {"custom.", "=", "x"}}},
        {.scorecard = "b", .conditions = {{"tenure_days", "<=", "10"}, {"custom.x", "!=", ""}}}};
    std::set<std::string> pointers;
    for (const FieldError& mistake : mistakes_in(rules)) pointers.insert(mistake.pointer);
    CHECK(pointers == std::set<std::string>{"/0/scorecard", "/0/conditions/0/field",
                                            "/0/conditions/1/operation", "/1/conditions/0/operation",
                                            "/1/conditions/0/value", "/1/conditions/1/field"});
}

}  // namespace
}  // namespace keepwell
