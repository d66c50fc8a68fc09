#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "domain/event_type.hpp"

namespace keepwell {

/// What is wrong with the data of an event, going by its type.
struct EventDataMistakes {
    std::string detail;                ///< One sentence that names them all.
    std::vector<FieldError> mistakes;  ///< Pointers into the event.
};
/// Empty when the data are as the type demands.
std::optional<EventDataMistakes> check_event_data(const EventType& type, const CustomerEvent& event);

/// Why an event of that time is not taken: `in_the_future`, `beyond_retention`.
struct EventTimeMistake {
    std::string code;
    std::string message;
};
/// Empty when it is taken.
std::optional<EventTimeMistake> check_event_time(Timestamp occurred_at, Timestamp now,
                                                 std::chrono::days retention);

}  // namespace keepwell
