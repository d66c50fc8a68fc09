#include <catch2/catch.hpp>
#include <random>

#include "tests/support/test_database.hpp"

namespace keepwell::test {
namespace {

using std::chrono::days;

constexpr Date kDay{std::chrono::year{2026} / 3 / 1};
constexpr Timestamp kNow{kDay};

AccountAttributes account(std::string name, std::string segment, std::string region, Money arr,
                          Date as_of = kDay) {
    AccountAttributes attributes;
    attributes.name = std::move(name);
    attributes.segment = std::move(segment);
    attributes.region = std::move(region);
    attributes.arr = arr;
    attributes.as_of = as_of;
    return attributes;
}

std::vector<CustomerId> upsert(UnitOfWork& work, const std::vector<AccountAttributes>& accounts) {
    return transact(work, [&](Repositories& in) {
        std::vector<CustomerId> ids;
        for (const auto& answer : in.customers.upsert_accounts(accounts, kNow)) ids.push_back(answer.id);
        return ids;
    });
}

void score(UnitOfWork& work, const std::vector<CustomerScore>& scores) {
    work.run([&](Repositories& in) { in.customers.save_scores(scores, kNow); });
}

PortfolioTotals totals(UnitOfWork& work) {
    return query(work, [](Repositories& in) { return in.portfolio.totals(); });
}

/// "healthy 2 300.00; …"
std::string buckets(const PortfolioTotals& totals) {
    std::string text;
    for (const auto& bucket : totals.buckets) {
        text += std::string(to_string(bucket.status)) + " " + std::to_string(bucket.accounts) + " " +
                to_string(bucket.arr) + "; ";
    }
    return text;
}

std::string groups(const std::vector<PortfolioTotals::Group>& groups) {
    std::string text;
    for (const auto& group : groups) text += group.name + " " + std::to_string(group.accounts) + "; ";
    return text;
}

DailyMetrics metrics(CustomerId id, int day, Money arr, std::optional<double> health_score) {
    DailyMetrics row;
    row.customer_id = id;
    row.date = kDay + days{day};
    row.arr = arr;
    row.health_score = health_score;
    return row;
}

}  // namespace

TEST_CASE("an empty portfolio has totals of nothing") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    const PortfolioTotals sums = totals(database.unit_of_work());
    CHECK(sums.accounts == 0);
    CHECK(sums.arr == Money{});
    CHECK(sums.buckets.empty());
    CHECK(sums.segments.empty());
    CHECK(query(database.unit_of_work(), [](Repositories& in) { return in.portfolio.arr_on(kDay); }) ==
          Money{});
}

TEST_CASE("totals count the customers with a scorecard, exactly to the cent") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const auto ids = upsert(work, {account("a", "smb", "US", {10}), account("b", "enterprise", "EU", {20}),
                                   account("c", "enterprise", "EU", {99'999'999'999'999}),
                                   account("d", "smb", "EU", {99'999'999'999'999}),
                                   account("known from elsewhere", "smb", "EU", {5})});
    score(work, {{ids[0], 90.1, HealthStatus::kHealthy, "metrics", kDay},
                 {ids[1], 20.2, HealthStatus::kCritical, "metrics", kDay},
                 {ids[2], 70.3, HealthStatus::kHealthy, "metrics", kDay},
                 {ids[3], std::nullopt, HealthStatus::kInsufficientData, "metrics", std::nullopt}});
    const PortfolioTotals sums = totals(work);
    CHECK(sums.accounts == 4);
    CHECK(sums.arr == Money{200'000'000'000'028});
    CHECK(buckets(sums) ==
          "healthy 2 1000000000000.09; critical 1 0.20; insufficient_data 1 999999999999.99; ");
    CHECK(groups(sums.segments) == "smb 2; enterprise 2; ");
    CHECK(groups(sums.regions) == "US 1; EU 3; ");
    CHECK(sums.scored_accounts == 3);
    CHECK(sums.score_sum == Approx(180.6).epsilon(1e-12));
}

