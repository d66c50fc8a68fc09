#pragma once

#include "data/session.hpp"
#include "domain/customer.hpp"

namespace keepwell::data {

/// See CustomerRepository::remove.
bool remove_customer(Session& session, CustomerId id);

}  // namespace keepwell::data
