#include "data/customer_keys.hpp"

#include <vector>

namespace keepwell::data {

CustomerKey as_stored(CustomerKey key) {
    if (key.kind != CustomerKeyKind::kEmail) return key;
    for (char& letter : key.value) {
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    }
    return key;
}

std::map<CustomerKey, CustomerId> find_key_owners(Session& session, std::span<const CustomerKey> keys) {
    std::map<CustomerKey, CustomerId> owners;
    if (keys.empty()) return owners;
    std::map<std::string_view, std::vector<CustomerKeyKind>> asked;
    for (const CustomerKey& key : keys) asked[key.value].push_back(key.kind);
    std::vector<std::string_view> values;
    for (const auto& [value, kinds] : asked) values.push_back(value);
    const std::string list = encode_list(session.dialect(), values);
    const std::string sql = "SELECT key_value, kind, customer_id FROM customer_keys WHERE " +
                            is_any_text(session.dialect(), "key_value", 1);
    Query row(session, sql, list);
    while (row.next()) {
        for (const CustomerKeyKind kind : asked.at(row.text(0))) {
            if (to_string(kind) == row.text(1))
                owners.emplace(CustomerKey{kind, row.string(0)}, CustomerId{row.integer(2)});
        }
    }
    return owners;
}

bool add_key(Session& session, const CustomerKey& key, CustomerId id) {
    return run(session,
               "INSERT INTO customer_keys (kind, key_value, customer_id) VALUES ($1, $2, $3)"
               " ON CONFLICT (key_value, kind) DO NOTHING",
               to_string(key.kind), key.value, id.value) == 1;
}

void remove_key(Session& session, const CustomerKey& key, CustomerId id) {
    run(session, "DELETE FROM customer_keys WHERE kind = $1 AND key_value = $2 AND customer_id = $3",
        to_string(key.kind), key.value, id.value);
}

}  // namespace keepwell::data
