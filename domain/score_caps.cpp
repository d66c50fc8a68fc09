#include "domain/score_caps.hpp"

#include <algorithm>
#include <cmath>

#include "domain/ticket_states.hpp"

namespace keepwell {
namespace {

constexpr std::string_view kOldestUrgentTicket = "oldest_urgent_ticket_days";
constexpr std::string_view kOpenUrgentTickets = "open_urgent_tickets";
constexpr std::string_view kCoverage = "coverage";

bool is_about_activity(std::string_view subject) {
    return subject == kOldestUrgentTicket || subject == kOpenUrgentTickets ||
           subject == kDaysSinceLastActivity;
}

double days_between(Date from, Date until) {
    return static_cast<double>((until - from).count());
}

std::vector<TicketState> open_urgent_tickets(const FactorInput& input) {
    std::vector<TicketState> open;
    for (auto& [id, ticket] : ticket_states(input.activity->days, input.as_of))
        if (ticket.is_open() && is_urgent(ticket)) open.push_back(std::move(ticket));
    return open;
}

std::optional<double> oldest_urgent_ticket_days(const FactorInput& input) {
    std::optional<double> oldest;
    for (const TicketState& ticket : open_urgent_tickets(input))
        oldest = std::max(oldest.value_or(0), days_between(day_of(ticket.opened_at), input.as_of));
    return oldest;
}

/// Of a customer that was never heard of there is none.
std::optional<double> days_since_last_activity(const FactorInput& input, int window_days) {
    if (!input.activity->first_day || *input.activity->first_day > input.as_of) return std::nullopt;
    const Date before_window = input.as_of - std::chrono::days{window_days};
    Date last = std::min(before_window, input.as_of);  // Nothing in the window: at least so long ago.
    for (const DailyActivity& day : input.activity->days)
        if (day.count > 0 && day.day <= input.as_of) last = std::max(last, day.day);
    return days_between(last, input.as_of);
}

std::optional<double> of_factor(const HealthScore& score, std::string_view subject) {
    for (const FactorScore& factor : score.factors) {
        if (!subject.starts_with(factor.name)) continue;
        const std::string_view rest = subject.substr(factor.name.size());
        if (rest == ".score") return factor.score;
        if (rest == ".value") return factor.value;
    }
    return std::nullopt;
}

int window_of(const Scorecard& card) {
    int days = 0;
    for (const ScoreCap& cap : card.caps) {
        if (cap.subject == kDaysSinceLastActivity)
            days = std::max(days, static_cast<int>(std::ceil(cap.threshold)) + 1);
    }
    return days;
}

std::optional<double> subject_of(const ScoreCap& cap, const Scorecard& card, const FactorInput& input,
                                 const HealthScore& score) {
    if (cap.subject == kCoverage) return score.coverage;
    if (!is_about_activity(cap.subject)) return of_factor(score, cap.subject);
    if (input.activity == nullptr) return std::nullopt;
    if (cap.subject == kOldestUrgentTicket) return oldest_urgent_ticket_days(input);
    if (cap.subject == kOpenUrgentTickets) return static_cast<double>(open_urgent_tickets(input).size());
    return days_since_last_activity(input, window_of(card));
}

}  // namespace

std::vector<std::string_view> cap_facts() {
    return {kOldestUrgentTicket, kOpenUrgentTickets, kDaysSinceLastActivity, kCoverage};
}

bool is_cap_subject(std::string_view subject, const Scorecard& card) {
    const auto facts = cap_facts();
    if (std::find(facts.begin(), facts.end(), subject) != facts.end()) return true;
    return std::any_of(card.factors.begin(), card.factors.end(), [&](const ScorecardFactor& row) {
        return subject == row.factor + ".score" || subject == row.factor + ".value";
    });
}

const ScoreCap* limiting_cap(const Scorecard& card, const FactorInput& input, const HealthScore& score) {
    if (!score.raw_score) return nullptr;
    const ScoreCap* limiting = nullptr;
    for (const ScoreCap& cap : card.caps) {
        if (cap.expires && input.as_of >= *cap.expires) continue;
        if (cap.maximum >= (limiting == nullptr ? *score.raw_score : limiting->maximum)) continue;
        const auto subject = subject_of(cap, card, input, score);
        if (subject && holds(cap.comparison, *subject, cap.threshold)) limiting = &cap;
    }
    return limiting;
}

FactorNeeds needs_of_caps(const Scorecard& card) {
    FactorNeeds needs{.window_days = window_of(card)};
    for (const ScoreCap& cap : card.caps) needs.activity = needs.activity || is_about_activity(cap.subject);
    return needs;
}

}  // namespace keepwell
