#include "services/customer_service.hpp"

#include <algorithm>

#include "domain/error.hpp"

namespace keepwell {
namespace {

/// So many customers of a bulk request share a transaction.
constexpr std::size_t kTogether = 100;

Customer require(Repositories& in, CustomerId id) {
    auto customer = in.customers.find(id);
    if (!customer) throw Error{ErrorCode::kNotFound, "Customer not found"};
    return *std::move(customer);
}

void require_existing(Repositories& in, CustomerId id) {
    if (in.customers.existing(std::span{&id, 1}).empty())
        throw Error{ErrorCode::kNotFound, "Customer not found"};
}

void check_scorecard(Repositories& in, const CustomerChange& change) {
    if (!change.scorecard || change.scorecard->empty()) return;
    const auto card = in.scorecards.find(*change.scorecard);
    if (card && !card->retired) return;
    const std::string message = card ? "is retired" : "there is no such scorecard";
    throw Error{ErrorCode::kInvalid, "scorecard: " + message, {{"/scorecard", message}}};
}

/// What follows from a change of customers, in its transaction.
void note_changes(Repositories& in, std::span<const CustomerId> ids, Timestamp now) {
    if (ids.empty()) return;
    in.portfolio.bump_data_version();
    in.recalculations.request(ids, now, now);
}

}  // namespace

std::int64_t CustomerService::count(Repositories& in, const CustomerFilter& filter) {
    const std::int64_t version = in.portfolio.data_version();
    if (const auto known = counts_.find(version, filter)) return *known;
    const std::int64_t counted = in.customers.count(filter);
    counts_.put(version, filter, counted);
    return counted;
}

CustomerPage CustomerService::list(const CustomerFilter& filter, CustomerOrder order,
                                   const std::optional<CustomerPosition>& after, std::int64_t limit) {
    return query(unit_of_work_, [&](Repositories& in) {
        CustomerPage page{.total = count(in, filter),
                          .customers = in.customers.list_from(filter, order, after, limit + 1),
                          .next = {}};
        if (std::ssize(page.customers) > limit) {
            page.customers.pop_back();
            page.next = position_of(page.customers.back(), order.by);
        }
        return page;
    });
}

Customer CustomerService::get(CustomerId id) {
    return query(unit_of_work_, [&](Repositories& in) { return require(in, id); });
}

CustomerService::Saved CustomerService::save(const CustomerChange& change) {
    Saved saved = transact(unit_of_work_, [&](Repositories& in) {
        const Timestamp now = clock_.now();
        check_scorecard(in, change);
        const auto stored = in.customers.save(change, now);
        if (stored.created || stored.changed) note_changes(in, std::span{&stored.id, 1}, now);
        return Saved{.customer = require(in, stored.id), .created = stored.created};
    });
    on_changed_();
    return saved;
}

Customer CustomerService::update(CustomerId id, const CustomerChange& change,
                                 std::optional<std::int64_t> version) {
    Customer customer = transact(unit_of_work_, [&](Repositories& in) {
        const Timestamp now = clock_.now();
        check_scorecard(in, change);
        Customer updated = in.customers.update(id, change, version, now);
        note_changes(in, std::span{&id, 1}, now);
        return updated;
    });
    on_changed_();
    return customer;
}

void CustomerService::remove(CustomerId id, std::optional<std::int64_t> version) {
    unit_of_work_.run([&](Repositories& in) {
        in.customers.lock(std::span{&id, 1});
        if (version && require(in, id).version != *version) {
            throw Error{ErrorCode::kPreconditionFailed, "The customer has changed: read it again"};
        }
        if (!in.customers.remove(id)) throw Error{ErrorCode::kNotFound, "Customer not found"};
        in.portfolio.bump_data_version();
    });
}

/// Throws when one of them fails; then none is stored.
void CustomerService::save_together(std::span<const BulkItem> items, BulkResult& result) {
    BulkResult counted;
    unit_of_work_.run([&](Repositories& in) {
        const Timestamp now = clock_.now();
        counted = {};
        std::vector<CustomerId> changed;
        for (const BulkItem& item : items) {
            check_scorecard(in, item.change);
            const auto stored = in.customers.save(item.change, now);
            ++(stored.created ? counted.created : stored.changed ? counted.updated : counted.unchanged);
            if (stored.created || stored.changed) changed.push_back(stored.id);
        }
        std::sort(changed.begin(), changed.end());
        changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
        note_changes(in, changed, now);
    });
    result.created += counted.created;
    result.updated += counted.updated;
    result.unchanged += counted.unchanged;
}

CustomerService::BulkResult CustomerService::save_all(std::span<const BulkItem> items) {
    BulkResult result;
    for (std::size_t first = 0; first < items.size(); first += kTogether) {
        const auto together = items.subspan(first, std::min(kTogether, items.size() - first));
        try {
            save_together(together, result);
            continue;
        } catch (const Error& error) {
            if (error.code() == ErrorCode::kUnavailable) throw;
        }
        // Somebody among them is wrong: one by one, so that it costs only itself.
        for (const BulkItem& item : together) {
            try {
                save_together(std::span{&item, 1}, result);
            } catch (const Error& error) {
                if (error.code() == ErrorCode::kUnavailable) throw;
                result.rejected.push_back(reject(item.index, error));
            }
        }
    }
    on_changed_();
    return result;
}

std::vector<CustomerSession> CustomerService::sessions(CustomerId id, std::optional<SessionId> before,
                                                       std::int64_t limit) {
    return query(unit_of_work_, [&](Repositories& in) {
        require_existing(in, id);
        return in.sessions.list(id, before, limit);
    });
}

CustomerService::Activity CustomerService::activity(CustomerId id, int days) {
    Activity activity;
    activity.until = day_of(clock_.now());
    activity.from = activity.until - std::chrono::days{days - 1};
    const auto loaded = query(unit_of_work_, [&](Repositories& in) {
        require_existing(in, id);
        return in.activity.load(std::span{&id, 1}, activity.from, activity.until);
    });
    for (const DailyActivity& one : loaded.activity) {
        if (one.day < activity.from) continue;  // Tickets are loaded whatever their age.
        if (activity.days.empty() || activity.days.back().date != one.day)
            activity.days.push_back({.date = one.day, .events = {}});
        activity.days.back().events[one.event_type] += one.count;
    }
    return activity;
}

}  // namespace keepwell
