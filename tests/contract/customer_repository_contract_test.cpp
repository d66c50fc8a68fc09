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

AccountAttributes account(std::string name, Money arr = {100'00}, Date as_of = kDay) {
    AccountAttributes attributes;
    attributes.name = std::move(name);
    attributes.segment = "enterprise";
    attributes.region = "EU";
    attributes.arr = arr;
    attributes.as_of = as_of;
    return attributes;
}

std::vector<CustomerRepository::Upserted> upsert(UnitOfWork& unit_of_work,
                                                 const std::vector<AccountAttributes>& accounts,
                                                 Timestamp now = kNow) {
    return transact(unit_of_work,
                    [&](Repositories& in) { return in.customers.upsert_accounts(accounts, now); });
}

Customer get(UnitOfWork& unit_of_work, CustomerId id) {
    const auto customer = query(unit_of_work, [&](Repositories& in) { return in.customers.find(id); });
    REQUIRE(customer);
    return *customer;
}

std::vector<std::string> names(const std::vector<Customer>& customers) {
    std::vector<std::string> names;
    for (const Customer& customer : customers) names.push_back(customer.name);
    return names;
}

std::vector<std::string> search(UnitOfWork& unit_of_work, const std::string& needle) {
    return query(unit_of_work, [&](Repositories& in) {
        CustomerFilter filter;
        filter.search = needle;
        auto found = in.customers.list(filter, {}, 0, 100);
        CHECK(in.customers.count(filter) == static_cast<std::int64_t>(found.size()));
        return names(found);
    });
}

const std::vector<std::string> kNaughtyNames{
    "O'Brien & Söhne",
    R"("quoted" \ back\slash)",
    "'; DROP TABLE customers; --",
    "{1,2} [array] {\"json\":true}",
    "株式会社テスト",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 🦄",
    "100% _under_score",
    "tab\tnewline\nreturn\r",
    "NULL",
    " ",
    "مرحبا",
    "$1 ?1 :name",
};

}  // namespace

TEST_CASE("a new account becomes a customer with every attribute as it was given") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    AccountAttributes given = account("Acme Corp", Money{99'999'999'999'999});
    given.custom = {{"tier", "gold"}, {"quote \"\\ \n\x01", "ü"}};
    const auto answer = upsert(database.unit_of_work(), {given});
    REQUIRE(answer.size() == 1);
    CHECK(answer[0].created);
    CHECK_FALSE(answer[0].changed);
    const Customer customer = get(database.unit_of_work(), answer[0].id);
    CHECK(customer.name == "Acme Corp");
    CHECK(customer.segment == "enterprise");
    CHECK(customer.region == "EU");
    CHECK(customer.arr == given.arr);
    CHECK(customer.custom == given.custom);
    CHECK_FALSE(customer.health_score);
    CHECK(customer.health_status == HealthStatus::kInsufficientData);
    CHECK_FALSE(customer.scorecard);
    CHECK(customer.created_at == kNow);
    CHECK(customer.updated_at == kNow);
}

TEST_CASE("names of any kind come back byte by byte and are told apart by case") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    std::vector<AccountAttributes> accounts{account("acme"), account("Acme"), account("ACME")};
    for (const std::string& name : kNaughtyNames) accounts.push_back(account(name));
    const auto created = upsert(database.unit_of_work(), accounts);
    const auto again = upsert(database.unit_of_work(), accounts);
    for (std::size_t i = 0; i < accounts.size(); ++i) {
        CHECK(created[i].created);
        CHECK_FALSE(again[i].created);
        CHECK(again[i].id == created[i].id);
        CHECK(get(database.unit_of_work(), created[i].id).name == accounts[i].name);
    }
}

TEST_CASE("a name with a NUL character is refused on either database") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    try {
        upsert(database.unit_of_work(), {account(std::string("a\0b", 3))});
        FAIL("it was accepted");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::kInvalid);
    }
}

