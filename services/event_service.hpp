#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "domain/unit_of_work.hpp"
#include "services/event_batch.hpp"
#include "services/event_checks.hpp"
#include "services/event_type_service.hpp"

namespace keepwell {

/// Taking events in and showing them. Whatever returns has been committed. Thread-safe.
class EventService {
public:
    struct Options {
        std::chrono::days retention{400};  ///< Events that are older are refused.
    };

    /// `on_recorded` is called after each transaction that added events.
    EventService(UnitOfWork& unit_of_work, EventTypeService& types, const Clock& clock,
                 std::function<void()> on_recorded, Options options)
        : unit_of_work_(unit_of_work),
          types_(types),
          clock_(clock),
          on_recorded_(std::move(on_recorded)),
          options_(options) {}

    /// Empty when the data are as the event's type demands, or when nothing is known of the type.
    std::optional<EventDataMistakes> check_data(const CustomerEvent& event);

    struct Recorded {
        EventId id;
        bool is_duplicate = false;
        Customer customer;  ///< With the score as it is stored: this event is calculated in afterwards.
    };
    /// Stores the event, whose data were checked. Throws Error: kNotFound for an unknown customer, kInvalid
    /// for a time that is not taken, kConflict when its message_id stands for another event.
    Recorded record(const CustomerEvent& event);
    /// Stores what is good of a batch, all or nothing, and says what is not. With `create_customers`, account
    /// names that nobody has become new customers.
    BatchResult record(EventBatch batch, bool create_customers);

    struct Filter {
        std::optional<std::string> type{};
        std::optional<Timestamp> from{};    ///< At or after.
        std::optional<Timestamp> before{};  ///< Before this.
    };
    /// Where a page has ended.
    struct Position {
        Timestamp occurred_at;
        EventId id;
    };
    struct Page {
        std::vector<CustomerEvent> events;  ///< Newest first.
        std::optional<Position> next;       ///< Empty on the last page.
    };
    /// Throws Error{kNotFound} for an unknown customer.
    Page list(CustomerId id, const Filter& filter, const std::optional<Position>& after, std::int64_t limit);

    Timestamp now() const { return clock_.now(); }

private:
    void drop_wrong(EventBatch& batch, Timestamp now);
    void create_missing(const EventBatch& batch, Timestamp now);

    UnitOfWork& unit_of_work_;
    EventTypeService& types_;
    const Clock& clock_;
    std::function<void()> on_recorded_;
    Options options_;
};

}  // namespace keepwell
