#include "services/scored_customer.hpp"

namespace keepwell {

ExpectedCalls expected_calls_of(const std::vector<Segment>& segments) {
    ExpectedCalls expected;
    for (const Segment& segment : segments)
        expected[folded_segment(segment.name)] = static_cast<double>(segment.expected_api_calls);
    return expected;
}

ScoredCustomer scored_customer(const Customer& customer, const ExpectedCalls& expected) {
    constexpr int kMonths = 12;
    ScoredCustomer scored{.id = customer.id,
                          .name = customer.name,
                          .segment = customer.segment,
                          .region = customer.region,
                          .plan = customer.plan.value_or(""),
                          .mrr = customer.mrr.value_or(Money{customer.arr.cents / kMonths}),
                          .signup_date = customer.signup_date,
                          .known_since = day_of(customer.created_at),
                          .custom = customer.custom};
    auto calls = expected.find(folded_segment(customer.segment));
    if (calls == expected.end()) calls = expected.find(kOtherSegment);
    if (calls != expected.end()) scored.expected_api_calls = calls->second;
    return scored;
}

}  // namespace keepwell
