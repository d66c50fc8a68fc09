#pragma once

#include "domain/customer.hpp"

namespace keepwell {

/// A twelfth, to the cent, halves away from zero.
Money monthly(Money yearly);

/// The customer as the change leaves it: with mrr and arr of each other where one of them is given, and with
/// churned_at following is_active. A segment that is cleared is kOtherSegment. Throws Error{kInvalid} naming
/// `/name` when there is none, `/mrr` when a year of it is more than an amount can be.
Customer changed(Customer customer, const CustomerChange& change, Timestamp now);

}  // namespace keepwell
