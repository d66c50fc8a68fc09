#include "data/account_upsert.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "data/account_keys.hpp"
#include "data/customer_changes.hpp"
#include "data/customer_ids.hpp"
#include "data/json_text.hpp"
#include "data/portfolio_groups.hpp"
#include "data/stage.hpp"

namespace keepwell::data {
namespace {

/// An account of the input with the customer that it stands for.
struct Account {
    const AccountAttributes* attributes;
    std::string custom;  ///< As stored.
    CustomerId id;
};
using Accounts = std::vector<Account>;

/// What a customer's row holds of the attributes.
struct Stored {
    std::string segment;
    std::string region;
    Money arr;
    std::string custom;
    std::optional<Date> as_of;
};
using StoredById = std::unordered_map<std::int64_t, Stored>;

std::vector<CustomerId> ids_of(const Accounts& accounts) {
    std::vector<CustomerId> ids;
    ids.reserve(accounts.size());
    for (const Account& account : accounts) ids.push_back(account.id);
    return ids;
}

StoredById read_stored(Session& session, const Accounts& accounts) {
    const std::string list = encode_ids(session.dialect(), ids_of(accounts));
    // Days that said nothing new moved the latest metrics on, but were not noted as days of the attributes.
    const std::string sql =
        "SELECT id, segment, region, arr, custom,"
        " CASE WHEN latest_metrics_date > as_of THEN latest_metrics_date ELSE as_of END FROM customers"
        " LEFT JOIN customer_attribute_days d ON d.customer_id = id WHERE " +
        is_any_id(session.dialect(), "id", 1);
    StoredById stored;
    stored.reserve(accounts.size());
    Query query(session, sql, list);
    while (query.next()) {
        stored.emplace(query.integer(0), Stored{query.string(1), query.string(2), query.money(3),
                                                query.string(4), query.date_if(5)});
    }
    return stored;
}

bool differs(const Stored& stored, const Account& account) {
    return stored.segment != account.attributes->segment || stored.region != account.attributes->region ||
           stored.arr != account.attributes->arr || stored.custom != account.custom;
}

/// Whether the ARR was another one in between, though it is the stored one again.
bool has_moved(const Stored& stored, const Account& account) {
    const auto& course = account.attributes->arr_since;
    return std::any_of(course.begin(), course.end(), [&](const ArrSince& step) {
        return step.arr != stored.arr && (!stored.as_of || step.day >= *stored.as_of);
    });
}

Date first_day(const AccountAttributes& attributes) {
    if (attributes.first_day) return *attributes.first_day;
    return attributes.arr_since.empty() ? attributes.as_of : attributes.arr_since.front().day;
}

bool is_outdated(const Stored& stored, const Account& account) {
    return stored.as_of && account.attributes->as_of < *stored.as_of;
}

void insert_customers(Session& session, const Accounts& accounts, Timestamp now) {
    static constexpr std::array<std::string_view, 11> kColumns{
        "id",     "name",          "company",    "segment",    "region", "arr",
        "custom", "health_status", "created_at", "updated_at", "version"};
    std::vector<Value> values;
    values.reserve(accounts.size() * kColumns.size());
    for (const Account& account : accounts) {
        const AccountAttributes& attributes = *account.attributes;
        values.insert(values.end(),
                      {to_value(account.id.value), to_value(attributes.name), to_value(attributes.name),
                       to_value(attributes.segment), to_value(attributes.region), to_value(attributes.arr),
                       to_value(account.custom), to_value(to_string(HealthStatus::kInsufficientData)),
                       to_value(now), to_value(now), to_value(1)});
    }
    session.insert_rows("customers", kColumns, values);
    if (session.dialect() != Dialect::kSqlite) return;
    static constexpr std::array<std::string_view, 2> kSearchColumns{"rowid", "name"};
    std::vector<Value> names;
    for (const Account& account : accounts) {
        names.insert(names.end(), {to_value(account.id.value), to_value(account.attributes->name)});
    }
    session.insert_rows("customers_search", kSearchColumns, names);
}

/// The ARR of an account before this and what became of it since, a row of customer_changes for each change.
void record_arr(CustomerChanges& changes, const Account& account, std::optional<Money> before,
                std::optional<Date> before_as_of) {
    const AccountAttributes& attributes = *account.attributes;
    const ArrSince only{attributes.as_of, attributes.arr};
    const std::span<const ArrSince> course =
        attributes.arr_since.empty() ? std::span{&only, 1} : std::span{attributes.arr_since};
    for (const ArrSince& step : course) {
        if (before_as_of && step.day < *before_as_of) continue;
        if (before == step.arr) continue;
        changes.add({.customer_id = account.id,
                     .field = "arr",
                     .old_value = before ? std::optional{to_string(*before)} : std::nullopt,
                     .new_value = to_string(step.arr),
                     .difference = step.arr - before.value_or(Money{}),
                     .valid_from = Timestamp{before ? step.day : first_day(attributes)}});
        before = step.arr;
    }
}

void record_changes(CustomerChanges& changes, const Stored& stored, const Account& account) {
    const AccountAttributes& now = *account.attributes;
    record_arr(changes, account, stored.arr, stored.as_of);
    const auto record = [&](std::string_view field, const std::string& before, const std::string& after) {
        if (before == after) return;
        changes.add({.customer_id = account.id,
                     .field = field,
                     .old_value = before,
                     .new_value = after,
                     .difference = {},
                     .valid_from = Timestamp{now.as_of}});
    };
    record("segment", stored.segment, now.segment);
    record("region", stored.region, now.region);
}

/// Takes the first ARR of customers back to the earliest day that is known of them now.
void move_first_days(Session& session, const Accounts& accounts) {
    if (accounts.empty()) return;
    std::unordered_map<std::int64_t, Timestamp> days;
    for (const Account& account : accounts) {
        days.emplace(account.id.value, Timestamp{first_day(*account.attributes)});
    }
    std::vector<Value> values;
    {
        const std::string list = encode_ids(session.dialect(), ids_of(accounts));
        const std::string sql =
            "SELECT customer_id, id, valid_from FROM customer_changes"
            " WHERE field = 'arr' AND old_value IS NULL AND " +
            is_any_id(session.dialect(), "customer_id", 1);
        Query first(session, sql, list);
        while (first.next()) {
            const Timestamp day = days.at(first.integer(0));
            if (first.timestamp(2) <= day) continue;
            values.insert(values.end(),
                          {to_value(first.integer(0)), to_value(first.integer(1)), to_value(day)});
        }
    }
    if (values.empty()) return;
    stage_rows(session, "stage_first_days", "customer_id bigint, id bigint, day {{timestamp}}", values);
    run(session,
        "UPDATE customer_changes SET valid_from = s.day FROM stage_first_days s"
        " WHERE customer_changes.customer_id = s.customer_id AND customer_changes.id = s.id"
        " AND customer_changes.valid_from > s.day");
}

/// Moves the days of the attributes on, never back.
void save_days(Session& session, const Accounts& accounts) {
    if (accounts.empty()) return;
    std::vector<Value> values;
    values.reserve(accounts.size() * 2);
    for (const Account& account : accounts) {
        values.insert(values.end(), {to_value(account.id.value), to_value(account.attributes->as_of)});
    }
    stage_rows(session, "stage_account_days", "id bigint, as_of {{date}}", values);
    run(session,
        "INSERT INTO customer_attribute_days (customer_id, as_of)"
        " SELECT id, as_of FROM stage_account_days WHERE true ORDER BY id"
        " ON CONFLICT (customer_id) DO UPDATE SET as_of = excluded.as_of"
        " WHERE customer_attribute_days.as_of < excluded.as_of");
}

/// Writes other attributes than the stored ones, unless newer ones have come in the meantime; the customers
/// that changed.
std::unordered_set<std::int64_t> update_customers(Session& session, const Accounts& accounts, Timestamp now) {
    std::unordered_set<std::int64_t> changed;
    if (accounts.empty()) return changed;
    lock_customers(session, ids_of(accounts));
    const StoredById stored = read_stored(session, accounts);
    std::vector<Value> values;
    CustomerChanges changes(session, now);
    for (const Account& account : accounts) {
        const auto before = stored.find(account.id.value);
        if (before == stored.end() || is_outdated(before->second, account) ||
            !(differs(before->second, account) || has_moved(before->second, account))) {
            continue;
        }
        const AccountAttributes& attributes = *account.attributes;
        changed.insert(account.id.value);
        record_changes(changes, before->second, account);
        values.insert(values.end(),
                      {to_value(account.id.value), to_value(attributes.segment), to_value(attributes.region),
                       to_value(attributes.arr), to_value(account.custom)});
    }
    if (changed.empty()) return changed;
    stage_rows(session, "stage_accounts", "id bigint, segment text, region text, arr {{money}}, custom text",
               values);
    const std::vector<CustomerId> ids = [&] {
        std::vector<CustomerId> all;
        for (const std::int64_t id : changed) all.push_back({id});
        return all;
    }();
    take_out_of_portfolio(session, ids);
    run(session,
        "UPDATE customers SET segment = s.segment, region = s.region, arr = s.arr, custom = s.custom,"
        " updated_at = $1, version = version + 1 FROM stage_accounts s WHERE customers.id = s.id",
        now);
    put_into_portfolio(session, ids);
    changes.write();
    return changed;
}

}  // namespace

std::vector<CustomerRepository::Upserted> upsert_accounts(Session& session,
                                                          std::span<const AccountAttributes> accounts,
                                                          Timestamp now) {
    std::vector<std::string_view> names;
    names.reserve(accounts.size());
    for (const AccountAttributes& account : accounts) names.push_back(account.name);
    const std::vector<ResolvedAccount> resolved = resolve_accounts(session, names);

    std::vector<CustomerRepository::Upserted> answers;
    answers.reserve(accounts.size());
    Accounts created;
    Accounts existing;
    for (std::size_t i = 0; i < accounts.size(); ++i) {
        answers.push_back({resolved[i].id, resolved[i].created, false});
        (resolved[i].created ? created : existing)
            .push_back({&accounts[i], encode_text_map(accounts[i].custom), resolved[i].id});
    }
    insert_customers(session, created, now);
    CustomerChanges first_arr(session, now);
    for (const Account& account : created) record_arr(first_arr, account, std::nullopt, std::nullopt);
    first_arr.write();
    move_first_days(session, existing);

    // Most files say nothing new about most accounts: without a lock, then, and the day alone.
    const StoredById stored = read_stored(session, existing);
    Accounts differing;
    Accounts newer = created;
    for (const Account& account : existing) {
        const auto before = stored.find(account.id.value);
        if (before == stored.end() || is_outdated(before->second, account)) continue;
        if (differs(before->second, account) || has_moved(before->second, account))
            differing.push_back(account);
        if (before->second.as_of != account.attributes->as_of) newer.push_back(account);
    }
    const std::unordered_set<std::int64_t> changed = update_customers(session, differing, now);
    save_days(session, newer);
    for (CustomerRepository::Upserted& answer : answers) answer.changed = changed.contains(answer.id.value);
    return answers;
}

}  // namespace keepwell::data
