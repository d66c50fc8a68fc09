#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "data/session.hpp"
#include "domain/customer.hpp"

namespace keepwell::data {

/// Whom an account name stands for.
struct ResolvedAccount {
    CustomerId id;
    bool created = false;  ///< The key is new and the customer's row is still to be written.
};

/// Resolves names through customer_keys(account_name); a name without a key adopts the customer whose company
/// equals it if exactly one does, and gets a new id otherwise. Writes the keys, not the customers. Two that
/// resolve a new name at the same time get the same id, one of them as created. Same order as `names`.
std::vector<ResolvedAccount> resolve_accounts(Session& session, std::span<const std::string_view> names);

}  // namespace keepwell::data
