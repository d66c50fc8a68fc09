#include "api/commands/plugin_samples.hpp"

#include <algorithm>

namespace keepwell::api::commands {
namespace {

using std::chrono::days;

constexpr int kDays = 400;
const std::set<std::string, std::less<>> kTypes{"api_call",  "feature_use", "login",         "nps_response",
                                                "page_view", "payment",     "support_ticket"};

ScoredCustomer customer(std::string name) {
    return {
        .id = {1},
        .name = std::move(name),
        .segment = "enterprise",
        .region = "EU",
        .plan = "pro",
        .mrr = {500'000},
        .signup_date = plugin_sample_day() - days{kDays},
        .known_since = plugin_sample_day() - days{kDays},
        .expected_api_calls = 1000,
        .custom = {{"renewal_date", to_string(plugin_sample_day() + days{45})}, {"contract_months", "12"}}};
}

/// The attributes of an event of each type, on a day that was so many days ago.
Attributes attributes_of(const std::string& type, int days_ago) {
    const std::string number = std::to_string(days_ago % 5);
    if (type == "api_call")
        return {{"endpoint", "/v1/" + number}, {"status_code", days_ago % 9 == 0 ? 500.0 : 200.0}};
    if (type == "feature_use")
        return {{"feature_name", "feature " + number}, {"advanced", days_ago % 2 == 0}};
    if (type == "login")
        return {{"user", "user" + number}, {"ip_address", "192.0.2.1"}, {"session_duration", 600.0}};
    if (type == "nps_response") return {{"score", 6.0 + days_ago % 5}};
    if (type == "payment") return {{"amount", 5000.0}, {"status", "paid_on_time"}};
    if (type == "support_ticket")
        return {{"ticket_id", "T-" + number}, {"status", "open"}, {"priority", "high"}};
    return {{"path", "/" + number}};
}

/// One day of one type with `count` equal events. By hand, as the rollups would have it.
DailyActivity day_of(const CustomerEvent& event, std::int64_t count) {
    DailyActivity day{.customer_id = event.customer_id,
                      .day = keepwell::day_of(event.occurred_at),
                      .event_type = event.type,
                      .count = count,
                      .last_at = event.occurred_at};
    for (const auto& [name, value] : event.attributes) {
        if (const auto* number = std::get_if<double>(&value)) {
            day.sums[name] = *number * static_cast<double>(count);
            day.last[name] = {.value = *number, .at = event.occurred_at};
        } else if (const auto* text = std::get_if<std::string>(&value)) {
            day.keys[name + "=" + *text] = count;
        }
    }
    if (event.type == "support_ticket") {
        const auto text = [&](const char* name) { return std::get<std::string>(event.attributes.at(name)); };
        day.tickets[text("ticket_id")] = {.at = event.occurred_at,
                                          .opened_at = event.occurred_at,
                                          .priority = text("priority"),
                                          .status = text("status")};
    }
    return day;
}

/// `per_day(days_ago)` events of each type on each day, none on days with 0.
void fill(PluginSample& sample, std::int64_t (*per_day)(int days_ago)) {
    sample.connected = kTypes;
    for (int ago = kDays; ago >= 0; --ago) {
        const std::int64_t count = per_day(ago);
        if (count == 0) continue;
        const Date day = plugin_sample_day() - days{ago};
        if (!sample.first_day) sample.first_day = day;
        for (const std::string& type : kTypes) {
            CustomerEvent event{.customer_id = {1},
                                .type = type,
                                .attributes = attributes_of(type, ago),
                                .occurred_at = day + std::chrono::hours{12},
                                .received_at = day + std::chrono::hours{12}};
            sample.days.push_back(day_of(event, count));
            sample.events.push_back(std::move(event));
        }
        sample.metrics.push_back({.customer_id = {1},
                                  .date = day,
                                  .daily_active_users = count,
                                  .feature_adoption_rate = 0.5,
                                  .support_tickets_open = 1,
                                  .nps_score = 30,
                                  .login_frequency = 0.5,
                                  .arr = {6'000'000},
                                  .health_score = {}});
    }
}

PluginSample strange() {
    PluginSample sample{.name = "strange values", .customer = customer("\"Ünï\\cødé\"\n\t🙂")};
    sample.customer.segment.clear();
    sample.customer.signup_date = plugin_sample_day() + days{10'000};
    sample.customer.mrr = {-1};
    sample.customer.expected_api_calls = 0;
    sample.customer.custom = {{"", ""}, {"renewal_date", "0000-00-00"}, {"long", std::string(10'000, 'x')}};
    fill(sample, [](int ago) -> std::int64_t { return ago % 3 == 0 ? 1'000'000'000'000 : 0; });
    for (DailyActivity& day : sample.days) {
        for (auto& [name, sum] : day.sums) sum = day.day < plugin_sample_day() - days{20} ? 1e300 : -1e300;
        for (int i = 0; i < 100; ++i) day.keys["user=" + std::string(static_cast<std::size_t>(i), '=')] = 0;
    }
    for (CustomerEvent& event : sample.events) event.attributes = {{"", std::string{}}, {"=", -0.0}};
    return sample;
}

}  // namespace

Date plugin_sample_day() {
    return std::chrono::year{2026} / 6 / 15;
}

std::vector<PluginSample> plugin_samples() {
    std::vector<PluginSample> all;
    all.push_back({.name = "nothing at all", .has_customer = false});
    all.push_back({.name = "a new customer", .customer = customer("New Inc"), .connected = kTypes});
    all.back().customer.signup_date = plugin_sample_day();
    all.push_back({.name = "nothing connected", .customer = customer("Quiet Inc")});
    all.push_back({.name = "a steady customer", .customer = customer("Steady Inc")});
    fill(all.back(), [](int) -> std::int64_t { return 20; });
    all.push_back({.name = "a fading customer", .customer = customer("Fading Inc")});
    fill(all.back(), [](int ago) -> std::int64_t { return std::min(ago / 5, 20); });
    all.push_back({.name = "a silent customer", .customer = customer("Silent Inc")});
    fill(all.back(), [](int ago) -> std::int64_t { return ago > 35 ? 20 : 0; });
    all.push_back(strange());
    return all;
}

}  // namespace keepwell::api::commands
