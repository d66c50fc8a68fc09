#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/event.hpp"

namespace keepwell {

/// What the events of a day say of a support ticket. Each field is what was last told: an answer to a survey
/// that names no status does not open the ticket again.
struct TicketState {
    Timestamp at{};          ///< Of the last event that named it.
    Timestamp opened_at{};   ///< Of the first one.
    std::string priority{};  ///< In lower case.
    std::string status{};    ///< In lower case.
    std::string type{};
    std::optional<double> satisfaction{};     ///< 1 to 5.
    std::optional<double> resolution_time{};  ///< Seconds.
    // When each was told.
    Timestamp priority_at{};
    Timestamp status_at{};
    Timestamp type_at{};
    Timestamp satisfaction_at{};
    Timestamp resolution_time_at{};

    bool is_open() const { return status != "resolved" && status != "closed"; }
    /// Adds what other events say of the same ticket, on any day. The order doesn't matter.
    void merge(const TicketState& other);
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
///  - support_ticket: `tickets` by ticket_id, each event without one a ticket of its own (kTicketWithoutId).
/// Texts that say nothing when counted are left out: all of support_ticket and note, ip_address and
/// user_agent of login. A payment's status is counted in lower case.
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

    /// Adds an event of the same customer, day and type, which has its id. The order in which events are
    /// added doesn't matter, but for the rounding of sums.
    void add(const CustomerEvent& event);
    /// Adds what other events of the same customer, day and type came to.
    void merge(const DailyActivity& other);

    // What add() and merge() are made of; each keeps to the bounds.
    void add_number(std::string_view name, double value, Timestamp at);
    /// `key` is `name=value`.
    void count_key(std::string key, std::int64_t times);
    void add_ticket(const std::string& id, const TicketState& state);

    bool operator==(const DailyActivity&) const = default;
};

/// How many `keys` one attribute may have on a day: the first ones in the order of bytes, so that the order
/// of events doesn't matter; further values count under `name=~other`. `session_seconds` has its own bound.
inline constexpr std::size_t kMaximumKeysPerAttribute = 100;
inline constexpr std::size_t kMaximumTicketsPerDay = 1000;
/// What the id begins with that a ticket gets when its event names none.
inline constexpr std::string_view kTicketWithoutId = "event:";
/// How many numbers, and how many texts, that the type doesn't know; again the first ones stay.
inline constexpr std::size_t kMaximumUnknownAttributes = 50;
/// A longer text is cut to so many bytes, and an attribute with a longer name is left out.
inline constexpr std::size_t kMaximumKeyBytes = 200;
inline constexpr std::size_t kMaximumAttributeNameBytes = 100;

/// What the events come to, by customer, day and type, in that order.
std::vector<DailyActivity> roll_up(std::span<const CustomerEvent> events);
std::vector<DailyActivity> roll_up(std::vector<const CustomerEvent*> events);

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
