#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "domain/unit_of_work.hpp"

namespace keepwell {

/// Types of events by name.
using EventTypes = std::map<std::string, EventType, std::less<>>;

/// What is known of the types of events. Thread-safe.
class EventTypeService {
public:
    explicit EventTypeService(UnitOfWork& unit_of_work) : unit_of_work_(unit_of_work) {}

    /// By name.
    std::vector<EventType> list();
    /// All of them, kept in memory until one changes. Asks the database only for its revision.
    std::shared_ptr<const EventTypes> current();
    /// Adds the type, or replaces what is stored under its name. Throws Error{kInvalid} naming all mistakes;
    /// what the program itself reads of a built-in type must stay as it is.
    EventType save(EventType type);
    /// Throws Error{kNotFound}, or Error{kConflict} for a built-in one.
    void remove(const std::string& name);

private:
    UnitOfWork& unit_of_work_;
    std::mutex mutex_;
    std::int64_t revision_ = -1;
    std::shared_ptr<const EventTypes> types_;
};

}  // namespace keepwell
