#pragma once

#include <string>
#include <vector>

#include "data/session.hpp"
#include "domain/customer.hpp"

namespace keepwell::data {

/// `SELECT` with every column of customers that read_customer() reads, up to `FROM customers`.
const std::string& select_customers();
Customer read_customer(const Query& row);
std::vector<Customer> read_customers(Query& query);

std::optional<Customer> find_customer(Session& session, CustomerId id);

/// What the column mrr holds: nothing where it follows from arr, so that it moves with it.
std::optional<Money> stored_mrr(const Customer& customer);

}  // namespace keepwell::data
