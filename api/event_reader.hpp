#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/error.hpp"
#include "domain/event.hpp"

namespace keepwell::api {

/// Events may be nested as deep as this, themselves included.
inline constexpr std::size_t kMaximumEventDepth = 64;

/// What a JSON object says of an event.
struct EventEntry {
    CustomerEvent event;  ///< occurred_at is only set when timestamp_given; ids and received_at never.
    /// Whose it is, when it says so: `customer_id`, else the first of `external_id`, `email`,
    /// `account_name`/`customer_name`.
    std::optional<CustomerId> customer_id{};
    std::optional<CustomerKey> key{};

    /// Why it can't be taken; empty when it can.
    std::vector<FieldError> mistakes{};
    /// What kind of reason: kUnreadable (no JSON; nothing else is filled in), kTooLarge, else kInvalid.
    ErrorCode code = ErrorCode::kInvalid;
};

/// Reads events. The text of `event_data` is kept as it came, its attributes are flattened from it. Members
/// that are not known are passed over. Keeps its memory from one event to the next: use one for many.
class EventReader {
public:
    EventReader();
    ~EventReader();
    EventReader(const EventReader&) = delete;
    EventReader& operator=(const EventReader&) = delete;

    /// Whether the event itself may say whose it is.
    enum class Customer { kIgnored, kRead };
    EventEntry read(std::string_view json, Customer customer);

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace keepwell::api