TEST_CASE("totals follow every change, whatever the order in which they come") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    std::minstd_rand random(7);
    const auto pick = [&](int end) { return static_cast<int>(random() % static_cast<unsigned>(end)); };
    std::vector<CustomerId> ids;
    for (int round = 0; round < 30; ++round) {
        std::vector<AccountAttributes> accounts;
        std::vector<CustomerScore> scores;
        for (int i = 0; i < 20; ++i) {
            if (pick(2) == 0) continue;
            accounts.push_back(account("account " + std::to_string(i), "segment " + std::to_string(pick(3)),
                                       "region " + std::to_string(pick(2)), {pick(100'000)},
                                       kDay + days{round}));
        }
        work.run([&](Repositories& in) {
            const auto answers = in.customers.upsert_accounts(accounts, kNow);
            for (const auto& answer : answers) {
                if (pick(2) == 0) continue;
                scores.push_back({answer.id, pick(100'000) / 1000.0,
                                  kHealthStatuses.at(static_cast<std::size_t>(pick(4))), "metrics", kDay});
            }
            in.customers.save_scores(scores, kNow);
        });
    }
    const PortfolioTotals sums = totals(work);
    const std::string members = " FROM customers WHERE scorecard IS NOT NULL";
    CHECK(sums.accounts == std::stoll(database.column("SELECT CAST(count(*) AS text)" + members)[0]));
    PortfolioTotals expected;
    work.read([&](Repositories& in) {
        for (const Customer& customer : in.customers.list({}, {}, 0, 1000)) {
            if (!customer.scorecard) continue;
            expected.arr += customer.arr;
            if (!customer.health_score) continue;
            ++expected.scored_accounts;
            expected.score_sum += *customer.health_score;
        }
    });
    CHECK(sums.arr == expected.arr);
    CHECK(sums.scored_accounts == expected.scored_accounts);
    CHECK(sums.score_sum == Approx(expected.score_sum).epsilon(1e-12));
}

TEST_CASE("totals as of a day come from the rows of that day and the segment of that time") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const auto ids = upsert(work, {account("a", "smb", "US", {100'00}), account("b", "smb", "EU", {200'00})});
    upsert(work, {account("a", "enterprise", "US", {150'00}, kDay + days{10})});
    work.run([&](Repositories& in) {
        in.daily_metrics.upsert(std::vector<DailyMetrics>{metrics(ids[0], 0, {100'00}, 80),
                                                          metrics(ids[0], 10, {150'00}, 30),
                                                          metrics(ids[1], 5, {200'00}, std::nullopt)});
    });
    const auto as_of = [&](int day) {
        return query(work, [&](Repositories& in) { return in.portfolio.totals(kDay + days{day}); });
    };
    CHECK(as_of(-1).accounts == 0);
    CHECK(buckets(as_of(0)) == "healthy 1 100.00; ");
    CHECK(groups(as_of(0).segments) == "smb 1; ");
    CHECK(buckets(as_of(9)) == "healthy 1 100.00; insufficient_data 1 200.00; ");
    CHECK(groups(as_of(9).segments) == "smb 2; ");
    CHECK(buckets(as_of(10)) == "critical 1 150.00; insufficient_data 1 200.00; ");
    CHECK(groups(as_of(10).segments) == "enterprise 1; smb 1; ");
    CHECK(as_of(10).scored_accounts == 1);
    CHECK(as_of(10).score_sum == 30);
}

TEST_CASE("the ARR of a past day follows from the changes since") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const auto ids = upsert(work, {account("a", "smb", "US", {100'00}), account("b", "smb", "EU", {50'05})});
    upsert(work, {account("a", "smb", "US", {300'00}, kDay + days{10})});
    upsert(work, {account("a", "smb", "US", {250'00}, kDay + days{20})});
    score(work, {{ids[0], 1, HealthStatus::kCritical, "metrics", kDay},
                 {ids[1], 1, HealthStatus::kCritical, "metrics", kDay}});
    const auto arr_on = [&](int day) {
        return query(work, [&](Repositories& in) { return in.portfolio.arr_on(kDay + days{day}); });
    };
    CHECK(arr_on(30) == Money{300'05});
    CHECK(arr_on(20) == Money{300'05});
    CHECK(arr_on(19) == Money{350'05});
    CHECK(arr_on(10) == Money{350'05});
    CHECK(arr_on(9) == Money{150'05});
    CHECK(arr_on(0) == Money{150'05});
    CHECK(arr_on(-1) == Money{});
}

TEST_CASE("the data version grows with each unit of work that says so, and only when it is committed") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    const auto version = [&] {
        return query(work, [](Repositories& in) { return in.portfolio.data_version(); });
    };
    const std::int64_t before = version();
    work.run([](Repositories& in) { in.portfolio.bump_data_version(); });
    CHECK(version() == before + 1);
    CHECK_THROWS(work.run([](Repositories& in) {
        in.portfolio.bump_data_version();
        throw std::runtime_error("no");
    }));
    CHECK(version() == before + 1);
}

}  // namespace keepwell::test
