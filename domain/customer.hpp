#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/health_status.hpp"
#include "domain/money.hpp"
#include "domain/time.hpp"

namespace keepwell {

struct CustomerId {
    std::int64_t value{};
    auto operator<=>(const CustomerId&) const = default;
};

/// A company that is looked after, however it arrived. Shown as an "account" on the /accounts routes.
struct Customer {
    CustomerId id{};
    std::string name{};
    std::string segment{};  ///< As given; compared by its folded key.
    std::string region{};
    Money arr;  ///< Annual recurring revenue.
    std::optional<double> health_score{};
    HealthStatus health_status = HealthStatus::kInsufficientData;
    std::optional<std::string> scorecard{};       ///< Chosen at the first score, then kept.
    std::optional<Date> latest_metrics_date{};    ///< Of the metrics row that health_score comes from.
    std::map<std::string, std::string> custom{};  ///< Extra attributes, e.g. further CSV columns.
    Timestamp created_at{};
    Timestamp updated_at{};

    std::optional<std::string> email{};
    std::optional<std::string> company{};
    std::optional<std::string> plan{};
    std::optional<std::string> external_id{};
    std::optional<Money> mrr{};  ///< Monthly; a twelfth of arr unless both were given.
    std::optional<Date> signup_date{};
    bool is_active = true;
    std::optional<Timestamp> churned_at{};
    std::optional<std::int64_t> owner_user_id{};  ///< The customer-success manager in charge.
    // Written by the worker that stores a score.
    std::optional<Timestamp> last_login{};
    std::optional<Timestamp> last_activity{};
    std::optional<std::int64_t> support_tickets{};                     ///< Open now.
    std::optional<double> nps_score{};                                 ///< The latest.
    std::map<std::string, std::int64_t, std::less<>> feature_usage{};  ///< Uses in 30 days.
    std::optional<double> churn_risk{};                                ///< 0 to 1.
    std::int64_t version = 1;  ///< Grows with each change, for If-Match.
};

/// What a client says of a customer: only what is set is written. An empty text clears what may be empty.
struct CustomerChange {
    std::optional<std::string> name{};
    std::optional<std::string> email{};
    std::optional<std::string> company{};
    std::optional<std::string> segment{};
    std::optional<std::string> region{};
    std::optional<std::string> plan{};
    std::optional<std::string> external_id{};
    std::optional<Money> mrr{};
    std::optional<Money> arr{};
    std::optional<Date> signup_date{};
    std::optional<bool> is_active{};
    std::optional<Timestamp> churned_at{};
    std::optional<std::string> scorecard{};                      ///< By hand; kept from then on.
    std::map<std::string, std::optional<std::string>> custom{};  ///< Members that are empty are removed.
};

/// The doors by which a customer may come in.
enum class CustomerKeyKind { kAccountName, kExternalId, kGroupId, kEmail };
/// `account_name`, `external_id`, `group_id`, `email`.
std::string_view to_string(CustomerKeyKind kind);
struct CustomerKey {
    CustomerKeyKind kind = CustomerKeyKind::kExternalId;
    std::string value{};  ///< E-mail addresses are compared in lower case.
    auto operator<=>(const CustomerKey&) const = default;
};

/// What the worker writes beside a score: facts of the customer's own row that come from its events.
struct CustomerActivity {
    std::optional<Timestamp> last_login{};
    std::optional<Timestamp> last_activity{};
    std::optional<std::int64_t> support_tickets{};
    std::optional<double> nps_score{};
    std::map<std::string, std::int64_t, std::less<>> feature_usage{};
    bool operator==(const CustomerActivity&) const = default;
};

/// An ARR and the day from which on it was valid.
struct ArrSince {
    Date day;
    Money arr;
    bool operator==(const ArrSince&) const = default;
};

/// What one file says about an account on its latest day.
struct AccountAttributes {
    std::string name;  ///< The key of the CSV door: trimmed, NFC, case-sensitive.
    std::string segment;
    std::string region;
    Money arr;
    std::map<std::string, std::string> custom;
    Date as_of;  ///< The day of the row that these come from; an older row never overwrites a newer one.
    /// What the ARR was and from which day on, in the order of days; the last one is `arr`. Empty: `arr`
    /// since `as_of`.
    std::vector<ArrSince> arr_since{};
    /// The earliest day that the file has named so far; empty: the first of `arr_since`.
    std::optional<Date> first_day{};
};

enum class CustomerSort { kId, kName, kHealthScore, kArr, kUpdatedAt, kSegment, kRegion };
enum class SortOrder { kAscending, kDescending };

/// Exact, case-sensitive matches; empty means any. `search` finds parts of the name, ignoring case.
struct CustomerFilter {
    std::optional<std::string> segment;
    std::optional<std::string> region;
    std::optional<HealthStatus> status;
    std::optional<std::string> search;
    std::optional<std::string> plan{};
    std::optional<std::string> scorecard{};
    auto operator<=>(const CustomerFilter&) const = default;
};

struct CustomerOrder {
    CustomerSort by = CustomerSort::kId;
    SortOrder order = SortOrder::kAscending;  ///< Customers without a value come last either way.
};

/// A health score to store on the customer's own row.
struct CustomerScore {
    CustomerId id;
    std::optional<double> score;
    HealthStatus status = HealthStatus::kInsufficientData;
    std::string scorecard;
    std::optional<Date> latest_metrics_date;
    std::optional<CustomerActivity> activity{};  ///< Empty: what is stored stays.
};

/// The last entry of a page in some order, from which the next page goes on.
struct CustomerPosition {
    CustomerId id{};
    std::optional<std::string> text{};  ///< The value that is sorted by, by its kind; all empty: it had none.
    std::optional<double> number{};
    std::optional<Money> amount{};
    std::optional<Timestamp> time{};
};
/// Where `customer` stands in this order.
CustomerPosition position_of(const Customer& customer, CustomerSort by);

/// Port. All methods work inside the unit of work that handed it out.
class CustomerRepository {
public:
    virtual ~CustomerRepository() = default;

