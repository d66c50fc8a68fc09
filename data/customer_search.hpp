#pragma once

#include <string_view>

#include "data/session.hpp"
#include "domain/customer.hpp"

namespace keepwell::data {

// SQLite's full-text index takes its names from customers but has to be told of each. Nothing on PostgreSQL,
// which keeps its index by itself.

void add_to_search(Session& session, CustomerId id, std::string_view name);
/// `name` must be the one that was added: before the customer's row changes.
void remove_from_search(Session& session, CustomerId id, std::string_view name);

}  // namespace keepwell::data
