#include <catch2/catch.hpp>
#include <set>
#include <thread>

#include "domain/error.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::test {
namespace {

using namespace std::chrono_literals;

constexpr Date kDay{std::chrono::year{2026} / 3 / 1};
constexpr Timestamp kNow = Timestamp{kDay} + 9h + 123456us;

using Saved = CustomerRepository::Saved;

CustomerChange named(std::string name) {
    CustomerChange change;
    change.name = std::move(name);
    return change;
}

Saved save(UnitOfWork& work, const CustomerChange& change, Timestamp now = kNow) {
    return transact(work, [&](Repositories& in) { return in.customers.save(change, now); });
}

Customer update(UnitOfWork& work, CustomerId id, const CustomerChange& change,
                std::optional<std::int64_t> version = {}, Timestamp now = kNow + 1h) {
    return transact(work, [&](Repositories& in) { return in.customers.update(id, change, version, now); });
}

Customer get(UnitOfWork& work, CustomerId id) {
    const auto customer = query(work, [&](Repositories& in) { return in.customers.find(id); });
    REQUIRE(customer);
    return *customer;
}

CustomerId upload(UnitOfWork& work, const std::string& name, Money arr = {100'00}, Date as_of = kDay) {
    AccountAttributes account;
    account.name = name;
    account.segment = "enterprise";
    account.region = "EU";
    account.arr = arr;
    account.as_of = as_of;
    return transact(work, [&](Repositories& in) {
        return in.customers.upsert_accounts(std::vector{account}, kNow)[0].id;
    });
}

std::optional<CustomerId> resolve(UnitOfWork& work, CustomerKeyKind kind, const std::string& value) {
    return query(work, [&](Repositories& in) {
        return in.customers.resolve(std::vector<CustomerKey>{{kind, value}}).at(0);
    });
}

/// What the refusal of `work` says: its code and the fields that it names.
template <typename Work>
std::pair<ErrorCode, std::vector<std::string>> refusal(Work&& work) {
    try {
        work();
    } catch (const Error& error) {
        std::vector<std::string> fields;
        for (const FieldError& field : error.fields()) fields.push_back(field.pointer);
        return {error.code(), fields};
    }
    FAIL("it was accepted");
    return {};
}

using Refusal = std::pair<ErrorCode, std::vector<std::string>>;
using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a saved customer comes back with every attribute as it was given") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    CustomerChange change = named("Ann \"O'Brien\" 🦄");
    change.email = "Ann@Example.com";
    change.company = "Größe GmbH";
    change.segment = "Mid-Market";
    change.region = "EU";
    change.plan = "Pro";
    change.external_id = "CUST-1";
    change.mrr = Money{100'01};
    change.arr = Money{1'000'00};
    change.signup_date = kDay - std::chrono::days{400};
    change.is_active = false;
    change.churned_at = kNow - 24h;
    change.scorecard = "activity";
    change.custom = {{"tier", "gold"}, {"none", std::nullopt}};
    const Saved saved = save(work, change);
    CHECK(saved.created);
    CHECK_FALSE(saved.changed);
    const Customer customer = get(work, saved.id);
    CHECK(customer.name == change.name);
    CHECK(customer.email == change.email);
    CHECK(customer.company == change.company);
    CHECK(customer.segment == change.segment);
    CHECK(customer.region == change.region);
    CHECK(customer.plan == change.plan);
    CHECK(customer.external_id == change.external_id);
    CHECK(customer.mrr == change.mrr);
    CHECK(customer.arr == change.arr);
    CHECK(customer.signup_date == change.signup_date);
    CHECK_FALSE(customer.is_active);
    CHECK(customer.churned_at == change.churned_at);
    CHECK(customer.scorecard == change.scorecard);
    CHECK(customer.custom == std::map<std::string, std::string>{{"tier", "gold"}});
    CHECK(customer.created_at == kNow);
    CHECK(customer.updated_at == kNow);
    CHECK(customer.version == 1);
    CHECK_FALSE(customer.owner_user_id);
    CHECK_FALSE(customer.last_login);
    CHECK(customer.feature_usage.empty());
    CHECK(customer.health_status == HealthStatus::kInsufficientData);
}

TEST_CASE("a name is all that a new customer needs, and it is found by it") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const CustomerId id = save(work, named("Acme")).id;
    const Customer customer = get(work, id);
    CHECK(customer.segment == "other");
    CHECK(customer.region.empty());
    CHECK(customer.mrr == Money{});
    CHECK_FALSE(customer.email);
    CHECK(resolve(work, CustomerKeyKind::kAccountName, "Acme") == id);
    const auto found = query(work, [](Repositories& in) {
        CustomerFilter filter;
        filter.search = "ACM";
        return in.customers.list(filter, {}, 0, 10);
    });
    REQUIRE(found.size() == 1);
    CHECK(found[0].id == id);
    CHECK(refusal([&] { save(work, {}); }) == Refusal{ErrorCode::kInvalid, {"/name"}});
}