    virtual std::optional<Customer> find(CustomerId id) = 0;
    /// In the order of `ids`; those that don't exist are left out.
    virtual std::vector<Customer> find_all(std::span<const CustomerId> ids) = 0;
    /// Through customer_keys; in the order of `keys`, empty where nobody has it.
    virtual std::vector<std::optional<CustomerId>> resolve(std::span<const CustomerKey> keys) = 0;
    /// Those of `ids` that exist.
    virtual std::vector<CustomerId> existing(std::span<const CustomerId> ids) = 0;

    struct Saved {
        CustomerId id;
        bool created = false;
        bool changed = false;
    };
    /// Adds a customer, or changes the one that a key names: external_id first, then email, then a company
    /// that exactly one customer has as account_name or company. The name is required for a new one. Writes
    /// customer_keys and a row of customer_changes for each change of mrr, arr, plan, segment, region,
    /// scorecard and is_active. Without mrr, mrr = arr/12; without arr, arr = 12·mrr. Becoming inactive sets
    /// churned_at unless it is given; becoming active clears it. Throws Error{kConflict} naming the field
    /// when a key belongs to another customer, Error{kInvalid} naming `/name` when it is missing.
    virtual Saved save(const CustomerChange& change, Timestamp now) = 0;
    /// Changes this one. Throws Error{kNotFound}, Error{kConflict} as save(), Error{kPreconditionFailed} when
    /// `version` is given and not the stored one.
    virtual Customer update(CustomerId id, const CustomerChange& change, std::optional<std::int64_t> version,
                            Timestamp now) = 0;
    /// Removes the customer with everything that is stored of it; false when there is none.
    virtual bool remove(CustomerId id) = 0;
    /// In the order asked for, ties by id in the same direction; the `limit` after `after`.
    virtual std::vector<Customer> list_from(const CustomerFilter& filter, CustomerOrder order,
                                            const std::optional<CustomerPosition>& after,
                                            std::int64_t limit) = 0;
    /// In the order asked for, ties by id in the same direction.
    virtual std::vector<Customer> list(const CustomerFilter& filter, CustomerOrder order, std::int64_t offset,
                                       std::int64_t limit) = 0;
    /// The `limit` customers after `after` in id order.
    virtual std::vector<Customer> list_after(const CustomerFilter& filter, CustomerId after,
                                             std::int64_t limit) = 0;
    virtual std::int64_t count(const CustomerFilter& filter) = 0;

    struct Upserted {
        CustomerId id;
        bool created = false;
        bool changed =
            false;  ///< An existing customer whose attributes were overwritten by newer, different ones.
    };
    /// Resolves every name through customer_keys(account_name); without a key adopts the customer whose
    /// company equals the name if exactly one does; creates otherwise. Writes segment, region, arr and custom
    /// where `as_of` is not older than what is stored, and a customer_changes row for each change of arr,
    /// segment and region. The first ARR of a customer is such a change, too (from nothing); it moves back
    /// when an earlier day comes in later. One answer per input, same order; names must be distinct. Bulk: a
    /// constant number of statements.
    virtual std::vector<Upserted> upsert_accounts(std::span<const AccountAttributes> accounts,
                                                  Timestamp now) = 0;

    /// Nobody else changes these customers, or marks them, until the unit of work ends. To be called before
    /// reading what a new score of theirs is made from.
    virtual void lock(std::span<const CustomerId> ids) = 0;
    /// Marks customers whose stored score no longer follows from their data.
    virtual void mark_stale(std::span<const CustomerId> ids) = 0;
    /// At most `limit` marked customers after `after`, by id.
    virtual std::vector<CustomerId> list_stale(CustomerId after, std::int64_t limit) = 0;
    /// At most `limit` customers after `after` by id, whether marked or not.
    virtual std::vector<CustomerId> list_ids(CustomerId after, std::int64_t limit) = 0;
    struct ScoreState {
        CustomerId id;
        std::int64_t version = 1;  ///< As Customer::version.
        bool is_stale = false;     ///< Marked.
    };
    /// Of those of `ids` that exist, by id: whether what a score was made from is still what is stored. Bulk.
    virtual std::vector<ScoreState> score_states(std::span<const CustomerId> ids) = 0;
    /// Writes the scores and clears the marks. Bulk.
    virtual void save_scores(std::span<const CustomerScore> scores, Timestamp now) = 0;
};

}  // namespace keepwell