TEST_CASE("newer attributes overwrite, older ones don't, the same ones change nothing") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const CustomerId id = upsert(work, {account("Acme", {100'00}, kDay)})[0].id;
    const Timestamp later = kNow + 1h;

    CHECK_FALSE(upsert(work, {account("Acme", {100'00}, kDay)}, later)[0].changed);
    CHECK(get(work, id).updated_at == kNow);
    CHECK(upsert(work, {account("Acme", {200'00}, kDay)}, later)[0].changed);
    CHECK(get(work, id).arr == Money{200'00});
    CHECK(get(work, id).updated_at == later);
    CHECK_FALSE(upsert(work, {account("Acme", {200'00}, kDay + std::chrono::days{5})}, later)[0].changed);
    // The day moved on although nothing else did, so this one is too old.
    CHECK_FALSE(upsert(work, {account("Acme", {300'00}, kDay + std::chrono::days{4})}, later)[0].changed);
    CHECK(get(work, id).arr == Money{200'00});
}

TEST_CASE("each change of ARR, segment and region is recorded with the day from which it holds") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    upsert(work, {account("Acme", {100'00}, kDay)});
    AccountAttributes moved = account("Acme", {150'50}, kDay + std::chrono::days{1});
    moved.segment = "smb";
    moved.region = "US";
    upsert(work, {moved});
    CHECK(database.column("SELECT field || ' ' || old_value || ' ' || new_value FROM customer_changes"
                          " WHERE old_value IS NOT NULL ORDER BY field") ==
          std::vector<std::string>{"arr 100.00 150.50", "region EU US", "segment enterprise smb"});
}

TEST_CASE("a name without a key adopts the one customer whose company it is") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const auto made = upsert(work, {account("first"), account("second"), account("third")});
    database.execute(
        "UPDATE customers SET company = 'Shared' WHERE name IN ('first', 'second');"
        "UPDATE customers SET company = 'Adopted' WHERE name = 'third'");
    const auto answer = upsert(work, {account("Adopted", {7'00}), account("Shared")});
    CHECK_FALSE(answer[0].created);
    CHECK(answer[0].changed);
    CHECK(answer[0].id == made[2].id);
    CHECK(answer[1].created);
    CHECK(upsert(work, {account("Adopted", {7'00})})[0].id == made[2].id);
}

TEST_CASE("eight threads that upload the same accounts end with one customer each") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    std::vector<AccountAttributes> accounts;
    for (int i = 0; i < 200; ++i) accounts.push_back(account("Account " + std::to_string(i)));
    std::vector<std::vector<CustomerRepository::Upserted>> answers(8);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        threads.emplace_back([&, i] {
            std::vector<AccountAttributes> mine = accounts;
            if (i % 2 == 1) std::reverse(mine.begin(), mine.end());
            answers[i] = upsert(database.unit_of_work(), mine);
            if (i % 2 == 1) std::reverse(answers[i].begin(), answers[i].end());
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(query(database.unit_of_work(), [](Repositories& in) { return in.customers.count({}); }) == 200);
    for (std::size_t account = 0; account < 200; ++account) {
        std::set<std::int64_t> ids;
        int created = 0;
        for (const auto& answer : answers) {
            ids.insert(answer[account].id.value);
            created += answer[account].created ? 1 : 0;
        }
        CHECK(ids.size() == 1);
        CHECK(created == 1);
    }
}

TEST_CASE("lists are filtered exactly, sorted both ways and cut into pages") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    std::vector<AccountAttributes> accounts{account("c", {3'00}), account("a", {1'00}), account("d", {3'00}),
                                            account("B", {2'00})};
    accounts[1].region = "US";
    accounts[3].segment = "smb";
    const auto made = upsert(work, accounts);
    work.run([&](Repositories& in) {
        in.customers.save_scores(
            std::vector<CustomerScore>{{made[0].id, 80.5, HealthStatus::kHealthy, "metrics", kDay},
                                       {made[1].id, 20, HealthStatus::kCritical, "metrics", kDay}},
            kNow);
    });
    const auto list = [&](const CustomerFilter& filter, CustomerOrder order, std::int64_t offset = 0,
                          std::int64_t limit = 100) {
        return query(
            work, [&](Repositories& in) { return names(in.customers.list(filter, order, offset, limit)); });
    };
    using Names = std::vector<std::string>;
    const auto ascending = SortOrder::kAscending;
    const auto descending = SortOrder::kDescending;
    CHECK(list({}, {CustomerSort::kId, ascending}) == Names{"c", "a", "d", "B"});
    CHECK(list({}, {CustomerSort::kId, descending}) == Names{"B", "d", "a", "c"});
    CHECK(list({}, {CustomerSort::kName, ascending}) == Names{"B", "a", "c", "d"});
    CHECK(list({}, {CustomerSort::kName, descending}) == Names{"d", "c", "a", "B"});
    CHECK(list({}, {CustomerSort::kArr, ascending}) == Names{"a", "B", "c", "d"});
    CHECK(list({}, {CustomerSort::kArr, descending}) == Names{"d", "c", "B", "a"});
    CHECK(list({}, {CustomerSort::kSegment, ascending}) == Names{"c", "a", "d", "B"});
    CHECK(list({}, {CustomerSort::kRegion, descending}) == Names{"a", "B", "d", "c"});
    // Without a score last, whatever the direction.
    CHECK(list({}, {CustomerSort::kHealthScore, ascending}) == Names{"a", "c", "d", "B"});
    CHECK(list({}, {CustomerSort::kHealthScore, descending}) == Names{"c", "a", "B", "d"});
    CHECK(list({}, {}, 1, 2) == Names{"a", "d"});
    CHECK(list({}, {}, 4, 2).empty());
    CustomerFilter filter;
    filter.region = "US";
    CHECK(list(filter, {}) == Names{"a"});
    filter = {};
    filter.segment = "smb";
    CHECK(list(filter, {}) == Names{"B"});
    filter.segment = "SMB";
    CHECK(list(filter, {}).empty());
    filter = {};
    filter.status = HealthStatus::kInsufficientData;
    filter.segment = "enterprise";
    CHECK(list(filter, {}) == Names{"d"});
    CHECK(query(work, [&](Repositories& in) { return in.customers.count(filter); }) == 1);
    CHECK(query(work, [&](Repositories& in) { return names(in.customers.list_after({}, made[0].id, 2)); }) ==
          Names{"a", "d"});
}

TEST_CASE("search finds parts of names, ignoring case, and takes every character literally") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    upsert(work, {account("Alpha 100% Beta"), account("alpha_beta"), account("O'Brien"),
                  account("ÄRZTE Köln"), account("say \"hi\" \\ there"), account("alphaXbeta")});
    using Names = std::vector<std::string>;
    CHECK(search(work, "ALPHA") == Names{"Alpha 100% Beta", "alpha_beta", "alphaXbeta"});
    CHECK(search(work, "a_b") == Names{"alpha_beta"});
    CHECK(search(work, "0% ") == Names{"Alpha 100% Beta"});
    CHECK(search(work, "%") == Names{"Alpha 100% Beta"});
    CHECK(search(work, "_") == Names{"alpha_beta"});
    CHECK(search(work, "O'B") == Names{"O'Brien"});
    CHECK(search(work, "'") == Names{"O'Brien"});
    CHECK(search(work, "\"hi\"") == Names{"say \"hi\" \\ there"});
    CHECK(search(work, "\\ t") == Names{"say \"hi\" \\ there"});
    CHECK(search(work, "\\") == Names{"say \"hi\" \\ there"});
    CHECK(search(work, "ärzte") == Names{"ÄRZTE Köln"});
    CHECK(search(work, "KÖ") == Names{"ÄRZTE Köln"});
    CHECK(search(work, "nobody").empty());
    CHECK(search(work, "").size() == 6);
}

TEST_CASE("marks of stale scores are set once, listed in order and cleared with the score") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const auto made = upsert(work, {account("a"), account("b"), account("c")});
    const auto stale = [&](CustomerId after, std::int64_t limit) {
        return query(work, [&](Repositories& in) { return in.customers.list_stale(after, limit); });
    };
    CHECK(stale({}, 10).empty());
    work.run([&](Repositories& in) {
        in.customers.mark_stale(std::vector<CustomerId>{made[2].id, made[0].id});
        in.customers.mark_stale(std::vector<CustomerId>{made[0].id});
    });
    CHECK(stale({}, 10) == std::vector<CustomerId>{made[0].id, made[2].id});
    CHECK(stale({}, 1) == std::vector<CustomerId>{made[0].id});
    CHECK(stale(made[0].id, 10) == std::vector<CustomerId>{made[2].id});
    work.run([&](Repositories& in) {
        in.customers.save_scores(
            std::vector<CustomerScore>{{made[0].id, 77.125, HealthStatus::kHealthy, "metrics", kDay}},
            kNow + 1s);
    });
    CHECK(stale({}, 10) == std::vector<CustomerId>{made[2].id});
    const Customer scored = get(work, made[0].id);
    CHECK(scored.health_score == 77.125);
    CHECK(scored.health_status == HealthStatus::kHealthy);
    CHECK(scored.scorecard == "metrics");
    CHECK(scored.latest_metrics_date == kDay);
    CHECK(scored.updated_at == kNow + 1s);
    CHECK(query(work, [](Repositories& in) { return in.customers.list_ids({}, 2); }) ==
          std::vector<CustomerId>{made[0].id, made[1].id});
}

TEST_CASE("the state of a score moves with the customer and with its mark") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& unit_of_work = database.unit_of_work();
    const auto made = upsert(unit_of_work, {account("Alder"), account("Birch")});
    const std::vector<CustomerId> ids{made[0].id, made[1].id, {999}};
    const auto states = [&] {
        return query(unit_of_work, [&](Repositories& in) { return in.customers.score_states(ids); });
    };
    const auto before = states();
    REQUIRE(before.size() == 2);
    CHECK(before[0].id == ids[0]);
    CHECK(before[0].version == get(unit_of_work, ids[0]).version);
    CHECK_FALSE(before[0].is_stale);

    unit_of_work.run([&](Repositories& in) { in.customers.mark_stale(std::span{ids}.first(1)); });
    CHECK(states()[0].is_stale);
    CHECK(states()[0].version == before[0].version);
    CHECK_FALSE(states()[1].is_stale);

    const CustomerScore score{.id = ids[0],
                              .score = 50,
                              .status = HealthStatus::kAtRisk,
                              .scorecard = "metrics",
                              .latest_metrics_date = {}};
    unit_of_work.run([&](Repositories& in) { in.customers.save_scores({&score, 1}, kNow); });
    CHECK_FALSE(states()[0].is_stale);
    CHECK(states()[0].version > before[0].version);
    CHECK(states()[1].version == before[1].version);
}

TEST_CASE("saving the score that is there already leaves the customer alone") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const CustomerId id = upsert(work, {account("a")})[0].id;
    const std::vector<CustomerScore> score{{id, 50, HealthStatus::kAtRisk, "metrics", kDay}};
    work.run([&](Repositories& in) { in.customers.save_scores(score, kNow + 1s); });
    work.run([&](Repositories& in) { in.customers.save_scores(score, kNow + 2s); });
    CHECK(get(work, id).updated_at == kNow + 1s);
}

TEST_CASE("ids beyond 32 bits go in and out whole") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    database.execute(database.kind() == DatabaseKind::kSqlite
                         ? "UPDATE sequences SET next_id = 5000000000 WHERE name = 'customers'"
                         : "SELECT setval('customers_id_seq', 5000000000, false)");
    const CustomerId id = upsert(work, {account("far")})[0].id;
    CHECK(id.value == 5'000'000'000);
    CHECK(get(work, id).name == "far");
    CHECK_FALSE(query(work, [](Repositories& in) { return in.customers.find({4'999'999'999}); }));
}

}  // namespace keepwell::test
