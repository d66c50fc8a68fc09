#pragma once

#include <rapidjson/document.h>

#include <string_view>
#include <vector>

#include "api/route.hpp"
#include "domain/customer.hpp"
#include "services/customer_service.hpp"

namespace keepwell::api {

/// As many customers may come in one request.
inline constexpr std::size_t kMaximumBulk = 1'000;

/// Both throw Error: kUnsupportedType, kUnreadable, or kInvalid naming all mistakes. Members that are not
/// known are passed over. Of a new customer the name is required, and null is as if not given.
CustomerChange parse_new_customer(const Request& request);
/// Null clears what may be empty: a text or an attribute.
CustomerChange parse_customer_change(const Request& request);

struct CustomerBulk {
    std::vector<CustomerService::BulkItem> items;
    std::vector<RejectedItem> rejected;  ///< Those that are not allowed, by index.
};
/// `{"customers":[…]}`; each as parse_customer_change(), but a member that is not known is a mistake.
CustomerBulk parse_customer_bulk(const Request& request);

}  // namespace keepwell::api
