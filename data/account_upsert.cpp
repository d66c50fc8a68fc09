#include "data/account_upsert.hpp"

#include <unordered_map>

#include "data/account_keys.hpp"
#include "data/customer_ids.hpp"
#include "data/json_text.hpp"
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

StoredById read_stored(Session& session, const Accounts& accounts, std::string_view lock) {
    std::vector<std::int64_t> ids;
    ids.reserve(accounts.size());
    for (const Account& account : accounts) ids.push_back(account.id.value);
    const std::string list = encode_list(session.dialect(), ids);
    const std::string sql =
        "SELECT id, segment, region, arr, custom, attributes_as_of FROM customers WHERE " +
        is_any_id(session.dialect(), "id", 1) + std::string(lock);
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

bool is_outdated(const Stored& stored, const Account& account) {
    return stored.as_of && account.attributes->as_of < *stored.as_of;
}

bool has_news(const StoredById& stored, const Account& account) {
    const auto found = stored.find(account.id.value);
    return found != stored.end() && !is_outdated(found->second, account) &&
           (differs(found->second, account) || found->second.as_of != account.attributes->as_of);
}

void insert_customers(Session& session, const Accounts& accounts, Timestamp now) {
    static constexpr std::array<std::string_view, 12> kColumns{
        "id",         "name",   "company",          "segment",       "region",
        "arr",        "custom", "attributes_as_of", "health_status", "created_at",
        "updated_at", "version"};
    std::vector<Value> values;
    values.reserve(accounts.size() * kColumns.size());
    for (const Account& account : accounts) {
        const AccountAttributes& attributes = *account.attributes;
        values.insert(values.end(),
                      {to_value(account.id.value), to_value(attributes.name), to_value(attributes.name),
                       to_value(attributes.segment), to_value(attributes.region), to_value(attributes.arr),
                       to_value(account.custom), to_value(attributes.as_of),
                       to_value(to_string(HealthStatus::kInsufficientData)), to_value(now), to_value(now),
                       to_value(1)});
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

/// Collects rows of customer_changes; the texts live in `texts_` until they are written.
class Changes {
public:
    Changes(Session& session, Timestamp now) : session_(session), now_(now) {}

    void add(const Account& account, std::string_view field, std::string old_value, std::string new_value,
             std::optional<Money> difference) {
        rows_.push_back({&account, field, std::move(old_value), std::move(new_value), difference});
    }
    void write() {
        static constexpr std::array<std::string_view, 8> kColumns{"customer_id", "id",         "field",
                                                                  "old_value",   "new_value",  "difference",
                                                                  "valid_from",  "received_at"};
        const std::vector<std::int64_t> ids = session_.allocate_ids("customer_changes", rows_.size());
        std::vector<Value> values;
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            const Row& row = rows_[i];
            values.insert(values.end(),
                          {to_value(row.account->id.value), to_value(ids[i]), to_value(row.field),
                           to_value(row.old_value), to_value(row.new_value), to_value(row.difference),
                           to_value(Timestamp{row.account->attributes->as_of}), to_value(now_)});
        }
        session_.insert_rows("customer_changes", kColumns, values);
    }

private:
    struct Row {
        const Account* account;
        std::string_view field;
        std::string old_value;
        std::string new_value;
        std::optional<Money> difference;
    };
    Session& session_;
    Timestamp now_;
    std::vector<Row> rows_;
};

void record_changes(Changes& changes, const Stored& stored, const Account& account) {
    const AccountAttributes& now = *account.attributes;
    if (stored.arr != now.arr) {
        changes.add(account, "arr", to_string(stored.arr), to_string(now.arr), now.arr - stored.arr);
    }
    if (stored.segment != now.segment) {
        changes.add(account, "segment", stored.segment, now.segment, std::nullopt);
    }
    if (stored.region != now.region) {
        changes.add(account, "region", stored.region, now.region, std::nullopt);
    }
}

/// Writes the attributes of those with news, which are locked; the ids whose values changed.
std::vector<std::int64_t> update_customers(Session& session, const Accounts& accounts, Timestamp now) {
    const StoredById stored = read_stored(
        session, accounts, session.dialect() == Dialect::kPostgresql ? " ORDER BY id FOR UPDATE" : "");
    std::vector<std::int64_t> changed;
    std::vector<Value> values;
    std::vector<Value> days;
    Changes changes(session, now);
    for (const Account& account : accounts) {
        if (!has_news(stored, account)) continue;
        const AccountAttributes& attributes = *account.attributes;
        const Stored& before = stored.at(account.id.value);
        if (!differs(before, account)) {
            days.insert(days.end(), {to_value(account.id.value), to_value(attributes.as_of)});
            continue;
        }
        changed.push_back(account.id.value);
        record_changes(changes, before, account);
        values.insert(values.end(),
                      {to_value(account.id.value), to_value(attributes.segment), to_value(attributes.region),
                       to_value(attributes.arr), to_value(account.custom), to_value(attributes.as_of)});
    }
    if (!days.empty()) {
        stage_rows(session, "stage_account_days", "id bigint, as_of {{date}}", days);
        run(session,
            "UPDATE customers SET attributes_as_of = s.as_of FROM stage_account_days s"
            " WHERE customers.id = s.id");
    }
    if (!values.empty()) {
        stage_rows(session, "stage_accounts",
                   "id bigint, segment text, region text, arr {{money}}, custom text, as_of {{date}}",
                   values);
        run(session,
            "UPDATE customers SET segment = s.segment, region = s.region, arr = s.arr, custom = s.custom,"
            " attributes_as_of = s.as_of, updated_at = $1, version = version + 1"
            " FROM stage_accounts s WHERE customers.id = s.id",
            now);
        changes.write();
    }
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

    // Most files say nothing new about most accounts, so look before taking locks.
    const StoredById stored = read_stored(session, existing, "");
    std::erase_if(existing, [&](const Account& account) { return !has_news(stored, account); });
    if (existing.empty()) return answers;
    const std::vector<std::int64_t> changed = update_customers(session, existing, now);
    const std::unordered_map<std::int64_t, bool> is_changed = [&] {
        std::unordered_map<std::int64_t, bool> set;
        for (const std::int64_t id : changed) set.emplace(id, true);
        return set;
    }();
    for (CustomerRepository::Upserted& answer : answers)
        answer.changed = is_changed.contains(answer.id.value);
    return answers;
}

}  // namespace keepwell::data
