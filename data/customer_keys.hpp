#pragma once

#include <map>
#include <span>

#include "data/session.hpp"
#include "domain/customer.hpp"

namespace keepwell::data {

/// As it is stored: e-mail addresses in lower case.
CustomerKey as_stored(CustomerKey key);

/// Who has each of the keys (as stored), where somebody has.
std::map<CustomerKey, CustomerId> find_key_owners(Session& session, std::span<const CustomerKey> keys);

/// False when somebody has the key (as stored) already.
bool add_key(Session& session, const CustomerKey& key, CustomerId id);
void remove_key(Session& session, const CustomerKey& key, CustomerId id);

}  // namespace keepwell::data
