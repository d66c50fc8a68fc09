#include "plugins/host/plugin_input.hpp"

#include <algorithm>
#include <cstring>

namespace keepwell::plugins {
namespace {

constexpr std::string_view kTickets = "support_ticket";

std::int32_t number_of(Date day) {
    return static_cast<std::int32_t>(day.time_since_epoch().count());
}
std::int64_t number_of(Timestamp moment) {
    return moment.time_since_epoch().count();
}

}  // namespace

keepwell_text PluginInput::text(std::string_view text) {
    if (text.empty()) return {"", 0};
    char* copy = static_cast<char*>(memory_.allocate(text.size() + 1, 1));
    std::memcpy(copy, text.data(), text.size());
    copy[text.size()] = '\0';
    return {copy, text.size()};
}

template <typename Item>
Item* PluginInput::items(keepwell_array& array, std::size_t count) {
    array = {nullptr, count, sizeof(Item)};
    if (count == 0) return nullptr;
    void* place = memory_.allocate(count * sizeof(Item), alignof(Item));
    array.items = place;
    return new (place) Item[count]{};
}

PluginInput::PluginInput(const FactorInput& input, const FactorNeeds& needs, bool wants_explanation,
                         void* call) {
    table_.struct_size = sizeof table_;
    table_.as_of = number_of(input.as_of);
    table_.wants_explanation = wants_explanation ? 1 : 0;
    table_.call = call;
    if (input.customer != nullptr) copy_customer(*input.customer);
    copy_metrics(needs.metrics ? input.metrics : std::span<const DailyMetrics>{});
    static const ActivityWindow kNothing{};
    const ActivityWindow& window = input.activity != nullptr ? *input.activity : kNothing;
    const Date from = input.as_of - std::chrono::days{needs.window_days - 1};
    copy_activity(needs.activity ? window : kNothing, from, input.as_of);
    copy_events(needs.raw_events ? window : kNothing, from, input.as_of);
    const auto* connected = window.connected;
    auto* type = items<keepwell_text>(table_.connected, connected != nullptr ? connected->size() : 0);
    if (connected != nullptr) {
        for (const std::string& name : *connected) *type++ = text(name);
    }
    if (window.first_day) {
        table_.has_first_day = 1;
        table_.first_day = number_of(*window.first_day);
    }
}

void PluginInput::copy_customer(const ScoredCustomer& customer) {
    customer_.struct_size = sizeof customer_;
    customer_.id = customer.id.value;
    customer_.known_since = number_of(customer.known_since);
    customer_.name = text(customer.name);
    customer_.segment = text(customer.segment);
    customer_.region = text(customer.region);
    customer_.plan = text(customer.plan);
    customer_.mrr = to_double(customer.mrr);
    if (customer.signup_date) {
        customer_.has_signup_day = 1;
        customer_.signup_day = number_of(*customer.signup_date);
    }
    customer_.expected_api_calls = customer.expected_api_calls;
    auto* pair = items<keepwell_pair>(customer_.custom, customer.custom.size());
    for (const auto& [name, value] : customer.custom) *pair++ = {text(name), text(value)};
    table_.customer = &customer_;
}

void PluginInput::copy_metrics(std::span<const DailyMetrics> rows) {
    auto* row = items<keepwell_metrics>(table_.metrics, rows.size());
    for (const DailyMetrics& day : rows) {
        row->day = number_of(day.date);
        row->daily_active_users = day.daily_active_users;
        row->feature_adoption_rate = day.feature_adoption_rate;
        row->support_tickets_open = day.support_tickets_open;
        row->has_nps_score = day.nps_score ? 1 : 0;
        row->nps_score = day.nps_score.value_or(0);
        row->login_frequency = day.login_frequency;
        row->arr = to_double(day.arr);
        ++row;
    }
}

/// Other factors of the scorecard may have asked for more days; the answer must not depend on them.
void PluginInput::copy_activity(const ActivityWindow& window, Date from, Date as_of) {
    const auto is_seen = [&](const DailyActivity& day) {
        return day.day <= as_of && (day.day >= from || day.event_type == kTickets);
    };
    const auto count = std::count_if(window.days.begin(), window.days.end(), is_seen);
    auto* row = items<keepwell_activity>(table_.activity, static_cast<std::size_t>(count));
    for (const DailyActivity& day : window.days) {
        if (is_seen(day)) copy_day(day, *row++);
    }
}

void PluginInput::copy_day(const DailyActivity& day, keepwell_activity& row) {
    row.day = number_of(day.day);
    row.event_type = text(day.event_type);
    row.count = day.count;
    row.last_at = number_of(day.last_at);
    auto* sum = items<keepwell_sum>(row.sums, day.sums.size());
    for (const auto& [name, value] : day.sums) *sum++ = {text(name), value};
    auto* key = items<keepwell_count>(row.keys, day.keys.size());
    for (const auto& [name, count] : day.keys) *key++ = {text(name), count};
    auto* last = items<keepwell_last>(row.last, day.last.size());
    for (const auto& [name, value] : day.last) *last++ = {text(name), value.value, number_of(value.at)};
    auto* ticket = items<keepwell_ticket>(row.tickets, day.tickets.size());
    for (const auto& [id, state] : day.tickets) {
        ticket->id = text(id);
        ticket->priority = text(state.priority);
        ticket->status = text(state.status);
        ticket->type = text(state.type);
        ticket->at = number_of(state.at);
        ticket->opened_at = number_of(state.opened_at);
        ticket->has_satisfaction = state.satisfaction ? 1 : 0;
        ticket->satisfaction = state.satisfaction.value_or(0);
        ticket->has_resolution_time = state.resolution_time ? 1 : 0;
        ticket->resolution_time = state.resolution_time.value_or(0);
        ++ticket;
    }
}

void PluginInput::copy_events(const ActivityWindow& window, Date from, Date as_of) {
    const auto is_seen = [&](const CustomerEvent& event) {
        return day_of(event.occurred_at) >= from && day_of(event.occurred_at) <= as_of;
    };
    const auto count = std::count_if(window.events.begin(), window.events.end(), is_seen);
    auto* row = items<keepwell_event>(table_.events, static_cast<std::size_t>(count));
    for (const CustomerEvent& event : window.events) {
        if (!is_seen(event)) continue;
        row->id = event.id.value;
        row->type = text(event.type);
        row->occurred_at = number_of(event.occurred_at);
        row->received_at = number_of(event.received_at);
        row->data = text(event.data);
        copy_attributes(event.attributes, *row);
        ++row;
    }
}

void PluginInput::copy_attributes(const Attributes& attributes, keepwell_event& row) {
    auto* attribute = items<keepwell_attribute>(row.attributes, attributes.size());
    for (const auto& [name, value] : attributes) {
        attribute->name = text(name);
        attribute->text = text({});
        if (const auto* flag = std::get_if<bool>(&value)) {
            attribute->kind = KEEPWELL_FLAG;
            attribute->flag = *flag ? 1 : 0;
        } else if (const auto* number = std::get_if<double>(&value)) {
            attribute->kind = KEEPWELL_NUMBER;
            attribute->number = *number;
        } else {
            attribute->kind = KEEPWELL_TEXT;
            attribute->text = text(std::get<std::string>(value));
        }
        ++attribute;
    }
}

}  // namespace keepwell::plugins