TEST_CASE("each door leads to the same customer") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const CustomerId id = upload(work, "Acme Corp");
    CustomerChange contact = named("Acme Corp");
    contact.email = "CEO@acme.com";
    contact.external_id = "CUST001";
    contact.company = "Acme Corp";
    const Saved saved = save(work, contact, kNow + 1s);
    CHECK(saved.id == id);
    CHECK_FALSE(saved.created);
    CHECK(saved.changed);
    CHECK(get(work, id).segment == "enterprise");
    CHECK(get(work, id).arr == Money{100'00});
    CHECK(get(work, id).version == 2);

    CustomerChange by_external_id;
    by_external_id.external_id = "CUST001";
    by_external_id.plan = "Pro";
    CHECK(save(work, by_external_id).id == id);
    CHECK_FALSE(save(work, by_external_id).changed);
    CustomerChange by_email;
    by_email.email = "ceo@ACME.com";
    CHECK(save(work, by_email).id == id);
    CHECK(get(work, id).email == "ceo@ACME.com");
    CHECK(save(work, named("Acme Corp")).id == id);
    CHECK(upload(work, "Acme Corp", {200'00}, kDay + std::chrono::days{1}) == id);
    CHECK(query(work, [](Repositories& in) { return in.customers.count({}); }) == 1);
    CHECK(resolve(work, CustomerKeyKind::kEmail, "Ceo@Acme.Com") == id);
    CHECK(resolve(work, CustomerKeyKind::kExternalId, "CUST001") == id);
    CHECK_FALSE(resolve(work, CustomerKeyKind::kExternalId, "cust001"));
    CHECK_FALSE(resolve(work, CustomerKeyKind::kGroupId, "CUST001"));
}

TEST_CASE("a customer that came by its company is met by a file that names the company") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    CustomerChange person = named("Ann");
    person.company = "Acme Corp";
    const CustomerId id = save(work, person).id;
    CHECK(upload(work, "Acme Corp") == id);
    CHECK(get(work, id).name == "Ann");
    CHECK(upload(work, "Ann") != id);
}

TEST_CASE("a company that two customers have leads to neither, and one with another address is another") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    CustomerChange ann = named("Ann");
    ann.company = "Acme";
    ann.email = "ann@acme.com";
    CustomerChange bob = named("Bob");
    bob.company = "Acme";
    bob.email = "bob@acme.com";
    const CustomerId first = save(work, ann).id;
    const Saved second = save(work, bob);
    CHECK(second.created);
    CHECK(get(work, first).name == "Ann");
    // The name is the first one's.
    CHECK(upload(work, "Acme") == first);
    database.execute("DELETE FROM customer_keys WHERE kind = 'account_name'");
    CustomerChange third = named("Cem");
    third.company = "Acme";
    CHECK(save(work, third).created);
    CHECK(query(work, [](Repositories& in) { return in.customers.count({}); }) == 3);
}

TEST_CASE(
    "the external id is asked first, and a key of another customer is a conflict that names its field") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    CustomerChange one = named("one");
    one.external_id = "1";
    one.email = "one@x.com";
    CustomerChange two = named("two");
    two.external_id = "2";
    two.email = "two@x.com";
    const CustomerId first = save(work, one).id;
    const CustomerId second = save(work, two).id;
    CustomerChange mixed;
    mixed.external_id = "1";
    mixed.email = "TWO@x.com";
    mixed.plan = "never written";
    CHECK(refusal([&] { save(work, mixed); }) == Refusal{ErrorCode::kConflict, {"/email"}});
    CHECK(refusal([&] { update(work, first, mixed); }) == Refusal{ErrorCode::kConflict, {"/email"}});
    CustomerChange other;
    other.external_id = "1";
    CHECK(refusal([&] { update(work, second, other); }) == Refusal{ErrorCode::kConflict, {"/external_id"}});
    CHECK_FALSE(get(work, first).plan);
    // A refusal leaves nothing behind, so that the rest of a batch can be committed.
    work.run([&](Repositories& in) {
        CHECK_THROWS_AS(in.customers.save(mixed, kNow), Error);
        in.customers.save(named("three"), kNow);
    });
    CHECK(resolve(work, CustomerKeyKind::kEmail, "one@x.com") == first);
    CHECK(resolve(work, CustomerKeyKind::kAccountName, "three"));
}

TEST_CASE("keys move with the attribute, and the customer still answers to its former name") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    CustomerChange change = named("Acme");
    change.external_id = "1";
    change.email = "old@x.com";
    const CustomerId id = save(work, change).id;
    CustomerChange moved;
    moved.external_id = "2";
    moved.email = "new@x.com";
    moved.company = "Acme Holding";
    moved.name = "Acme Renamed";
    update(work, id, moved);
    CHECK_FALSE(resolve(work, CustomerKeyKind::kExternalId, "1"));
    CHECK_FALSE(resolve(work, CustomerKeyKind::kEmail, "old@x.com"));
    CHECK(resolve(work, CustomerKeyKind::kExternalId, "2") == id);
    CHECK(resolve(work, CustomerKeyKind::kEmail, "new@x.com") == id);
    CHECK(resolve(work, CustomerKeyKind::kAccountName, "Acme") == id);
    CHECK(resolve(work, CustomerKeyKind::kAccountName, "Acme Holding") == id);
    const auto found = [&](const std::string& needle) {
        CustomerFilter filter;
        filter.search = needle;
        return query(work, [&](Repositories& in) { return in.customers.count(filter); });
    };
    CHECK(found("Renamed") == 1);
    CHECK(found("Acme") == 1);
    CustomerChange cleared;
    cleared.external_id = "";
    cleared.email = "";
    cleared.company = "";
    update(work, id, cleared);
    CHECK_FALSE(resolve(work, CustomerKeyKind::kExternalId, "2"));
    CHECK_FALSE(resolve(work, CustomerKeyKind::kEmail, "new@x.com"));
    CHECK_FALSE(get(work, id).company);
    // Others may have them now.
    CustomerChange heir = named("Heir");
    heir.external_id = "2";
    heir.email = "new@x.com";
    CHECK(save(work, heir).created);
}

