#include "domain/ticket_states.hpp"

namespace keepwell {
namespace {

constexpr std::chrono::days kLifeOfUnclosable{30};

}  // namespace

std::map<std::string, TicketState, std::less<>> ticket_states(std::span<const DailyActivity> days,
                                                              Date as_of) {
    std::map<std::string, TicketState, std::less<>> states;
    for (const DailyActivity& day : days) {
        if (day.event_type != "support_ticket" || day.day > as_of) continue;
        for (const auto& [id, told] : day.tickets) {
            const auto [state, is_new] = states.emplace(id, told);
            if (!is_new) state->second.merge(told);
        }
    }
    std::erase_if(states, [&](const auto& entry) {
        const auto& [id, state] = entry;
        const bool can_close = !id.starts_with(kTicketWithoutId) && !state.status.empty();
        return !can_close && as_of - day_of(state.at) >= kLifeOfUnclosable;
    });
    return states;
}

bool is_urgent(const TicketState& ticket) {
    return ticket.priority == "urgent" || ticket.priority == "critical";
}

}  // namespace keepwell
