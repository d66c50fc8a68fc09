#include "domain/customer_change.hpp"

#include "domain/error.hpp"
#include "domain/segment.hpp"

namespace keepwell {
namespace {

constexpr std::int64_t kMonths = 12;

void set(std::optional<std::string>& text, const std::optional<std::string>& change) {
    if (!change) return;
    text = change->empty() ? std::nullopt : change;
}

void set_money(Customer& customer, const CustomerChange& change) {
    if (change.arr) customer.arr = *change.arr;
    if (change.mrr) customer.mrr = *change.mrr;
    if (change.mrr && !change.arr) {
        if (change.mrr->cents > kMaximumMoney.cents / kMonths) {
            throw Error(ErrorCode::kInvalid, "A year of this monthly revenue is too much.",
                        {{"/mrr", "must be at most " + to_string(Money{kMaximumMoney.cents / kMonths})}});
        }
        customer.arr = {change.mrr->cents * kMonths};
    }
    if (change.arr && !change.mrr) customer.mrr = monthly(customer.arr);
    if (!customer.mrr) customer.mrr = monthly(customer.arr);
}

void set_activity(Customer& customer, const CustomerChange& change, Timestamp now) {
    const bool was_active = customer.is_active;
    customer.is_active = change.is_active.value_or(was_active);
    if (change.churned_at) customer.churned_at = change.churned_at;
    if (was_active && !customer.is_active && !change.churned_at) customer.churned_at = now;
    if (change.is_active == true) customer.churned_at.reset();
}

}  // namespace

Money monthly(Money yearly) {
    const std::int64_t half = yearly.cents < 0 ? -kMonths / 2 : kMonths / 2;
    return {(yearly.cents + half) / kMonths};
}

Customer changed(Customer customer, const CustomerChange& change, Timestamp now) {
    if (change.name) customer.name = *change.name;
    if (customer.name.empty()) {
        throw Error(ErrorCode::kInvalid, "A customer needs a name.", {{"/name", "is required"}});
    }
    set(customer.email, change.email);
    set(customer.company, change.company);
    set(customer.plan, change.plan);
    set(customer.external_id, change.external_id);
    set(customer.scorecard, change.scorecard);
    if (change.segment) customer.segment = *change.segment;
    if (customer.segment.empty()) customer.segment = kOtherSegment;
    if (change.region) customer.region = *change.region;
    if (change.signup_date) customer.signup_date = change.signup_date;
    set_money(customer, change);
    set_activity(customer, change, now);
    for (const auto& [name, value] : change.custom) {
        if (value) {
            customer.custom.insert_or_assign(name, *value);
        } else {
            customer.custom.erase(name);
        }
    }
    return customer;
}

}  // namespace keepwell