TEST_CASE("a name that search knew is forgotten with it") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const CustomerId id = upload(work, "Zanzibar");
    update(work, id, named("Madagascar"));
    const auto found = [&](const std::string& needle) {
        CustomerFilter filter;
        filter.search = needle;
        return query(work, [&](Repositories& in) { return in.customers.count(filter); });
    };
    CHECK(found("zanzi") == 0);
    CHECK(found("madag") == 1);
    CHECK(transact(work, [&](Repositories& in) { return in.customers.remove(id); }));
    CHECK(found("madag") == 0);
    if (database.kind() == DatabaseKind::kSqlite) {
        database.execute(
            "INSERT INTO customers_search (customers_search, rank) VALUES ('integrity-check', 1)");
    }
}

TEST_CASE("a change with an older version is refused") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const CustomerId id = save(work, named("Acme")).id;
    CustomerChange change;
    change.plan = "Pro";
    const Customer changed = update(work, id, change, 1);
    CHECK(changed.version == 2);
    CHECK(changed.plan == "Pro");
    CHECK(changed.updated_at == kNow + 1h);
    change.plan = "Basic";
    CHECK(refusal([&] { update(work, id, change, 1); }).first == ErrorCode::kPreconditionFailed);
    CHECK(get(work, id).plan == "Pro");
    // What is there already is no change.
    change.plan = "Pro";
    CHECK(update(work, id, change, 2, kNow + 2h).version == 2);
    CHECK(refusal([&] { update(work, {999}, change); }).first == ErrorCode::kNotFound);
}

