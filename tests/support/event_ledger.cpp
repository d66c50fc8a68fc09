#include "tests/support/event_ledger.hpp"

namespace keepwell::testing {

void EventLedger::acknowledge(const SentEvent& event, std::int64_t event_id) {
    const std::lock_guard lock(mutex_);
    Entry& entry = entries_.try_emplace(event.message_id, Entry{event, event_id}).first->second;
    if (entry.event_id == 0) entry.event_id = event_id;
    if (event_id != 0 && event_id != entry.event_id) {
        objections_.push_back(event.message_id + " was event " + std::to_string(entry.event_id) +
                              " and is now event " + std::to_string(event_id));
    }
}

void EventLedger::object(std::string what) {
    const std::lock_guard lock(mutex_);
    objections_.push_back(std::move(what));
}

void EventLedger::count_retry() {
    const std::lock_guard lock(mutex_);
    ++retries_;
}

std::int64_t EventLedger::size() const {
    const std::lock_guard lock(mutex_);
    return static_cast<std::int64_t>(entries_.size());
}

std::int64_t EventLedger::retries() const {
    const std::lock_guard lock(mutex_);
    return retries_;
}

std::vector<std::string> EventLedger::objections() const {
    const std::lock_guard lock(mutex_);
    return objections_;
}

std::vector<EventLedger::Entry> EventLedger::entries(std::int64_t customer_id) const {
    const std::lock_guard lock(mutex_);
    std::vector<Entry> found;
    for (const auto& [message_id, entry] : entries_) {
        if (entry.event.customer_id == customer_id) found.push_back(entry);
    }
    return found;
}

}  // namespace keepwell::testing
