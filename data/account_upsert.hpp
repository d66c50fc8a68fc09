#pragma once

#include <span>
#include <vector>

#include "data/session.hpp"
#include "domain/customer.hpp"

namespace keepwell::data {

/// CustomerRepository::upsert_accounts().
std::vector<CustomerRepository::Upserted> upsert_accounts(Session& session,
                                                          std::span<const AccountAttributes> accounts,
                                                          Timestamp now);

}  // namespace keepwell::data