TEST_CASE("changes of what is followed over time are recorded, amounts with their difference") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    CustomerChange change = named("Acme");
    change.arr = Money{1'200'00};
    change.signup_date = kDay - std::chrono::days{10};
    const CustomerId id = save(work, change).id;
    const auto recorded = [&] {
        return database.column(
            "SELECT field || ' ' || COALESCE(old_value, '-') || ' ' || new_value FROM customer_changes"
            " ORDER BY id");
    };
    CHECK(recorded() == Texts{"arr - 1200.00"});
    change = {};
    change.mrr = Money{200'00};
    change.plan = "Pro";
    change.segment = "smb";
    change.region = "US";
    change.is_active = false;
    change.churned_at = kNow;
    change.scorecard = "activity";
    change.name = "Not followed";
    update(work, id, change);
    CHECK(recorded() == Texts{"arr - 1200.00", "arr 1200.00 2400.00", "mrr 100.00 200.00", "plan - Pro",
                              "segment other smb", "region  US", "scorecard - activity",
                              "is_active true false"});
    CHECK(database.number("SELECT count(*) FROM customer_changes WHERE difference IS NOT NULL") == 3);
    const auto arr_on = [&](Date day) {
        return query(work, [&](Repositories& in) { return in.portfolio.arr_on(day); });
    };
    CHECK(arr_on(kDay) == Money{2'400'00});
    CHECK(arr_on(kDay - std::chrono::days{1}) == Money{1'200'00});
    CHECK(arr_on(kDay - std::chrono::days{11}) == Money{});
}

