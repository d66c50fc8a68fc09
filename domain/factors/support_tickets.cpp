#include <algorithm>
#include <limits>

#include "domain/details.hpp"
#include "domain/factors/activity_days.hpp"
#include "domain/factors/activity_factors.hpp"
#include "domain/ticket_states.hpp"

namespace keepwell::factors {
namespace {

constexpr int kWindowDays = 30;
constexpr double kGoodResolutionHours = 48;
constexpr double kWorstResolutionHours = 7 * 24;
constexpr std::size_t kTypesToldOf = 20;

std::optional<double> median(std::vector<double> values) {
    if (values.empty()) return std::nullopt;
    std::sort(values.begin(), values.end());
    return (values[(values.size() - 1) / 2] + values[values.size() / 2]) / 2;
}

bool has_any_event(const FactorInput& input, Date from) {
    const auto days = input.activity->days;
    return std::any_of(days.begin(), days.end(), [&](const DailyActivity& day) {
        return day.day >= from && day.day <= input.as_of && day.count > 0;
    });
}

class SupportTickets final : public BaseHealthFactor {
public:
    std::string_view name() const override { return "support_tickets"; }
    std::string_view summary() const override {
        return "How many support tickets there are, how urgent and how well they were solved";
    }
    double default_weight() const override { return 10; }
    FactorNeeds needs() const override { return {.activity = true, .window_days = kWindowDays}; }
    std::string_view unit() const override { return "support tickets in 30 days"; }

    std::optional<double> score(const FactorInput& input) const override {
        if (unknown(input)) return std::nullopt;
        const Parts parts{input};
        return parts.is_known ? std::optional{parts.score()} : std::nullopt;
    }
    FactorScore explain(const FactorInput& input) const override;

private:
    static std::optional<std::string> unknown(const FactorInput& input) {
        return unknown_because(input, "support_ticket", "support tickets");
    }

    struct Parts {
        explicit Parts(const FactorInput& input);

        double volume_points() const {
            const auto number = static_cast<double>(tickets.size());
            return number <= 6 ? 100 - 10 * number : std::max(10.0, 40 - 5 * (number - 6));
        }
        double urgency_penalty() const {
            return 10 * static_cast<double>(open_urgent) + 5 * static_cast<double>(open_high);
        }
        double resolution_penalty() const {
            const double beyond = resolution_hours.value_or(0) - kGoodResolutionHours;
            return 10 * share(beyond / (kWorstResolutionHours - kGoodResolutionHours));
        }
        double score() const {
            double points = std::max(0.0, volume_points() - urgency_penalty());
            if (satisfaction) points = 0.8 * points + 0.2 * (25 * (*satisfaction - 1));
            return std::clamp(points - resolution_penalty(), 0.0, 100.0);
        }

        Date from;
        Date middle;
        std::vector<TicketState> tickets;
        bool is_known;  ///< No ticket means something only of a customer that is there.
        std::int64_t open = 0;
        std::int64_t open_urgent = 0;
        std::int64_t open_high = 0;
        std::optional<double> satisfaction;
        std::optional<double> resolution_hours;
    };
};

SupportTickets::Parts::Parts(const FactorInput& input)
    : from(input.as_of - std::chrono::days{kWindowDays - 1}),
      middle(from + std::chrono::days{kWindowDays / 2}) {
    std::vector<double> hours;
    double satisfied = 0;
    std::int64_t asked = 0;
    for (auto& [id, ticket] : ticket_states(input.activity->days, input.as_of)) {
        const bool is_recent = day_of(ticket.at) >= from;
        if (!is_recent && !ticket.is_open()) continue;
        if (ticket.is_open()) {
            ++open;
            open_urgent += is_urgent(ticket) ? 1 : 0;
            open_high += ticket.priority == "high" ? 1 : 0;
        }
        if (ticket.satisfaction) {
            satisfied += std::clamp(*ticket.satisfaction, 1.0, 5.0);
            ++asked;
        }
        if (ticket.resolution_time) hours.push_back(std::max(0.0, *ticket.resolution_time) / 3600);
        tickets.push_back(std::move(ticket));
    }
    if (asked > 0) satisfaction = satisfied / static_cast<double>(asked);
    resolution_hours = median(std::move(hours));
    is_known = !tickets.empty() || has_any_event(input, from);
}

FactorScore SupportTickets::explain(const FactorInput& input) const {
    FactorScore result;
    if (auto reason = unknown(input)) {
        result.description = *std::move(reason);
        return result;
    }
    const Parts parts{input};
    if (!parts.is_known) {
        result.description = "No events in the last 30 days, so that no tickets mean nothing";
        return result;
    }
    std::map<std::string, std::int64_t, std::less<>> priorities{
        {"low", 0}, {"medium", 0}, {"high", 0}, {"urgent", 0}, {"critical", 0}};
    Counts types;
    double earlier = 0;
    double later = 0;
    for (const TicketState& ticket : parts.tickets) {
        ++priorities[priorities.contains(ticket.priority) ? ticket.priority : "medium"];
        ++types[ticket.type.empty() ? std::string_view{"unknown"} : std::string_view{ticket.type}];
        const Date opened = day_of(ticket.opened_at);
        if (opened >= parts.from) ++(opened < parts.middle ? earlier : later);
    }
    const auto number = static_cast<std::int64_t>(parts.tickets.size());
    constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
    result.score = parts.score();
    result.value = static_cast<double>(number);
    result.trend = trend_between(earlier, later, Direction::kLowerIsBetter);
    result.description = counted(number, "support ticket", "support tickets") + " in the last 30 days";
    if (number > 0) result.description += ", " + std::to_string(parts.open) + " open";
    if (parts.open_urgent > 0) result.description += " (" + std::to_string(parts.open_urgent) + " urgent)";
    result.details = Details{}
                         .add("interpretation", "The fewer tickets, the better")
                         .add("open_tickets", parts.open)
                         .add("open_urgent_tickets", parts.open_urgent)
                         .add("open_high_tickets", parts.open_high)
                         .add("priorities", priorities)
                         .add("ticket_types", most_frequent(types, kTypesToldOf))
                         .add("mean_satisfaction", parts.satisfaction.value_or(kUnknown))
                         .add("median_resolution_hours", parts.resolution_hours.value_or(kUnknown))
                         .add("volume_points", parts.volume_points())
                         .add("urgency_penalty", parts.urgency_penalty())
                         .add("resolution_penalty", parts.resolution_penalty())
                         .json();
    return result;
}

}  // namespace

std::unique_ptr<BaseHealthFactor> support_tickets() {
    return std::make_unique<SupportTickets>();
}

}  // namespace keepwell::factors
