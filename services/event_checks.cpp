#include "services/event_checks.hpp"

#include <algorithm>

namespace keepwell {
namespace {

void append(std::string& list, std::string_view item) {
    if (!list.empty()) list += ", ";
    list += item;
}

bool is_required(const EventType& type, std::string_view name) {
    return std::any_of(type.attributes.begin(), type.attributes.end(), [&](const EventAttribute& attribute) {
        return attribute.required && attribute.name == name;
    });
}

}  // namespace

std::optional<EventDataMistakes> check_event_data(const EventType& type, const CustomerEvent& event) {
    EventDataMistakes found{.detail = {}, .mistakes = mistakes_in(type, event.attributes)};
    if (found.mistakes.empty()) return std::nullopt;
    const std::vector<std::string> missing = missing_attributes(type, event.attributes);
    // Clients of the first hour look for the required ones in one list, wrong ones with what they must be.
    std::string required;
    std::string others;
    for (FieldError& mistake : found.mistakes) {
        const std::string name = mistake.pointer.substr(1);
        if (std::find(missing.begin(), missing.end(), name) != missing.end()) {
            append(required, name);
        } else {
            append(is_required(type, name) ? required : others, name + " (" + mistake.message + ")");
        }
        mistake.pointer.insert(0, "/event_data");
    }
    if (!required.empty()) {
        found.detail = "Required fields missing or empty for " + type.name + " event: " + required;
    }
    if (!others.empty()) {
        found.detail += found.detail.empty() ? "Wrong fields" : "; wrong fields";
        found.detail += " for " + type.name + " event: " + others;
    }
    return found;
}

std::optional<EventTimeMistake> check_event_time(Timestamp occurred_at, Timestamp now,
                                                 std::chrono::days retention) {
    if (occurred_at > now + kMaximumEventLead) {
        return EventTimeMistake{"in_the_future", "is more than 24 hours in the future: is some clock wrong?"};
    }
    if (occurred_at < now - retention) {
        return EventTimeMistake{"beyond_retention", "is older than the " + std::to_string(retention.count()) +
                                                        " days for which events are kept"};
    }
    return std::nullopt;
}

}  // namespace keepwell