TEST_CASE("the portfolio's sums follow every change and removal of a customer in it") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const CustomerId scored = upload(work, "scored", {500'00});
    const CustomerId outside = save(work, named("outside")).id;
    work.run([&](Repositories& in) {
        in.customers.save_scores(
            std::vector<CustomerScore>{{scored, 80, HealthStatus::kHealthy, "metrics", kDay}}, kNow);
    });
    const auto totals = [&] { return query(work, [](Repositories& in) { return in.portfolio.totals(); }); };
    CHECK(totals().accounts == 1);
    CustomerChange change;
    change.arr = Money{700'00};
    change.segment.emplace("smb");  // An assignment makes GCC 12 warn under sanitizers.
    update(work, scored, change);
    update(work, outside, change);
    CHECK(totals().accounts == 1);
    CHECK(totals().arr == Money{700'00});
    REQUIRE(totals().segments.size() == 1);
    CHECK(totals().segments[0].name == "smb");
    change.scorecard = "activity";
    update(work, outside, change);
    CHECK(totals().accounts == 2);
    CHECK(totals().arr == Money{1'400'00});
    change.scorecard = "";
    update(work, outside, change);
    CHECK(totals().accounts == 1);
    CHECK(transact(work, [&](Repositories& in) { return in.customers.remove(scored); }));
    CHECK(transact(work, [&](Repositories& in) { return in.customers.remove(outside); }));
    CHECK(totals().accounts == 0);
    CHECK(totals().arr == Money{});
    CHECK(totals().scored_accounts == 0);
}

TEST_CASE("the first scorecard is chosen, another one afterwards is a change") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const CustomerId id = save(work, named("Acme")).id;
    for (const char* card : {"activity", "activity", "strict"}) {
        work.run([&](Repositories& in) {
            in.customers.save_scores(std::vector<CustomerScore>{{id, 80, HealthStatus::kHealthy, card, {}}},
                                     kNow);
        });
    }
    CHECK(database.column("SELECT old_value || ' ' || new_value FROM customer_changes WHERE field = "
                          "'scorecard'") == Texts{"activity strict"});
}

TEST_CASE("what a customer does is stored beside its score, and kept by scores that say nothing of it") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const CustomerId id = save(work, named("Acme")).id;
    CustomerScore score{id, 80, HealthStatus::kHealthy, "activity", {}};
    score.activity = CustomerActivity{.last_login = kNow - 1h,
                                      .last_activity = kNow - 2us,
                                      .support_tickets = 3,
                                      .nps_score = 8.5,
                                      .feature_usage = {{"reports \"x\"", 12}, {"über", 5'000'000'000}}};
    const auto store = [&](Timestamp now) {
        work.run([&](Repositories& in) { in.customers.save_scores(std::vector{score}, now); });
        return get(work, id);
    };
    const auto check_activity = [&](const Customer& customer, const CustomerActivity& activity) {
        CHECK(customer.last_login == activity.last_login);
        CHECK(customer.last_activity == activity.last_activity);
        CHECK(customer.support_tickets == activity.support_tickets);
        CHECK(customer.nps_score == activity.nps_score);
        CHECK(customer.feature_usage == activity.feature_usage);
    };
    Customer stored = store(kNow + 1s);
    const CustomerActivity activity = *score.activity;
    check_activity(stored, activity);
    CHECK(store(kNow + 2s).version == stored.version);
    score.activity->support_tickets = 4;
    stored = store(kNow + 3s);
    CHECK(stored.support_tickets == 4);
    CHECK(stored.updated_at == kNow + 3s);
    score.activity.reset();
    score.score = 70;
    stored = store(kNow + 4s);
    CHECK(stored.health_score == 70);
    CHECK(stored.support_tickets == 4);
    CHECK(stored.feature_usage == activity.feature_usage);
    score.activity = CustomerActivity{};
    stored = store(kNow + 5s);
    check_activity(stored, CustomerActivity{});
    CHECK(store(kNow + 6s).version == stored.version);
}

TEST_CASE("removing a customer leaves nothing behind in any table") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const bool sqlite = database.kind() == DatabaseKind::kSqlite;
    std::vector<CustomerId> ids;
    for (const char* name : {"gone", "stays"}) {
        const CustomerId id = upload(work, name);
        ids.push_back(id);
        CustomerChange change;
        change.email = std::string(name) + "@x.com";
        change.external_id = name;
        update(work, id, change);
        HealthScore score;
        score.customer_id = id;
        score.scorecard = "metrics";
        score.as_of = kDay;
        score.calculated_at = kNow;
        score.factors = {{.name = "nps"}};
        DailyMetrics row;
        row.customer_id = id;
        row.date = kDay;
        work.run([&](Repositories& in) {
            in.health_scores.add(std::vector{score});
            in.daily_metrics.upsert(std::vector{row});
            in.overrides.add({.customer_id = id,
                              .id = {},
                              .score = 1,
                              .author = "a",
                              .reason = "b",
                              .created_at = kNow,
                              .expires_at = kNow + 1h});
            in.recalculations.request(std::vector{id}, kNow, kNow);
        });
        const std::string number = std::to_string(id.value);
        const std::string day = sqlite ? std::to_string(kDay.time_since_epoch().count()) : "'2026-03-01'";
        const std::string time = "'2026-03-01T09:00:00.000000Z'";
        if (!sqlite && name == std::string_view("gone")) {
            database.execute("CREATE TABLE customer_events_test PARTITION OF customer_events DEFAULT");
        }
        database.execute(
            "INSERT INTO customer_events (customer_id, occurred_at, id, event_type, event_data, received_at)"
            " VALUES (" +
            number + ", " + time + ", 1, 'login', '{}', " + time +
            ");"
            "INSERT INTO event_keys (customer_id, message_id, event_id, occurred_at, body) VALUES (" +
            number + ", 'm', 1, " + time +
            ", 0);"
            "INSERT INTO daily_activity (customer_id, day, event_type, events, last_at, details) VALUES (" +
            number + ", " + day + ", 'login', 1, " + time +
            ", '');"
            "INSERT INTO sessions (customer_id, id, user_name, started_at, last_seen_at, page_views,"
            " feature_uses) VALUES (" +
            number + ", 1, '', " + time + ", " + time + ", 0, 0)");
    }
    const std::string tables =
        sqlite ? "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c"
                 " WHERE m.type = 'table' AND c.name = 'customer_id' ORDER BY m.name"
               : "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
                 " WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attname = 'customer_id'"
                 " AND NOT a.attisdropped AND c.relnamespace = 'public'::regnamespace ORDER BY 1";
    const auto rows = [&](CustomerId id) {
        std::map<std::string, std::int64_t> counts;
        for (const std::string& table : database.column(tables)) {
            counts[table] = database.number("SELECT count(*) FROM " + table +
                                            " WHERE customer_id = " + std::to_string(id.value));
        }
        return counts;
    };
    const auto before = rows(ids[0]);
    CHECK(before.size() >= 12);
    for (const auto& [table, count] : before) {
        CAPTURE(table);
        CHECK(count > 0);  // Otherwise this test says nothing about the table.
    }
    const auto others = rows(ids[1]);
    CHECK(transact(work, [&](Repositories& in) { return in.customers.remove(ids[0]); }));
    for (const auto& [table, count] : rows(ids[0])) {
        CAPTURE(table);
        CHECK(count == 0);
    }
    CHECK(rows(ids[1]) == others);
    CHECK_FALSE(query(work, [&](Repositories& in) { return in.customers.find(ids[0]); }));
    CHECK_FALSE(transact(work, [&](Repositories& in) { return in.customers.remove(ids[0]); }));
    CHECK(save(work, named("gone")).created);
}

TEST_CASE("many customers and keys are looked up at once, in the order asked for") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const CustomerId one = save(work, named("one")).id;
    const CustomerId two = save(work, named("two")).id;
    const std::vector<CustomerId> asked{two, {999}, one, two};
    const auto found = query(work, [&](Repositories& in) { return in.customers.find_all(asked); });
    REQUIRE(found.size() == 3);
    CHECK(found[0].name == "two");
    CHECK(found[1].name == "one");
    CHECK(found[2].name == "two");
    CHECK(query(work, [&](Repositories& in) { return in.customers.existing(asked); }) ==
          std::vector<CustomerId>{one, two});
    const std::vector<CustomerKey> keys{{CustomerKeyKind::kAccountName, "two"},
                                        {CustomerKeyKind::kEmail, "two"},
                                        {CustomerKeyKind::kAccountName, "unknown \"{}\\"},
                                        {CustomerKeyKind::kAccountName, "one"},
                                        {CustomerKeyKind::kAccountName, "two"}};
    CHECK(query(work, [&](Repositories& in) { return in.customers.resolve(keys); }) ==
          std::vector<std::optional<CustomerId>>{two, {}, {}, one, two});
    CHECK(query(work, [](Repositories& in) {
        return in.customers.resolve({}).empty() && in.customers.find_all({}).empty() &&
               in.customers.existing({}).empty();
    }));
}

TEST_CASE("threads that save the same customers by different doors end with one of each") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    constexpr std::size_t kCustomers = 25;
    std::vector<std::set<std::int64_t>> ids(kCustomers);
    std::mutex mutex;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 6; ++thread) {
        threads.emplace_back([&, thread] {
            for (std::size_t i = 0; i < kCustomers; ++i) {
                const std::string name = "customer " + std::to_string(i);
                CustomerId id;
                if (thread % 3 == 0) {
                    id = upload(work, name);
                } else {
                    CustomerChange change = named(thread % 3 == 1 ? name : "a person");
                    change.company = name;
                    if (thread % 3 == 2) change.external_id = std::to_string(i);
                    id = save(work, change).id;
                }
                const std::lock_guard lock(mutex);
                ids[i].insert(id.value);
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(query(work, [](Repositories& in) { return in.customers.count({}); }) == kCustomers);
    for (const auto& each : ids) CHECK(each.size() == 1);
}

}  // namespace keepwell::test
