#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "data/session.hpp"
#include "domain/customer.hpp"

namespace keepwell::data {

/// The WHERE clause of a list of customers with its parameters, and what follows it. Values must outlive it.
class CustomerConditions {
public:
    CustomerConditions(Dialect dialect, const CustomerFilter& filter);
    CustomerConditions(const CustomerConditions&) = delete;
    CustomerConditions& operator=(const CustomerConditions&) = delete;

    /// `comparison` ends where the value belongs.
    void add(std::string_view comparison, const Value& value);
    /// Without a value.
    void add(std::string_view condition);
    const std::string& where() const { return where_; }
    /// " LIMIT $n" or " OFFSET $n".
    std::string append(std::string_view clause, std::int64_t number);
    void bind(Query& query) const;

private:
    std::string parameter(const Value& value);
    std::string separator() const { return where_.empty() ? " WHERE " : " AND "; }

    std::string needle_;
    std::string where_;
    std::vector<Value> values_;
};

/// The column, or expression, that an index of each order starts with.
std::string sort_column(Dialect dialect, CustomerSort by);
/// Customers without a value last; ties by id in the same direction, so that one index serves both.
std::string order_by(Dialect dialect, CustomerOrder order);

/// See CustomerRepository::list_from.
std::vector<Customer> list_customers_from(Session& session, const CustomerFilter& filter, CustomerOrder order,
                                          const std::optional<CustomerPosition>& after, std::int64_t limit);

}  // namespace keepwell::data
