#include "data/customer_ids.hpp"

#include <vector>

namespace keepwell::data {

std::string encode_ids(Dialect dialect, std::span<const CustomerId> ids) {
    std::vector<std::int64_t> values;
    values.reserve(ids.size());
    for (const CustomerId id : ids) values.push_back(id.value);
    return encode_list(dialect, values);
}

void lock_customers(Session& session, std::span<const CustomerId> ids) {
    if (session.dialect() == Dialect::kSqlite || ids.empty()) return;
    run(session,
        "SELECT id FROM customers WHERE " + is_any_id(session.dialect(), "id", 1) +
            " ORDER BY id FOR NO KEY UPDATE",
        encode_ids(session.dialect(), ids));
}

}  // namespace keepwell::data
