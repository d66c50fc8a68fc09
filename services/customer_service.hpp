#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/unit_of_work.hpp"
#include "services/rejected_item.hpp"
#include "services/versioned_cache.hpp"

namespace keepwell {

struct CustomerPage {
    std::int64_t total = 0;  ///< That the filter lets through.
    std::vector<Customer> customers;
    std::optional<CustomerPosition> next;  ///< Continue after this; empty on the last page.
};

/// What a customer did on one day.
struct ActiveDay {
    Date date;
    std::map<std::string, std::int64_t, std::less<>> events;  ///< How many of each type.
};

/// Customers as they are kept by people and by other programs. Thread-safe.
class CustomerService {
public:
    /// `on_changed` is called after each transaction whose changes may move a score.
    CustomerService(UnitOfWork& unit_of_work, const Clock& clock, std::function<void()> on_changed)
        : unit_of_work_(unit_of_work), clock_(clock), on_changed_(std::move(on_changed)) {}

    CustomerPage list(const CustomerFilter& filter, CustomerOrder order,
                      const std::optional<CustomerPosition>& after, std::int64_t limit);
    /// All that take an id throw Error{kNotFound} for an unknown customer.
    Customer get(CustomerId id);

    struct Saved {
        Customer customer;
        bool created = false;
    };
    /// Adds a customer, or changes the one that is meant (CustomerRepository::save, and its errors).
    Saved save(const CustomerChange& change);
    /// Throws as CustomerRepository::update(), and Error{kInvalid} for a scorecard that can't be chosen.
    Customer update(CustomerId id, const CustomerChange& change, std::optional<std::int64_t> version);
    /// Throws Error{kPreconditionFailed} when `version` is given and not the stored one.
    void remove(CustomerId id, std::optional<std::int64_t> version);

    struct BulkItem {
        std::int64_t index = 0;
        CustomerChange change;
    };
    struct BulkResult {
        std::int64_t created = 0;
        std::int64_t updated = 0;
        std::int64_t unchanged = 0;
        std::vector<RejectedItem> rejected;  ///< By index.
    };
    /// As save() for each; one that fails costs only itself.
    BulkResult save_all(std::span<const BulkItem> items);

    /// Newest first; those before `before`.
    std::vector<CustomerSession> sessions(CustomerId id, std::optional<SessionId> before, std::int64_t limit);
    struct Activity {
        Date from;
        Date until;                   ///< Today.
        std::vector<ActiveDay> days;  ///< Those with events, oldest first.
    };
    Activity activity(CustomerId id, int days);

private:
    std::int64_t count(Repositories& in, const CustomerFilter& filter);
    void save_together(std::span<const BulkItem> items, BulkResult& result);

    UnitOfWork& unit_of_work_;
    const Clock& clock_;
    std::function<void()> on_changed_;
    VersionedCache<CustomerFilter, std::int64_t> counts_;
};

}  // namespace keepwell
