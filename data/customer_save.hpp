#pragma once

#include "data/session.hpp"
#include "domain/customer.hpp"

namespace keepwell::data {

// See CustomerRepository::save and update. Every Error is thrown before anything is written, so that a batch
// can go on after it in the same transaction.

CustomerRepository::Saved save_customer(Session& session, const CustomerChange& change, Timestamp now);
Customer update_customer(Session& session, CustomerId id, const CustomerChange& change,
                         std::optional<std::int64_t> version, Timestamp now);

}  // namespace keepwell::data
