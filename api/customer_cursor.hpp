#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/customer.hpp"

namespace keepwell::api {

/// `-health_score`: the order as `sort` names it, and back; empty for any other text.
std::string to_string(CustomerOrder order);
std::optional<CustomerOrder> parse_customer_order(std::string_view text);

std::string to_cursor(const CustomerPosition& position, CustomerOrder order);
/// Empty when the text is no cursor, or one of another order.
std::optional<CustomerPosition> parse_customer_cursor(std::string_view text, CustomerOrder order);

}  // namespace keepwell::api
