#include "data/customer_save.hpp"

#include <algorithm>
#include <tuple>

#include "data/customer_changes.hpp"
#include "data/customer_ids.hpp"
#include "data/customer_keys.hpp"
#include "data/customer_rows.hpp"
#include "data/customer_search.hpp"
#include "data/json_text.hpp"
#include "data/portfolio_groups.hpp"
#include "data/sql_error.hpp"
#include "domain/customer_change.hpp"
#include "domain/error.hpp"

namespace keepwell::data {
namespace {

using Keys = std::vector<CustomerKey>;
using KeyOwners = std::map<CustomerKey, CustomerId>;

std::optional<CustomerKey> key_of(CustomerKeyKind kind, const std::optional<std::string>& value) {
    if (!value || value->empty()) return std::nullopt;
    return as_stored({kind, *value});
}

std::optional<CustomerKey> external_id_key(const std::optional<std::string>& external_id) {
    return key_of(CustomerKeyKind::kExternalId, external_id);
}

std::optional<CustomerKey> email_key(const std::optional<std::string>& email) {
    return key_of(CustomerKeyKind::kEmail, email);
}

/// The name by which the CSV door will meet the customer.
std::optional<CustomerKey> account_key(const std::optional<std::string>& company,
                                       const std::optional<std::string>& name) {
    const bool has_company = company && !company->empty();
    return key_of(CustomerKeyKind::kAccountName, has_company ? company : name);
}

Keys given(std::initializer_list<std::optional<CustomerKey>> keys) {
    Keys all;
    for (const auto& key : keys) {
        if (key) all.push_back(*key);
    }
    return all;
}

std::optional<CustomerId> owner_of(const KeyOwners& owners, const std::optional<CustomerKey>& key) {
    const auto found = key ? owners.find(*key) : owners.end();
    return found == owners.end() ? std::nullopt : std::optional{found->second};
}

void refuse_taken(const KeyOwners& owners, const std::optional<CustomerKey>& key,
                  std::optional<CustomerId> own, const std::string& field) {
    const auto owner = owner_of(owners, key);
    if (!owner || owner == own) return;
    throw Error(ErrorCode::kConflict, "Another customer has this " + field + ".",
                {{"/" + field, "belongs to customer " + std::to_string(owner->value)}});
}

/// The key was free a moment ago: running the transaction again finds whose it is now.
void take_key(Session& session, const CustomerKey& key, CustomerId id) {
    if (!add_key(session, key, id)) throw SqlError(SqlFailure::kConflict, "a key was taken meanwhile");
}

std::optional<CustomerId> find_company(Session& session, const std::string& company) {
    Query row(session, "SELECT id FROM customers WHERE company = $1 LIMIT 2", company);
    if (!row.next()) return std::nullopt;
    const CustomerId id{row.integer(0)};
    return row.next() ? std::nullopt : std::optional{id};
}

bool differs(const std::optional<CustomerKey>& left, const std::optional<CustomerKey>& right) {
    return left && right && left != right;
}

/// The customer by its company's name alone. One with another external_id or e-mail address is another
/// customer of the same company: taking it for this one would overwrite whom it stands for.
std::optional<CustomerId> find_namesake(Session& session, const CustomerChange& change,
                                        const KeyOwners& owners) {
    const auto key = account_key(change.company, change.name);
    if (!key) return std::nullopt;
    auto id = owner_of(owners, key);
    if (!id) id = find_company(session, key->value);
    if (!id) return std::nullopt;
    const auto customer = find_customer(session, *id);
    if (!customer || differs(external_id_key(customer->external_id), external_id_key(change.external_id)) ||
        differs(email_key(customer->email), email_key(change.email))) {
        return std::nullopt;
    }
    return id;
}

auto attributes_of(const Customer& customer) {
    return std::tie(customer.name, customer.email, customer.company, customer.segment, customer.region,
                    customer.plan, customer.external_id, customer.mrr, customer.arr, customer.signup_date,
                    customer.is_active, customer.churned_at, customer.scorecard, customer.custom);
}

bool moves_portfolio(const Customer& before, const Customer& after) {
    return before.segment != after.segment || before.region != after.region || before.arr != after.arr ||
           before.scorecard != after.scorecard;
}

void record_changes(Session& session, const Customer& before, const Customer& after, Timestamp now) {
    CustomerChanges changes(session, now);
    const auto record = [&](std::string_view field, std::optional<std::string> old_value,
                            std::optional<std::string> new_value, Timestamp valid_from,
                            std::optional<Money> difference = {}) {
        if (old_value == new_value) return;
        changes.add({.customer_id = after.id,
                     .field = field,
                     .old_value = std::move(old_value),
                     .new_value = std::move(new_value).value_or(""),
                     .difference = difference,
                     .valid_from = valid_from});
    };
    const Money mrr_before = before.mrr.value_or(Money{});
    const Money mrr_after = after.mrr.value_or(Money{});
    record("arr", to_string(before.arr), to_string(after.arr), now, after.arr - before.arr);
    record("mrr", to_string(mrr_before), to_string(mrr_after), now, mrr_after - mrr_before);
    record("plan", before.plan, after.plan, now);
    record("segment", before.segment, after.segment, now);
    record("region", before.region, after.region, now);
    record("scorecard", before.scorecard, after.scorecard, now);
    record("is_active", before.is_active ? "true" : "false", after.is_active ? "true" : "false",
           std::min(after.churned_at.value_or(now), now));
    changes.write();
}

/// The first revenue is a change from nothing, as of the day on which the customer signed up.
void record_first(Session& session, const Customer& customer, Timestamp now) {
    const Timestamp since = customer.signup_date ? std::min(Timestamp{*customer.signup_date}, now) : now;
    CustomerChanges changes(session, now);
    const auto record = [&](std::string_view field, Money amount) {
        changes.add({.customer_id = customer.id,
                     .field = field,
                     .old_value = {},
                     .new_value = to_string(amount),
                     .difference = amount,
                     .valid_from = since});
    };
    record("arr", customer.arr);
    if (const auto mrr = stored_mrr(customer)) record("mrr", *mrr);
    changes.write();
}

CustomerId create(Session& session, const CustomerChange& change, const KeyOwners& owners, Timestamp now) {
    Customer customer = changed({}, change, now);
    customer.id = {session.allocate_ids("customers", 1).front()};
    if (const auto key = account_key(customer.company, customer.name); key && !owner_of(owners, key)) {
        take_key(session, *key, customer.id);
    }
    for (const CustomerKey& key : given({external_id_key(customer.external_id), email_key(customer.email)})) {
        take_key(session, key, customer.id);
    }
    run(session,
        "INSERT INTO customers (id, name, email, company, segment, region, plan, external_id, mrr, arr,"
        " signup_date, is_active, churned_at, scorecard, custom, created_at, updated_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16)",
        customer.id.value, customer.name, customer.email, customer.company, customer.segment, customer.region,
        customer.plan, customer.external_id, stored_mrr(customer), customer.arr, customer.signup_date,
        customer.is_active, customer.churned_at, customer.scorecard, encode_text_map(customer.custom), now);
    add_to_search(session, customer.id, customer.name);
    if (customer.scorecard) put_into_portfolio(session, std::span{&customer.id, 1});
    record_first(session, customer, now);
    return customer.id;
}

/// Takes the keys of the new attributes. Names that the customer had before still lead to it: a file goes on
/// naming it as it did.
void move_keys(Session& session, const Customer& before, const Customer& after, const KeyOwners& owners) {
    const auto move = [&](const std::optional<CustomerKey>& from, const std::optional<CustomerKey>& to) {
        if (from == to) return;
        if (from) remove_key(session, *from, after.id);
        if (to && owner_of(owners, to) != after.id) take_key(session, *to, after.id);
    };
    move(external_id_key(before.external_id), external_id_key(after.external_id));
    move(email_key(before.email), email_key(after.email));
    const auto name = account_key(after.company, after.name);
    if (name != account_key(before.company, before.name) && !owner_of(owners, name)) {
        take_key(session, *name, after.id);
    }
}

/// Whether anything was written. The customer is locked.
bool write_change(Session& session, const Customer& before, const CustomerChange& change, Timestamp now) {
    const Customer after = changed(before, change, now);
    if (attributes_of(before) == attributes_of(after)) return false;
    const auto external_id = external_id_key(after.external_id);
    const auto email = email_key(after.email);
    const KeyOwners owners =
        find_key_owners(session, given({external_id, email, account_key(after.company, after.name)}));
    refuse_taken(owners, external_id, after.id, "external_id");
    refuse_taken(owners, email, after.id, "email");

    const std::span<const CustomerId> ids{&after.id, 1};
    const bool moves = moves_portfolio(before, after);
    move_keys(session, before, after, owners);
    if (moves) take_out_of_portfolio(session, ids);
    if (before.name != after.name) remove_from_search(session, before.id, before.name);
    run(session,
        "UPDATE customers SET name = $2, email = $3, company = $4, segment = $5, region = $6, plan = $7,"
        " external_id = $8, mrr = $9, arr = $10, signup_date = $11, is_active = $12, churned_at = $13,"
        " scorecard = $14, custom = $15, updated_at = $16, version = version + 1 WHERE id = $1",
        after.id.value, after.name, after.email, after.company, after.segment, after.region, after.plan,
        after.external_id, stored_mrr(after), after.arr, after.signup_date, after.is_active, after.churned_at,
        after.scorecard, encode_text_map(after.custom), now);
    if (before.name != after.name) add_to_search(session, after.id, after.name);
    if (moves) put_into_portfolio(session, ids);
    record_changes(session, before, after, now);
    return true;
}

std::optional<Customer> lock_and_find(Session& session, CustomerId id) {
    lock_customers(session, std::span{&id, 1});
    return find_customer(session, id);
}

}  // namespace

CustomerRepository::Saved save_customer(Session& session, const CustomerChange& change, Timestamp now) {
    const auto external_id = external_id_key(change.external_id);
    const auto email = email_key(change.email);
    const KeyOwners owners =
        find_key_owners(session, given({external_id, email, account_key(change.company, change.name)}));
    auto id = owner_of(owners, external_id);
    if (!id) id = owner_of(owners, email);
    if (!id) id = find_namesake(session, change, owners);
    if (!id) return {.id = create(session, change, owners, now), .created = true, .changed = false};
    const auto before = lock_and_find(session, *id);
    if (!before) throw SqlError(SqlFailure::kConflict, "a customer was removed while it was looked up");
    return {.id = *id, .created = false, .changed = write_change(session, *before, change, now)};
}

Customer update_customer(Session& session, CustomerId id, const CustomerChange& change,
                         std::optional<std::int64_t> version, Timestamp now) {
    const auto before = lock_and_find(session, id);
    if (!before) throw Error(ErrorCode::kNotFound, "Customer not found");
    if (version && *version != before->version) {
        throw Error(ErrorCode::kPreconditionFailed, "The customer has changed since: it is at version " +
                                                        std::to_string(before->version) +
                                                        ". Read it again and repeat the change.");
    }
    if (!write_change(session, *before, change, now)) return *before;
    return find_customer(session, id).value();
}

}  // namespace keepwell::data
