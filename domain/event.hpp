#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/customer.hpp"

namespace keepwell {

struct EventId {
    std::int64_t value{};
    auto operator<=>(const EventId&) const = default;
};

/// Nested JSON is flattened: `{"a":{"b":1}}` is `a.b`. Numbers are doubles.
using AttributeValue = std::variant<bool, double, std::string>;
using Attributes = std::map<std::string, AttributeValue, std::less<>>;
/// Empty when the attribute is missing or of another type; a text that is a number counts as one.
std::optional<double> number_in(const Attributes& attributes, std::string_view name);
std::optional<std::string_view> text_in(const Attributes& attributes, std::string_view name);
bool flag_in(const Attributes& attributes, std::string_view name);

/// Something that a customer did, or that happened to it.
struct CustomerEvent {
    CustomerId customer_id{};
    EventId id{};
    std::string type{};
    Attributes attributes;
    std::string data = "{}";  ///< The JSON object as it came; attributes are read from it.
    Timestamp occurred_at{};
    Timestamp received_at{};
    /// Whether the client said when it happened. A moment that was filled in differs with each retry, so it
    /// is not compared when a message_id comes again.
    bool timestamp_given = true;
    std::string message_id{};  ///< Unique per customer; empty: never a duplicate.
};

/// Further into the future than this an event is refused, for some clock must be wrong.
inline constexpr std::chrono::hours kMaximumEventLead{24};
/// The largest event_data.
inline constexpr std::size_t kMaximumEventBytes = 32 * 1024;

enum class EventOutcome {
    kAdded,
    kDuplicate,        ///< The same message_id with the same content was there already.
    kMessageIdReused,  ///< The same message_id with another content: refused.
    kUnknownCustomer,
};

struct RecordedEvent {
    EventOutcome outcome = EventOutcome::kAdded;
    EventId id{};  ///< Of the event, or of the one that was there before it.
};

/// Port. Tables customer_events and event_keys.
class EventRepository {
public:
    virtual ~EventRepository() = default;

    /// Appends the events that are new and gives them ids; one answer per event, in order. Also tells two
    /// events of the same batch with one message_id. Bulk: a constant number of statements; makes missing
    /// partitions. The customers must be locked (CustomerRepository::lock).
    virtual std::vector<RecordedEvent> add(std::span<const CustomerEvent> events) = 0;

    struct Page {
        std::optional<std::string> type{};
        std::optional<Timestamp> from{};    ///< At or after.
        std::optional<Timestamp> before{};  ///< Before this; with before_id also at it, with a lower id.
        std::optional<EventId> before_id{};
        std::int64_t limit = 50;
    };
    /// Newest first by (occurred_at, id). Attributes are filled in.
    virtual std::vector<CustomerEvent> list(CustomerId id, const Page& page) = 0;
    /// By customer, oldest first, from ≤ occurred_at < before: for factors that ask for raw events. Of a
    /// customer with more than the limit the newest.
    virtual std::vector<CustomerEvent> scan(std::span<const CustomerId> ids, Timestamp from, Timestamp before,
                                            std::int64_t limit_per_customer) = 0;
    virtual std::int64_t count(CustomerId id) = 0;
    /// Removes what happened before `before`, at most about `limit` rows or one partition; how many went, 0
    /// when there is nothing left. On PostgreSQL whole months go, so that the one of `before` stays.
    virtual std::int64_t remove_before(Timestamp before, std::int64_t limit) = 0;
    /// Makes the partitions of the months from `from` to `until`. Nothing on SQLite.
    virtual void prepare_months(Date from, Date until) = 0;
};

}  // namespace keepwell
