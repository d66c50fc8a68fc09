#include "services/event_service.hpp"

#include <algorithm>

#include "domain/error.hpp"
#include "services/event_recording.hpp"

namespace keepwell {
namespace {

/// The distinct keys that a batch names its customers by, in order.
std::vector<CustomerKey> keys_of(const EventBatch& batch) {
    std::vector<CustomerKey> keys;
    for (const EventBatch::Source& source : batch.sources) {
        if (source.key) keys.push_back(*source.key);
    }
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return keys;
}

/// Gives each event that names its customer by a key the customer's id, 0 where nobody has the key.
void resolve_customers(Repositories& in, EventBatch& batch, const std::vector<CustomerKey>& keys) {
    if (keys.empty()) return;
    const auto ids = in.customers.resolve(keys);
    for (std::size_t i = 0; i < batch.events.size(); ++i) {
        if (!batch.sources[i].key) continue;
        const auto key = std::lower_bound(keys.begin(), keys.end(), *batch.sources[i].key);
        const auto& id = ids[static_cast<std::size_t>(key - keys.begin())];
        batch.events[i].customer_id = id.value_or(CustomerId{});
    }
}

RejectedItem reject_unknown_customer(const EventBatch::Source& source) {
    const std::string member = source.key ? std::string{to_string(source.key->kind)} : "customer_id";
    return {.index = source.index,
            .code = "unknown_customer",
            .pointer = "/" + member,
            .message = source.key ? "no customer has this " + member : "there is no such customer"};
}

constexpr const char* kReused = "was used for another event of this customer";

}  // namespace

std::optional<EventDataMistakes> EventService::check_data(const CustomerEvent& event) {
    const auto types = types_.current();
    const auto type = types->find(event.type);
    return type == types->end() ? std::nullopt : check_event_data(type->second, event);
}

EventService::Recorded EventService::record(const CustomerEvent& event) {
    const Timestamp now = clock_.now();
    Recorded recorded = transact(unit_of_work_, [&](Repositories& in) {
        auto customer = in.customers.find(event.customer_id);
        if (!customer) throw Error{ErrorCode::kNotFound, "Customer not found"};
        if (const auto mistake = check_event_time(event.occurred_at, now, options_.retention)) {
            throw Error{
                ErrorCode::kInvalid, "timestamp " + mistake->message, {{"/timestamp", mistake->message}}};
        }
        const RecordedEvent stored = EventRecording::record(in, std::span{&event, 1}, now).outcomes.at(0);
        switch (stored.outcome) {
            case EventOutcome::kAdded:
            case EventOutcome::kDuplicate:
                break;
            case EventOutcome::kMessageIdReused:
                throw Error{
                    ErrorCode::kConflict, std::string{"message_id "} + kReused, {{"/message_id", kReused}}};
            case EventOutcome::kUnknownCustomer:
                throw Error{ErrorCode::kNotFound, "Customer not found"};
        }
        return Recorded{.id = stored.id,
                        .is_duplicate = stored.outcome == EventOutcome::kDuplicate,
                        .customer = *std::move(customer)};
    });
    if (!recorded.is_duplicate) on_recorded_();
    return recorded;
}

/// Moves the events whose data or time are not taken to `rejected`.
void EventService::drop_wrong(EventBatch& batch, Timestamp now) {
    const auto types = types_.current();
    std::size_t kept = 0;
    for (std::size_t i = 0; i < batch.events.size(); ++i) {
        const CustomerEvent& event = batch.events[i];
        const std::int64_t index = batch.sources[i].index;
        const auto type = types->find(event.type);
        if (type != types->end()) {
            if (const auto wrong = check_event_data(type->second, event)) {
                batch.rejected.push_back({.index = index,
                                          .code = "invalid_event_data",
                                          .pointer = wrong->mistakes.front().pointer,
                                          .message = wrong->detail});
                continue;
            }
        }
        if (const auto wrong = check_event_time(event.occurred_at, now, options_.retention)) {
            batch.rejected.push_back(
                {.index = index, .code = wrong->code, .pointer = "/timestamp", .message = wrong->message});
            continue;
        }
        if (kept != i) {
            batch.events[kept] = std::move(batch.events[i]);
            batch.sources[kept] = std::move(batch.sources[i]);
        }
        ++kept;
    }
    batch.events.resize(kept);
    batch.sources.resize(kept);
}

/// In a transaction of its own: that of the events must not hold customers that others want to change.
void EventService::create_missing(const EventBatch& batch, Timestamp now) {
    std::vector<CustomerKey> names = keys_of(batch);
    std::erase_if(names, [](const CustomerKey& key) { return key.kind != CustomerKeyKind::kAccountName; });
    if (names.empty()) return;
    unit_of_work_.run([&](Repositories& in) {
        const auto ids = in.customers.resolve(names);
        bool created = false;
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (ids[i]) continue;
            CustomerChange change;
            change.name = names[i].value;
            in.customers.save(change, now);
            created = true;
        }
        if (created) in.portfolio.bump_data_version();
    });
}

BatchResult EventService::record(EventBatch batch, bool create_customers) {
    const Timestamp now = clock_.now();
    drop_wrong(batch, now);
    if (create_customers) create_missing(batch, now);
    const std::vector<CustomerKey> keys = keys_of(batch);
    RecordedBatch recorded;
    if (!batch.events.empty()) {
        unit_of_work_.run([&](Repositories& in) {
            resolve_customers(in, batch, keys);
            recorded = EventRecording::record(in, batch.events, now);
        });
    }
    if (recorded.added > 0) on_recorded_();
    BatchResult result{
        .accepted = recorded.added, .duplicates = recorded.duplicates, .rejected = std::move(batch.rejected)};
    for (std::size_t i = 0; i < recorded.outcomes.size(); ++i) {
        const EventBatch::Source& source = batch.sources[i];
        if (recorded.outcomes[i].outcome == EventOutcome::kUnknownCustomer) {
            result.rejected.push_back(reject_unknown_customer(source));
        } else if (recorded.outcomes[i].outcome == EventOutcome::kMessageIdReused) {
            result.rejected.push_back({.index = source.index,
                                       .code = "message_id_reused",
                                       .pointer = "/message_id",
                                       .message = kReused});
        }
    }
    std::sort(result.rejected.begin(), result.rejected.end(),
              [](const RejectedItem& left, const RejectedItem& right) { return left.index < right.index; });
    return result;
}

EventService::Page EventService::list(CustomerId id, const Filter& filter,
                                      const std::optional<Position>& after, std::int64_t limit) {
    return query(unit_of_work_, [&](Repositories& in) {
        if (in.customers.existing(std::span{&id, 1}).empty())
            throw Error{ErrorCode::kNotFound, "Customer not found"};
        EventRepository::Page wanted{.type = filter.type,
                                     .from = filter.from,
                                     .before = filter.before,
                                     .before_id = {},
                                     .limit = limit + 1};
        if (after && (!filter.before || after->occurred_at < *filter.before)) {
            wanted.before = after->occurred_at;
            wanted.before_id = after->id;
        }
        Page page{.events = in.events.list(id, wanted), .next = {}};
        if (std::ssize(page.events) > limit) {
            page.events.pop_back();
            page.next = Position{page.events.back().occurred_at, page.events.back().id};
        }
        return page;
    });
}

}  // namespace keepwell
