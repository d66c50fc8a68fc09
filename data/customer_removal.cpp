#include "data/customer_removal.hpp"

#include <string>
#include <vector>

#include "data/customer_ids.hpp"
#include "data/customer_rows.hpp"
#include "data/customer_search.hpp"
#include "data/portfolio_groups.hpp"

namespace keepwell::data {

bool remove_customer(Session& session, CustomerId id) {
    lock_customers(session, std::span{&id, 1});
    const auto customer = find_customer(session, id);
    if (!customer) return false;
    take_out_of_portfolio(session, std::span{&id, 1});
    remove_from_search(session, id, customer->name);
    std::vector<std::string> tables{"customer_keys", "recalculations"};
    {
        // Whatever is added to the schema later is found here, too.
        Query row(session,
                  "SELECT tbl FROM table_placement WHERE placement = 'distributed'"
                  " AND dist_col = 'customer_id' ORDER BY tbl");
        while (row.next()) tables.push_back(row.string(0));
    }
    for (const std::string& table : tables) {
        run(session, "DELETE FROM " + table + " WHERE customer_id = $1", id.value);
    }
    return run(session, "DELETE FROM customers WHERE id = $1", id.value) == 1;
}

}  // namespace keepwell::data
