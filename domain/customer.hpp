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
    CustomerId id;
    std::string name;
    std::string segment;  ///< As given; compared by its folded key.
    std::string region;
    Money arr;  ///< Annual recurring revenue.
    std::optional<double> health_score;
    HealthStatus health_status = HealthStatus::kInsufficientData;
    std::optional<std::string> scorecard;       ///< Chosen at the first score, then kept.
    std::optional<Date> latest_metrics_date;    ///< Of the metrics row that health_score comes from.
    std::map<std::string, std::string> custom;  ///< Extra attributes, e.g. further CSV columns.
    Timestamp created_at;
    Timestamp updated_at;
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
};

/// Port. All methods work inside the unit of work that handed it out.
class CustomerRepository {
public:
    virtual ~CustomerRepository() = default;

    virtual std::optional<Customer> find(CustomerId id) = 0;
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
    /// Writes the scores and clears the marks. Bulk.
    virtual void save_scores(std::span<const CustomerScore> scores, Timestamp now) = 0;
};

}  // namespace keepwell
