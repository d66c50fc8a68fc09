#include "services/scored_customer.hpp"

namespace keepwell {

ScoredCustomer scored_customer(const Customer& customer, double expected_api_calls) {
    constexpr int kMonths = 12;
    return {.id = customer.id,
            .name = customer.name,
            .segment = customer.segment,
            .region = customer.region,
            .plan = customer.plan.value_or(""),
            .mrr = customer.mrr.value_or(Money{customer.arr.cents / kMonths}),
            .signup_date = customer.signup_date,
            .known_since = day_of(customer.created_at),
            .expected_api_calls = expected_api_calls,
            .custom = customer.custom};
}

}  // namespace keepwell
