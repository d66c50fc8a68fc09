#include "tests/support/random_events.hpp"

#include <array>

namespace keepwell::testing {
namespace {

/// Types are drawn from here, so the first ones come more often.
const std::array<std::string, 12> kDrawn{"api_call",       "api_call",     "api_call",  "login",
                                         "login",          "feature_use",  "page_view", "payment",
                                         "support_ticket", "nps_response", "logout",    "note"};

template <std::size_t Size>
std::string quoted(const std::array<const char*, Size>& choices, std::size_t index) {
    return "\"" + std::string{choices[index % Size]} + "\"";
}

}  // namespace

std::string SentEvent::members() const {
    return "\"event_type\":\"" + type + "\",\"event_data\":" + data + ",\"timestamp\":\"" +
           keepwell::to_string(occurred_at) + "\",\"message_id\":\"" + message_id + "\"";
}

RandomEvents::RandomEvents(std::uint64_t seed, std::string name, Timestamp now)
    : random_(seed), name_(std::move(name)), now_(now) {}

SentEvent RandomEvents::next(std::int64_t customer_id) {
    return next(customer_id, kDrawn[below(kDrawn.size())]);
}

SentEvent RandomEvents::next(std::int64_t customer_id, const std::string& type) {
    return {.message_id = name_ + "-" + std::to_string(++count_),
            .customer_id = customer_id,
            .type = type,
            .data = data_of(type),
            .occurred_at = moment()};
}

/// Half of the events happened within the last hours, the others anywhere within the last weeks.
Timestamp RandomEvents::moment() {
    const std::chrono::microseconds most =
        chance(0.5) ? std::chrono::microseconds{std::chrono::hours{3}} : kOldestRandomEvent;
    return now_ -
           std::chrono::microseconds{static_cast<std::int64_t>(static_cast<double>(most.count()) * unit())};
}

std::string RandomEvents::data_of(const std::string& type) {
    const std::string number = std::to_string(below(100));
    if (type == "api_call") {
        return R"({"endpoint":"/v1/things/)" + std::to_string(below(8)) +
               R"(","method":"GET","status_code":)" + std::to_string(chance(0.1) ? 500 : 200) +
               R"(,"response_time":)" + number + "}";
    }
    if (type == "login") {
        return R"({"ip_address":"10.0.0.)" + number + R"(","session_duration":)" +
               std::to_string(below(3'000)) + R"(,"user":"person )" + std::to_string(below(5)) + "\"}";
    }
    if (type == "logout") return R"({"user":"person )" + std::to_string(below(5)) + "\"}";
    if (type == "feature_use") {
        return R"({"feature_name":"feature )" + std::to_string(below(10)) + R"(","advanced":)" +
               (chance(0.3) ? "true" : "false") + "}";
    }
    if (type == "page_view") return R"({"path":"/pages/)" + number + "\"}";
    if (type == "payment") {
        return R"({"amount":)" + std::to_string(1 + below(5'000)) + R"(,"status":)" +
               quoted(
                   std::array{"paid_on_time", "paid_on_time", "completed", "paid_late", "pending", "failed"},
                   below(6)) +
               R"(,"days_late":)" + std::to_string(below(20)) + "}";
    }
    if (type == "support_ticket") {
        return R"({"ticket_id":"T-)" + std::to_string(below(40)) + R"(","priority":)" +
               quoted(std::array{"low", "medium", "high", "urgent"}, below(4)) + R"(,"status":)" +
               quoted(std::array{"open", "in_progress", "resolved"}, below(3)) + "}";
    }
    if (type == "nps_response") return R"({"score":)" + std::to_string(below(11)) + "}";
    return R"({"text":"note )" + number + "\"}";
}

}  // namespace keepwell::testing
