#include "data/account_keys.hpp"

#include <unordered_map>
#include <unordered_set>

#include "data/sql_error.hpp"
#include "data/stage.hpp"

namespace keepwell::data {
namespace {

using IdsByName = std::unordered_map<std::string, std::int64_t>;
using Names = std::vector<std::string_view>;

IdsByName read_ids_by_name(Session& session, const std::string& sql, const Names& names) {
    IdsByName ids;
    if (names.empty()) return ids;
    const std::string list = encode_list(session.dialect(), names);
    Query query(session, sql, list);
    while (query.next()) ids.emplace(query.text(0), query.integer(1));
    return ids;
}

IdsByName find_keys(Session& session, const Names& names) {
    return read_ids_by_name(
        session,
        "SELECT key_value, customer_id FROM customer_keys WHERE kind = 'account_name' AND " +
            is_any_text(session.dialect(), "key_value", 1),
        names);
}

IdsByName find_companies(Session& session, const Names& names) {
    return read_ids_by_name(session,
                            "SELECT company, min(id) FROM customers WHERE " +
                                is_any_text(session.dialect(), "company", 1) +
                                " GROUP BY company HAVING count(*) = 1",
                            names);
}

Names missing_from(const IdsByName& ids, std::span<const std::string_view> names) {
    Names missing;
    for (const std::string_view name : names) {
        if (!ids.contains(std::string(name))) missing.push_back(name);
    }
    return missing;
}

/// Adds keys where nobody else has by now; the names that were added.
IdsByName add_keys(Session& session, const Names& names, const IdsByName& adopted) {
    std::vector<std::int64_t> fresh = session.allocate_ids("customers", names.size() - adopted.size());
    auto next_fresh = fresh.begin();
    std::vector<Value> values;
    values.reserve(names.size() * 2);
    for (const std::string_view name : names) {
        const auto found = adopted.find(std::string(name));
        values.emplace_back(name);
        values.emplace_back(found != adopted.end() ? found->second : *next_fresh++);
    }
    stage_rows(session, "stage_account_keys", "key_value text, customer_id bigint", values);
    // In the order of the key: two writers of the same names wait for each other rather than lock crosswise.
    IdsByName added;
    Query query(
        session,
        "INSERT INTO customer_keys (kind, key_value, customer_id)"
        " SELECT 'account_name', key_value, customer_id FROM stage_account_keys WHERE true"
        " ORDER BY key_value ON CONFLICT (key_value, kind) DO NOTHING RETURNING key_value, customer_id");
    while (query.next()) added.emplace(query.text(0), query.integer(1));
    return added;
}

}  // namespace

std::vector<ResolvedAccount> resolve_accounts(Session& session, std::span<const std::string_view> names) {
    IdsByName ids = find_keys(session, Names(names.begin(), names.end()));
    std::unordered_set<std::int64_t> created;
    if (const Names missing = missing_from(ids, names); !missing.empty()) {
        const IdsByName adopted = find_companies(session, missing);
        const IdsByName added = add_keys(session, missing, adopted);
        for (const auto& [name, id] : added) {
            if (!adopted.contains(name)) created.insert(id);
        }
        ids.insert(added.begin(), added.end());
        // The rest was added by others since the first look.
        ids.merge(find_keys(session, missing_from(ids, missing)));
    }
    std::vector<ResolvedAccount> resolved;
    resolved.reserve(names.size());
    for (const std::string_view name : names) {
        const auto found = ids.find(std::string(name));
        if (found == ids.end())
            throw SqlError(SqlFailure::kConflict, "a key was deleted while it was looked up");
        resolved.push_back({CustomerId{found->second}, created.contains(found->second)});
    }
    return resolved;
}

}  // namespace keepwell::data
