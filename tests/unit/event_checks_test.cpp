#include "services/event_checks.hpp"

#include <catch2/catch.hpp>

namespace keepwell {
namespace {

using namespace std::chrono_literals;

const EventType kPayment{
    .name = "payment",
    .description = "",
    .built_in = true,
    .attributes = {{.name = "amount", .type = AttributeType::kNumber, .required = true, .above = 0},
                   {.name = "payer", .type = AttributeType::kString, .required = true},
                   {.name = "status", .type = AttributeType::kString, .choices = {"paid", "failed"}}}};

std::string detail(Attributes attributes) {
    CustomerEvent event;
    event.attributes = std::move(attributes);
    const auto found = check_event_data(kPayment, event);
    return found ? found->detail : "";
}

}  // namespace

TEST_CASE("what is wrong with an event's data is said in one sentence") {
    CHECK(detail({{"amount", 5.0}, {"payer", std::string{"Ada"}}, {"status", std::string{"PAID"}}}).empty());
    CHECK(detail({}) == "Required fields missing or empty for payment event: amount, payer");
    CHECK(detail({{"amount", 0.0}, {"payer", std::string{" "}}}) ==
          "Required fields missing or empty for payment event: amount (must be greater than 0), payer");
    CHECK(detail({{"amount", std::string{"much"}},
                  {"payer", std::string{"Ada"}},
                  {"status", std::string{"eaten"}}}) ==
          "Required fields missing or empty for payment event: amount (must be a number); wrong fields for "
          "payment "
          "event: status (must be paid or failed)");
    CHECK(detail({{"amount", 5.0}, {"payer", std::string{"Ada"}}, {"status", true}}) ==
          "Wrong fields for payment event: status (must be a text)");
}

TEST_CASE("an event's mistakes point into the event") {
    CustomerEvent event;
    const auto found = check_event_data(kPayment, event);
    REQUIRE(found);
    REQUIRE(found->mistakes.size() == 2);
    CHECK(found->mistakes[0].pointer == "/event_data/amount");
    CHECK(found->mistakes[1].pointer == "/event_data/payer");
}

TEST_CASE("an event is taken from the retention's beginning until a day ahead") {
    const Timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 12h};
    const auto code = [&](Timestamp time) {
        const auto mistake = check_event_time(time, now, std::chrono::days{90});
        return mistake ? mistake->code : "";
    };
    CHECK(code(now).empty());
    CHECK(code(now + 24h).empty());
    CHECK(code(now + 24h + 1us) == "in_the_future");
    CHECK(code(now - 90 * 24h).empty());
    CHECK(code(now - 90 * 24h - 1us) == "beyond_retention");
}

}  // namespace keepwell
