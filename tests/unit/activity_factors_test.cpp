#include "domain/factors/activity_factors.hpp"

#include <rapidjson/document.h>

#include <catch2/catch.hpp>

#include "domain/factor_registry.hpp"
#include "tests/support/activity.hpp"

namespace keepwell {
namespace {

using tests::ActiveCustomer;

constexpr double kNotTold = -1;

double score_of(const std::string& factor, ActiveCustomer& customer) {
    const FactorRegistry registry = builtin_factors();
    const FactorScore explained = registry.find(factor)->explain(customer.input());
    const auto score = registry.find(factor)->score(customer.input());
    INFO(factor << ": " << explained.description);
    CHECK(score == explained.score);  // To the bit.
    CHECK(registry.find(factor)->value(customer.input()) == explained.value);
    CHECK(explained.score.has_value() == explained.value.has_value());
    CHECK_FALSE(explained.description.empty());
    return score.value_or(kNotTold);
}

FactorScore explained(const std::string& factor, ActiveCustomer& customer) {
    return builtin_factors().find(factor)->explain(customer.input());
}

rapidjson::Document details_of(const std::string& factor, ActiveCustomer& customer) {
    rapidjson::Document details;
    details.Parse(explained(factor, customer).details);
    REQUIRE(details.IsObject());
    return details;
}

void add_calls(ActiveCustomer& customer, int days_ago, std::int64_t calls, int endpoints, double errors = 0) {
    DailyActivity& day = customer.on(days_ago, "api_call", calls);
    for (int i = 0; i < endpoints; ++i) day.keys["endpoint=/e" + std::to_string(i)] = 1;
    if (errors > 0) day.sums["errors"] = errors;
}

void add_payment(ActiveCustomer& customer, int days_ago, const std::string& status, double points,
                 double counted = 1) {
    DailyActivity& day = customer.on(days_ago, "payment");
    day.keys["status=" + status] = 1;
    day.sums["amount"] = 100;
    if (counted > 0) {
        day.sums["counted"] = counted;
        day.sums["points"] = points;
    }
}

const char* const kFactors[] = {"api_usage", "login_frequency", "payment_timeliness", "feature_adoption",
                                "support_tickets"};

TEST_CASE("The five factors over events are built in, and their weights make 100", "[factors]") {
    const FactorRegistry registry = builtin_factors();
    double weights = 0;
    for (const char* name : kFactors) {
        INFO(name);
        const BaseHealthFactor* factor = registry.find(name);
        REQUIRE(factor != nullptr);
        CHECK(factor->needs().activity);
        CHECK_FALSE(factor->needs().metrics);
        CHECK_FALSE(factor->unit().empty());
        weights += factor->default_weight();
    }
    CHECK(weights == 100);
}

TEST_CASE("A source that nobody of the segment sends paints nobody red", "[factors]") {
    ActiveCustomer customer;
    customer.on(3, "page_view");
    customer.connected = {"page_view"};
    for (const char* name : kFactors) {
        INFO(name);
        CHECK(score_of(name, customer) == kNotTold);
    }
}

TEST_CASE("Silence of a connected source is 0, but for payments and tickets", "[factors]") {
    ActiveCustomer customer;
    customer.on(200, "login");
    CHECK(score_of("api_usage", customer) == 0);
    CHECK(score_of("login_frequency", customer) == 0);
    CHECK(score_of("feature_adoption", customer) == 0);
    CHECK(score_of("payment_timeliness", customer) == kNotTold);
    CHECK(score_of("support_tickets", customer) == kNotTold);
    customer.on(29, "page_view");
    CHECK(score_of("support_tickets", customer) == 100);
}

TEST_CASE("A customer without events has two weeks from signup before silence counts", "[factors]") {
    const auto [age, expected] =
        GENERATE(table<int, double>({{-5, kNotTold}, {0, kNotTold}, {13, kNotTold}, {14, 0}}));
    ActiveCustomer customer;
    SECTION("from signup") {
        customer.customer.signup_date = tests::kDay - std::chrono::days{age};
    }
    SECTION("from when it became known") {
        customer.customer.signup_date.reset();
        customer.customer.known_since = tests::kDay - std::chrono::days{age};
    }
    CHECK(score_of("login_frequency", customer) == expected);
    CHECK(score_of("api_usage", customer) == expected);
    CHECK(score_of("feature_adoption", customer) == expected);
    CHECK(score_of("support_tickets", customer) == kNotTold);
    customer.on(0, "page_view");  // A new customer that does send events is judged at once.
    CHECK(score_of("login_frequency", customer) == 0);
}

TEST_CASE("The window is the thirty days that end with the scored one", "[factors]") {
    const auto [days_ago, logins] = GENERATE(table<int, double>({{-1, 0}, {0, 1}, {29, 1}, {30, 0}}));
    ActiveCustomer customer;
    customer.on(100, "page_view");
    customer.on(days_ago, "login");
    CHECK(explained("login_frequency", customer).value == logins);
}

TEST_CASE("API usage follows its formula", "[factors]") {
    const auto [calls, endpoints, errors, expected] = GENERATE(table<int, int, double, double>({
        {100, 0, 0, 40},  // Half of the expected 200.
        {200, 0, 0, 80},
        {400, 0, 0, 80},  // More than expected is what is expected.
        {200, 1, 0, 84},
        {200, 5, 0, 100},
        {200, 9, 0, 100},
        {200, 5, 20, 75},   // 10 % errors take a quarter,
        {200, 5, 40, 50},   // 20 % take half,
        {200, 5, 200, 50},  // and never more.
    }));
    ActiveCustomer customer;
    add_calls(customer, 1, calls, endpoints, errors);
    CHECK(score_of("api_usage", customer) == Approx(expected));
}

TEST_CASE("Logins follow their formula, sessions only where their length is told", "[factors]") {
    ActiveCustomer customer;
    for (int day = 0; day < 6; ++day) customer.on(day, "login", 2);
    // 12 logins on 6 days: 70·12/20 + 15·6/12 of 85 possible points.
    CHECK(score_of("login_frequency", customer) == Approx(100 * (42 + 7.5) / 85));
    customer.on(6, "login", 1).keys["session_seconds=300"] = 1;
    CHECK(score_of("login_frequency", customer) == Approx(45.5 + 7.5 + 8.75));
    customer.on(7, "login", 1).keys["session_seconds=600"] = 1;
    CHECK(score_of("login_frequency", customer) == Approx(49 + 11.25 + 10));  // The median is 450 seconds.
    for (int day = 8; day < 20; ++day) customer.on(day, "login", 3).keys["session_seconds=600"] = 3;
    CHECK(score_of("login_frequency", customer) == Approx(100));
}

TEST_CASE("Further lengths of sessions that the rollup doesn't hold don't count", "[factors]") {
    ActiveCustomer customer;
    auto& keys = customer.on(0, "login", 20).keys;
    keys["session_seconds=~other"] = 19;
    keys["session_seconds=60"] = 1;
    CHECK(details_of("login_frequency", customer)["median_session_minutes"].GetDouble() == 1);
}

TEST_CASE("Payments are worth their points, less what is outstanding", "[factors]") {
    ActiveCustomer customer;
    add_payment(customer, 80, "paid_on_time", 1);
    CHECK(score_of("payment_timeliness", customer) == 100);
    add_payment(customer, 50, "paid_late", 0.5);
    CHECK(score_of("payment_timeliness", customer) == 75);
    add_payment(customer, 20, "pending", 0, 0);
    CHECK(score_of("payment_timeliness", customer) == 75);
    add_payment(customer, 10, "failed", 0);
    CHECK(score_of("payment_timeliness", customer) == 50);
    customer.on(9, "payment").last["outstanding_balance"] = {.value = 500, .at = Timestamp{tests::kDay}};
    CHECK(score_of("payment_timeliness", customer) == 35);  // Half a month's revenue is outstanding.
    const FactorScore score = explained("payment_timeliness", customer);
    CHECK(score.description == "33.3% of payments on time (1 of 3) in the last 90 days; 500 are outstanding");
    CHECK(score.value == Approx(100.0 / 3));
    const auto details = details_of("payment_timeliness", customer);
    CHECK(details["on_time_percentage"].GetDouble() == 33.3);
    CHECK(details["failed_payments"].GetInt() == 1);
    CHECK(details["total_payments"].GetInt() == 5);
}

TEST_CASE("The last balance that was told is outstanding, never more than 30 points of it", "[factors]") {
    ActiveCustomer customer;
    add_payment(customer, 3, "paid", 1);
    const Timestamp now{tests::kDay};
    customer.on(30, "payment").last["outstanding_balance"] = {.value = 1e9,
                                                              .at = now - std::chrono::days{30}};
    CHECK(score_of("payment_timeliness", customer) == 70);
    customer.on(2, "payment").last["outstanding_balance"] = {.value = 0, .at = now - std::chrono::days{2}};
    CHECK(score_of("payment_timeliness", customer) == 100);
    customer.customer.mrr = {0};
    CHECK(score_of("payment_timeliness", customer) == 100);
}

TEST_CASE("Payments that are all pending are no data", "[factors]") {
    ActiveCustomer customer;
    add_payment(customer, 3, "pending", 0, 0);
    CHECK(score_of("payment_timeliness", customer) == kNotTold);
    CHECK(explained("payment_timeliness", customer).description ==
          "Only pending payments in the last 90 days");
    add_payment(customer, 90, "paid", 1);  // The ninety-first day.
    CHECK(score_of("payment_timeliness", customer) == kNotTold);
}

TEST_CASE("Features count by variety, and by how many are advanced where that is told", "[factors]") {
    ActiveCustomer customer;
    auto& first = customer.on(2, "feature_use", 7).keys;
    first["feature_name=reports"] = 5;
    first["feature_name=export"] = 2;
    CHECK(score_of("feature_adoption", customer) == Approx(25));  // 2 of 8, nothing told of advanced.
    customer.on(3, "feature_use").keys["basic=reports"] = 1;
    CHECK(score_of("feature_adoption", customer) == Approx(20));
    customer.on(4, "feature_use").keys["advanced=export"] = 1;
    CHECK(score_of("feature_adoption", customer) == Approx(30));
    const FactorScore score = explained("feature_adoption", customer);
    CHECK(score.description == "2 features used in the last 30 days, 1 of them advanced");
    const auto details = details_of("feature_adoption", customer);
    CHECK(details["most_used_feature"] == "reports");
    CHECK(details["least_used_feature"] == "export");
    CHECK(details["features_used"].Size() == 2);
    CHECK(details["feature_usage_count"]["reports"].GetInt() == 5);
}

TEST_CASE("The more tickets the worse, more urgent ones worse still", "[factors]") {
    const auto [tickets, expected] =
        GENERATE(table<int, double>({{1, 90}, {2, 80}, {6, 40}, {7, 35}, {12, 10}, {13, 10}, {40, 10}}));
    ActiveCustomer customer;
    for (int i = 0; i < tickets; ++i)
        customer.ticket(i % 30, "T" + std::to_string(i), {.status = "resolved"});
    CHECK(score_of("support_tickets", customer) == expected);
}

TEST_CASE("Open urgent and high tickets cost extra, of any age", "[factors]") {
    const auto [priority, status, days_ago, expected] =
        GENERATE(table<std::string, std::string, int, double>({
            {"urgent", "open", 3, 80},
            {"critical", "in_progress", 3, 80},
            {"high", "open", 3, 85},
            {"medium", "open", 3, 90},
            {"urgent", "resolved", 3, 90},
            {"urgent", "open", 300, 80},
            {"urgent", "resolved", 30, 100},
            {"urgent", "resolved", 29, 90},
            {"urgent", "", 3, 80},
            {"urgent", "", 30, 100},  // Without a status nobody can ever close it.
        }));
    ActiveCustomer customer;
    customer.on(0, "login");
    customer.ticket(days_ago, "T", {.priority = priority, .status = status});
    CHECK(score_of("support_tickets", customer) == expected);
}

TEST_CASE("A ticket is what its newest event says", "[factors]") {
    ActiveCustomer customer;
    customer.ticket(40, "T", {.priority = "urgent", .status = "open", .type = "bug"});
    CHECK(score_of("support_tickets", customer) == 80);
    customer.ticket(20, "T", {.status = "resolved", .resolution_time = 40 * 3600.0});
    CHECK(score_of("support_tickets", customer) == 90);
    customer.ticket(10, "T", {.satisfaction = 5});
    CHECK(score_of("support_tickets", customer) == Approx(0.8 * 90 + 20));
    const auto details = details_of("support_tickets", customer);
    CHECK(details["priorities"]["urgent"].GetInt() == 1);
    CHECK(details["ticket_types"]["bug"].GetInt() == 1);
    CHECK(details["mean_satisfaction"].GetDouble() == 5);
    customer.ticket(9, "event:7", {.priority = "low", .status = "open"});
    customer.ticket(31, "event:8", {.priority = "low", .status = "open"});  // Too old without an id.
    CHECK(explained("support_tickets", customer).value == 2);
}

TEST_CASE("Slow resolutions take up to ten points", "[factors]") {
    const auto [hours, expected] =
        GENERATE(table<double, double>({{0, 90}, {48, 90}, {108, 85}, {168, 80}, {5000, 80}}));
    ActiveCustomer customer;
    customer.ticket(2, "T", {.status = "resolved", .resolution_time = hours * 3600});
    CHECK(score_of("support_tickets", customer) == Approx(expected));
}

TEST_CASE("A half of the window more than a tenth apart is a trend", "[factors]") {
    const auto [earlier, later, trend] = GENERATE(table<int, int, Trend>({{10, 11, Trend::kStable},
                                                                          {10, 12, Trend::kImproving},
                                                                          {10, 9, Trend::kStable},
                                                                          {10, 8, Trend::kDeclining},
                                                                          {0, 1, Trend::kImproving},
                                                                          {1, 0, Trend::kDeclining}}));
    ActiveCustomer customer;
    customer.on(100, "page_view");
    if (earlier > 0) customer.on(15, "login", earlier);
    if (later > 0) customer.on(14, "login", later);
    CHECK(explained("login_frequency", customer).trend == trend);
    for (int i = 0; i < earlier; ++i) customer.ticket(29, "e" + std::to_string(i), {.status = "resolved"});
    for (int i = 0; i < later; ++i) customer.ticket(0, "l" + std::to_string(i), {.status = "resolved"});
    const Trend opposite = trend == Trend::kImproving   ? Trend::kDeclining
                           : trend == Trend::kDeclining ? Trend::kImproving
                                                        : Trend::kStable;
    CHECK(explained("support_tickets", customer).trend == opposite);
}

TEST_CASE("Descriptions are sentences with the number right", "[factors]") {
    ActiveCustomer customer;
    customer.on(1, "login", 1);
    CHECK(explained("login_frequency", customer).description == "1 login in the last 30 days, on 1 day");
    customer.on(2, "login", 11);
    CHECK(explained("login_frequency", customer).description == "12 logins in the last 30 days, on 2 days");
    CHECK(explained("api_usage", customer).description ==
          "No API calls in the last 30 days, where 200 are expected");
    add_calls(customer, 1, 3, 1, 1);
    CHECK(explained("api_usage", customer).description ==
          "3 API calls in the last 30 days, where 200 are expected; 33.3% of them failed");
    CHECK(explained("support_tickets", customer).description == "No support tickets in the last 30 days");
    customer.ticket(1, "T", {.priority = "urgent", .status = "open"});
    CHECK(explained("support_tickets", customer).description ==
          "1 support ticket in the last 30 days, 1 open (1 urgent)");
}

TEST_CASE("What a score tells stays small, whatever was sent", "[factors]") {
    ActiveCustomer customer;
    for (int day = 0; day < 30; ++day) {
        for (int i = 0; i < 100; ++i) {
            customer.on(day, "api_call").keys["endpoint=/" + std::to_string(day * 100 + i)] = i + 1;
            customer.on(day, "feature_use").keys["feature_name=f" + std::to_string(day * 100 + i)] = 1;
        }
    }
    CHECK(explained("api_usage", customer).details.size() < 3000);
    CHECK(explained("feature_adoption", customer).details.size() < 3000);
    CHECK(details_of("api_usage", customer)["distinct_endpoints"].GetInt() == 3000);
    CHECK(details_of("api_usage", customer)["endpoints"].MemberCount() == 20);
}

}  // namespace
}  // namespace keepwell
