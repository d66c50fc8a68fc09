#include "services/event_recording.hpp"

#include <algorithm>

namespace keepwell {
namespace {

using EventPointers = std::vector<const CustomerEvent*>;

std::vector<CustomerId> customers_of(const EventPointers& events) {
    std::vector<CustomerId> ids;
    ids.reserve(events.size());
    for (const CustomerEvent* event : events) ids.push_back(event->customer_id);
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

/// Rollups tell tickets without an id of their own by the event's.
bool needs_its_id(const CustomerEvent& event) {
    return event.type == "support_ticket" && !event.attributes.contains("ticket_id");
}

/// The events that were added. Those whose id matters are copied into `with_ids`.
EventPointers added_events(std::span<const CustomerEvent> events, const std::vector<RecordedEvent>& outcomes,
                           std::vector<CustomerEvent>& with_ids) {
    with_ids.reserve(static_cast<std::size_t>(std::count_if(events.begin(), events.end(), needs_its_id)));
    EventPointers added;
    added.reserve(events.size());
    for (std::size_t i = 0; i < events.size(); ++i) {
        if (outcomes[i].outcome != EventOutcome::kAdded) continue;
        const CustomerEvent* event = &events[i];
        if (needs_its_id(*event)) {
            with_ids.push_back(*event);
            with_ids.back().id = outcomes[i].id;
            event = &with_ids.back();
        }
        added.push_back(event);
    }
    return added;
}

void follow_sessions_of(Repositories& in, const EventPointers& added) {
    EventPointers moving;
    std::copy_if(added.begin(), added.end(), std::back_inserter(moving),
                 [](const CustomerEvent* event) { return moves_sessions(event->type); });
    if (moving.empty()) return;
    std::stable_sort(moving.begin(), moving.end(), [](const CustomerEvent* left, const CustomerEvent* right) {
        return left->customer_id < right->customer_id;
    });
    const std::vector<CustomerSession> open = in.sessions.list_open(customers_of(moving));
    std::vector<CustomerSession> changed;
    auto session = open.begin();
    for (auto first = moving.begin(); first != moving.end();) {
        const CustomerId customer = (*first)->customer_id;
        const auto end = std::find_if(
            first, moving.end(), [&](const CustomerEvent* event) { return event->customer_id != customer; });
        const auto sessions_end = std::find_if(session, open.end(), [&](const CustomerSession& candidate) {
            return candidate.customer_id != customer;
        });
        for (CustomerSession& moved : follow_sessions({session, sessions_end}, {first, end})) {
            changed.push_back(std::move(moved));
        }
        first = end;
        session = sessions_end;
    }
    in.sessions.save(changed);
}

}  // namespace

RecordedBatch EventRecording::record(Repositories& in, std::span<const CustomerEvent> events, Timestamp now) {
    RecordedBatch batch;
    if (events.empty()) return batch;
    EventPointers all;
    all.reserve(events.size());
    for (const CustomerEvent& event : events) all.push_back(&event);
    in.customers.lock(customers_of(all));
    batch.outcomes = in.events.add(events);
    std::vector<CustomerEvent> with_ids;
    const EventPointers added = added_events(events, batch.outcomes, with_ids);
    batch.added = static_cast<std::int64_t>(added.size());
    batch.duplicates = std::count_if(
        batch.outcomes.begin(), batch.outcomes.end(),
        [](const RecordedEvent& recorded) { return recorded.outcome == EventOutcome::kDuplicate; });
    if (added.empty()) return batch;
    in.activity.merge(roll_up(added));
    follow_sessions_of(in, added);
    in.recalculations.request(customers_of(added), now + kRecalculationDelay, now);
    return batch;
}

}  // namespace keepwell
