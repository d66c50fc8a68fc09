#include "data/customer_search.hpp"

namespace keepwell::data {

void add_to_search(Session& session, CustomerId id, std::string_view name) {
    if (session.dialect() != Dialect::kSqlite) return;
    run(session, "INSERT INTO customers_search (rowid, name) VALUES ($1, $2)", id.value, name);
}

void remove_from_search(Session& session, CustomerId id, std::string_view name) {
    if (session.dialect() != Dialect::kSqlite) return;
    run(session, "INSERT INTO customers_search (customers_search, rowid, name) VALUES ('delete', $1, $2)",
        id.value, name);
}

}  // namespace keepwell::data
