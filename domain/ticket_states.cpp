#include "domain/ticket_states.hpp"

#include <algorithm>

namespace keepwell {
namespace {

/// Begins the id that a ticket gets when its event names none.
constexpr std::string_view kWithoutId = "event:";
constexpr std::chrono::days kLifeOfUnclosable{30};

std::string in_lower_case(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return text;
}

/// What is missing in the newer state is as it was.
TicketState follow(const TicketState& older, TicketState newer) {
    newer.opened_at = std::min(newer.opened_at, older.opened_at);
    if (newer.priority.empty()) newer.priority = older.priority;
    if (newer.status.empty()) newer.status = older.status;
    if (newer.type.empty()) newer.type = older.type;
    if (!newer.satisfaction) newer.satisfaction = older.satisfaction;
    if (!newer.resolution_time) newer.resolution_time = older.resolution_time;
    return newer;
}

}  // namespace

std::map<std::string, TicketState, std::less<>> ticket_states(std::span<const DailyActivity> days,
                                                              Date as_of) {
    std::map<std::string, TicketState, std::less<>> states;
    for (const DailyActivity& day : days) {
        if (day.event_type != "support_ticket" || day.day > as_of) continue;
        for (const auto& [id, told] : day.tickets) {
            TicketState state = told;
            state.priority = in_lower_case(std::move(state.priority));
            state.status = in_lower_case(std::move(state.status));
            const auto known = states.find(id);
            if (known == states.end()) {
                states.emplace(id, std::move(state));
            } else if (known->second.at <= state.at) {
                known->second = follow(known->second, std::move(state));
            } else {
                known->second = follow(state, known->second);
            }
        }
    }
    std::erase_if(states, [&](const auto& entry) {
        const auto& [id, state] = entry;
        const bool can_close = !id.starts_with(kWithoutId) && !state.status.empty();
        return !can_close && as_of - day_of(state.at) >= kLifeOfUnclosable;
    });
    return states;
}

bool is_urgent(const TicketState& ticket) {
    return ticket.priority == "urgent" || ticket.priority == "critical";
}

}  // namespace keepwell
