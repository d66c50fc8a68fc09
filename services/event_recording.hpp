#pragma once

#include <span>
#include <vector>

#include "domain/unit_of_work.hpp"

namespace keepwell {

/// What became of a batch of events.
struct RecordedBatch {
    std::vector<RecordedEvent> outcomes;  ///< One for each event, in order.
    std::int64_t added = 0;
    std::int64_t duplicates = 0;  ///< Told again with the same content.
};

/// The one way by which events come in: stores the new ones, brings the daily rollups and the sessions of
/// their customers in step and asks for new scores, all or nothing. Stateless, thread-safe.
class EventRecording {
public:
    /// Events of any customers, in any order, late ones too; their types and attributes were checked before
    /// (domain/event_type.hpp), and so was how far they lie in the future or beyond retention. Each has its
    /// received_at. To be called once, inside UnitOfWork::run, before anything else locks customers there.
    /// Throws nothing for an event that is not added: its outcome says why.
    static RecordedBatch record(Repositories& in, std::span<const CustomerEvent> events, Timestamp now);
};

}  // namespace keepwell
