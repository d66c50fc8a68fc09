#pragma once

#include <string>
#include <vector>

#include "domain/unit_of_work.hpp"

namespace keepwell::test {

inline constexpr Date kEventDay{std::chrono::year{2026} / 3 / 10};
inline constexpr Timestamp kEventNoon = Timestamp{kEventDay} + std::chrono::hours{12};

/// Customers by these names, in the segment "Mid-Market".
inline std::vector<CustomerId> add_customers(UnitOfWork& unit_of_work,
                                             const std::vector<std::string>& names) {
    std::vector<AccountAttributes> accounts;
    for (const std::string& name : names) {
        accounts.push_back({.name = name,
                            .segment = "Mid-Market",
                            .region = "EU",
                            .arr = {},
                            .custom = {},
                            .as_of = kEventDay});
    }
    std::vector<CustomerId> ids;
    for (const auto& upserted : transact(unit_of_work, [&](Repositories& in) {
             return in.customers.upsert_accounts(accounts, kEventNoon);
         })) {
        ids.push_back(upserted.id);
    }
    return ids;
}

inline CustomerEvent event_of(CustomerId customer, std::string type, Timestamp occurred_at = kEventNoon,
                              Attributes attributes = {}, std::string message_id = {}) {
    CustomerEvent event;
    event.customer_id = customer;
    event.type = std::move(type);
    event.attributes = std::move(attributes);
    event.occurred_at = occurred_at;
    event.received_at = occurred_at + std::chrono::seconds{1};
    event.message_id = std::move(message_id);
    return event;
}

}  // namespace keepwell::test
