#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/event.hpp"

namespace keepwell {

/// The newest state of a support ticket on a day.
struct TicketState {
    Timestamp at{};         ///< Of the event that told it.
    Timestamp opened_at{};  ///< Of the first event that named the ticket on that day.
    std::string priority{};
    std::string status{};
    std::string type{};
    std::optional<double> satisfaction{};     ///< 1 to 5.
    std::optional<double> resolution_time{};  ///< Seconds.

    bool is_open() const { return status != "resolved" && status != "closed"; }
    bool operator==(const TicketState&) const = default;
};

struct LastValue {
    double value = 0;
    Timestamp at{};
    bool operator==(const LastValue&) const = default;
};

/// What a customer did on one UTC day by one type of events: everything that factors need of that day, so
/// that the cost of a score does not grow with the traffic. Its size is bounded whatever comes.
///
/// For each type: `sums` of its numeric attributes, the `last` of them, and the occurrences (`keys`) of its
/// texts as `name=value`. Besides, what needs two attributes together:
///  - api_call: sum `errors` (status_code or response_code ≥ 400);
///  - login: keys `session_seconds=N`, N whole seconds up to 600;
///  - payment: sums `counted` and `points` (1 on time, 1 − days_late/30 late, 0.5 late by unknown days,
///    0 failed or overdue; pending not counted);
///  - feature_use: keys `advanced=<feature>` where advanced was true, `basic=<feature>` where it was false;
///  - support_ticket: `tickets` by ticket_id, each event without one a ticket of its own.
struct DailyActivity {
    CustomerId customer_id{};
    Date day{};
    std::string event_type{};
    std::int64_t count = 0;
    Timestamp last_at{};
    std::map<std::string, double, std::less<>> sums{};
    std::map<std::string, std::int64_t, std::less<>> keys{};
    std::map<std::string, LastValue, std::less<>> last{};
    std::map<std::string, TicketState, std::less<>> tickets{};

    /// Adds an event of the same customer, day and type. The order in which events are added doesn't matter,
    /// but for ties of occurred_at.
    void add(const CustomerEvent& event);
    /// Adds what other events of the same customer, day and type came to.
    void merge(const DailyActivity& other);
    bool operator==(const DailyActivity&) const = default;
};

/// How many `keys` one attribute may have on a day; further values count under `name=~other`.
inline constexpr std::size_t kMaximumKeysPerAttribute = 100;
inline constexpr std::size_t kMaximumTicketsPerDay = 1000;

/// What the events come to, by customer, day and type, in that order.
std::vector<DailyActivity> roll_up(std::span<const CustomerEvent> events);

/// Port. Tables daily_activity and seen_event_types.
class DailyActivityRepository {
public:
    virtual ~DailyActivityRepository() = default;

    /// Merges into what is stored. The customers must be locked; keys (customer, day, type) must be distinct.
    /// Also notes the types as seen in the customers' segments. Bulk.
    virtual void merge(std::span<const DailyActivity> activity) = 0;

    struct Loaded {
        /// By customer, day, type: the days from `from` to `until`, and support tickets of all days before.
        std::vector<DailyActivity> activity;
        /// The first day with any event, of each customer that has one not after `until`.
        std::map<std::int64_t, Date> first_days;
    };
    /// Of many customers in one scan.
    virtual Loaded load(std::span<const CustomerId> ids, Date from, Date until) = 0;

    struct SeenType {
        std::string folded_segment;
        std::string event_type;
        Date first_day;
    };
    /// Everything that anybody ever sent.
    virtual std::vector<SeenType> seen_types() = 0;
    /// Removes days before `before`, at most `limit` rows; how many went.
    virtual std::int64_t remove_before(Date before, std::int64_t limit) = 0;
};

}  // namespace keepwell
