#include "domain/activity_rules.hpp"

#include <cmath>

#include "domain/daily_activity.hpp"

namespace keepwell {
namespace {

constexpr double kLongestSessionSeconds = 600;
constexpr double kDaysUntilWorthless = 30;

void derive_api_call(DailyActivity& activity, const CustomerEvent& event) {
    const double status = number_in(event.attributes, "status_code").value_or(0);
    const double response = number_in(event.attributes, "response_code").value_or(0);
    if (std::max(status, response) >= 400) activity.sums["errors"] += 1;
}

void derive_login(DailyActivity& activity, const CustomerEvent& event) {
    const auto seconds = number_in(event.attributes, "session_duration");
    if (!seconds) return;
    const double bounded = std::floor(std::clamp(*seconds, 0.0, kLongestSessionSeconds));
    activity.count_key("session_seconds=" + std::to_string(static_cast<int>(bounded)), 1);
}

/// What a payment is worth, 0 to 1; empty when it doesn't count.
std::optional<double> payment_points(const Attributes& attributes) {
    const std::string status = folded_key_text(text_in(attributes, "status").value_or(""));
    const auto days_late = number_in(attributes, "days_late");
    const auto late = [&] {
        return days_late ? 1 - std::clamp(*days_late / kDaysUntilWorthless, 0.0, 1.0) : 0.5;
    };
    if (status == "paid_late") return late();
    if (status == "failed" || status == "overdue") return 0;
    if (status == "pending") return std::nullopt;
    // Money came; without a status the days alone tell how late.
    return status.empty() && days_late ? late() : 1;
}

void derive_payment(DailyActivity& activity, const CustomerEvent& event) {
    const auto points = payment_points(event.attributes);
    if (!points) return;
    activity.sums["counted"] += 1;
    activity.sums["points"] += *points;
}

void derive_feature_use(DailyActivity& activity, const CustomerEvent& event) {
    if (!event.attributes.contains("advanced")) return;
    const auto feature = text_in(event.attributes, "feature_name");
    if (!feature || feature->empty()) return;
    const std::string_view told = flag_in(event.attributes, "advanced") ? "advanced=" : "basic=";
    activity.count_key(std::string(told) + key_text(*feature), 1);
}

std::string ticket_id_of(const CustomerEvent& event) {
    if (const auto text = text_in(event.attributes, "ticket_id"); text && !text->empty()) {
        return key_text(*text);
    }
    if (const auto number = number_in(event.attributes, "ticket_id");
        number && std::abs(*number) < 9e15 && std::floor(*number) == *number) {
        return std::to_string(static_cast<std::int64_t>(*number));
    }
    return std::string(kTicketWithoutId) + std::to_string(event.id.value);
}

void derive_support_ticket(DailyActivity& activity, const CustomerEvent& event) {
    TicketState ticket{.at = event.occurred_at, .opened_at = event.occurred_at};
    const auto tell = [&](std::string_view name, std::string& value, Timestamp& at, bool folded) {
        const auto text = text_in(event.attributes, name);
        if (!text || text->empty()) return;
        value = folded ? folded_key_text(*text) : key_text(*text);
        at = event.occurred_at;
    };
    tell("priority", ticket.priority, ticket.priority_at, true);
    tell("status", ticket.status, ticket.status_at, true);
    tell("ticket_type", ticket.type, ticket.type_at, false);
    ticket.satisfaction = number_in(event.attributes, "satisfaction");
    if (ticket.satisfaction) ticket.satisfaction_at = event.occurred_at;
    ticket.resolution_time = number_in(event.attributes, "resolution_time");
    if (ticket.resolution_time) ticket.resolution_time_at = event.occurred_at;
    activity.add_ticket(ticket_id_of(event), ticket);
}

constexpr std::array kRules{
    ActivityRules{.type = "api_call",
                  .numbers = {"status_code", "response_code", "response_time"},
                  .texts = {"endpoint", "method"},
                  .left_out = {"errors"},
                  .derive = derive_api_call},
    ActivityRules{.type = "login",
                  .numbers = {"session_duration"},
                  .texts = {"user"},
                  .left_out = {"ip_address", "user_agent", "session_seconds"},
                  .derive = derive_login},
    ActivityRules{.type = "logout", .texts = {"user"}},
    ActivityRules{.type = "payment",
                  .numbers = {"amount", "days_late", "outstanding_balance"},
                  .texts = {"currency", "status", "payment_method"},
                  .left_out = {"counted", "points"},
                  .derive = derive_payment},
    ActivityRules{.type = "feature_use",
                  .numbers = {"usage_duration"},
                  .texts = {"feature_name", "feature_category"},
                  .left_out = {"advanced", "basic"},
                  .derive = derive_feature_use},
    ActivityRules{.type = "support_ticket",
                  .numbers = {"satisfaction", "resolution_time"},
                  .left_out = {"ticket_id"},
                  .counts_other_texts = false,
                  .derive = derive_support_ticket},
    ActivityRules{.type = "nps_response", .numbers = {"score"}},
    ActivityRules{.type = "page_view", .texts = {"path"}},
    ActivityRules{.type = "subscription_change", .numbers = {"mrr"}, .texts = {"plan", "status"}},
    ActivityRules{.type = "note", .counts_other_texts = false},
};
constexpr ActivityRules kGeneral{};

}  // namespace

const ActivityRules& activity_rules_of(std::string_view event_type) {
    for (const ActivityRules& rules : kRules) {
        if (rules.type == event_type) return rules;
    }
    return kGeneral;
}

bool is_among(const ActivityRules::Names& names, std::string_view name) {
    for (const std::string_view candidate : names) {
        if (candidate.empty()) return false;
        if (candidate == name) return true;
    }
    return false;
}

std::string key_text(std::string_view text) {
    if (text.size() > kMaximumKeyBytes) {
        std::size_t end = kMaximumKeyBytes;
        while (end > 0 && (text[end] & 0xC0) == 0x80) --end;  // Not within a character.
        text = text.substr(0, end);
    }
    std::string key(text);
    std::replace(key.begin(), key.end(), '\0', ' ');  // PostgreSQL stores none.
    return key;
}

std::string folded_key_text(std::string_view text) {
    std::string key = key_text(text);
    for (char& character : key) {
        if (character >= 'A' && character <= 'Z') character = static_cast<char>(character - 'A' + 'a');
    }
    return key;
}

}  // namespace keepwell
