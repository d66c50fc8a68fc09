#pragma once

#include <span>
#include <string>

#include "data/session.hpp"
#include "domain/customer.hpp"

namespace keepwell::data {

/// For a parameter that is_any_id() compares with.
std::string encode_ids(Dialect dialect, std::span<const CustomerId> ids);

/// Locks the customers in the order of their ids, so that two writers of the same ones wait for each other
/// rather than lock crosswise.
void lock_customers(Session& session, std::span<const CustomerId> ids);

}  // namespace keepwell::data
