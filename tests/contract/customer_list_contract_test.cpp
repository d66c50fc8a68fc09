#include <catch2/catch.hpp>

#include "domain/error.hpp"
#include "tests/support/test_database.hpp"

namespace keepwell::test {
namespace {

using namespace std::chrono_literals;

constexpr Timestamp kNow = Timestamp{Date{std::chrono::year{2026} / 3 / 1}} + 9h;

/// Customers with ties in every column, and some without a score.
void fill(UnitOfWork& work) {
    const std::vector<std::string> segments{"enterprise", "smb", "Über", ""};
    for (int i = 0; i < 37; ++i) {
        CustomerChange change;
        change.name = "Name " + std::string(1, static_cast<char>('a' + i % 5)) + (i % 7 == 0 ? "Ä" : "");
        change.external_id = std::to_string(i);
        change.segment = segments[static_cast<std::size_t>(i) % segments.size()];
        change.region = i % 3 == 0 ? "" : "EU";
        change.plan = i % 2 == 0 ? "Pro" : "";
        change.arr = Money{(i % 4) * 1000};
        const Timestamp now = kNow + (i % 6) * 1us;
        work.run([&](Repositories& in) {
            const CustomerId id = in.customers.save(change, now).id;
            if (i % 3 == 0) return;
            std::optional<double> score = i % 9 == 1 ? std::nullopt : std::optional<double>(i % 8 * 12.5);
            in.customers.save_scores(
                std::vector<CustomerScore>{{id, score, HealthStatus::kAtRisk, i % 2 ? "a" : "b", {}}}, now);
        });
    }
}

std::vector<std::int64_t> ids_of(const std::vector<Customer>& customers) {
    std::vector<std::int64_t> ids;
    for (const Customer& customer : customers) ids.push_back(customer.id.value);
    return ids;
}

std::vector<std::int64_t> walk(UnitOfWork& work, const CustomerFilter& filter, CustomerOrder order,
                               std::int64_t limit) {
    std::vector<std::int64_t> ids;
    std::optional<CustomerPosition> after;
    while (true) {
        const auto page = query(
            work, [&](Repositories& in) { return in.customers.list_from(filter, order, after, limit); });
        REQUIRE(std::ssize(page) <= limit);
        for (const std::int64_t id : ids_of(page)) ids.push_back(id);
        if (std::ssize(page) < limit) return ids;
        REQUIRE(ids.size() < 1000);
        after = position_of(page.back(), order.by);
    }
}

constexpr std::array kSorts{CustomerSort::kId,    CustomerSort::kName,      CustomerSort::kHealthScore,
                            CustomerSort::kArr,   CustomerSort::kUpdatedAt, CustomerSort::kSegment,
                            CustomerSort::kRegion};

}  // namespace

TEST_CASE("pages of any size walk every customer exactly once in every order") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    fill(work);
    for (const CustomerSort by : kSorts) {
        for (const SortOrder direction : {SortOrder::kAscending, SortOrder::kDescending}) {
            const CustomerOrder order{by, direction};
            CAPTURE(static_cast<int>(by), static_cast<int>(direction));
            const auto expected =
                ids_of(query(work, [&](Repositories& in) { return in.customers.list({}, order, 0, 100); }));
            REQUIRE(expected.size() == 37);
            for (const std::int64_t limit : {1, 2, 3, 5, 36, 37, 38}) {
                CHECK(walk(work, {}, order, limit) == expected);
            }
        }
    }
}

TEST_CASE("filters narrow every order down") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    fill(work);
    CustomerFilter pro;
    pro.plan = "Pro";
    CustomerFilter carded;
    carded.scorecard = "b";
    carded.region = "EU";
    CustomerFilter searched;
    searched.search = "name a";
    searched.plan = "Pro";
    for (const CustomerFilter& filter : {pro, carded, searched}) {
        const auto count = query(work, [&](Repositories& in) { return in.customers.count(filter); });
        CHECK(count > 2);
        CHECK(count < 25);
        for (const CustomerSort by : kSorts) {
            const CustomerOrder order{by, SortOrder::kDescending};
            CAPTURE(static_cast<int>(by));
            const auto expected = ids_of(
                query(work, [&](Repositories& in) { return in.customers.list(filter, order, 0, 100); }));
            CHECK(std::ssize(expected) == count);
            CHECK(walk(work, filter, order, 2) == expected);
        }
    }
    CustomerFilter nobody;
    nobody.plan = "pro";
    CHECK(walk(work, nobody, {}, 10).empty());
}

TEST_CASE("a walk goes on where it stopped though customers come, go and move") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    UnitOfWork& work = database.unit_of_work();
    fill(work);
    const CustomerOrder order{CustomerSort::kHealthScore, SortOrder::kDescending};
    const auto all = query(work, [&](Repositories& in) { return in.customers.list({}, order, 0, 100); });
    const CustomerPosition after = position_of(all[9], order.by);
    work.run([&](Repositories& in) {
        in.customers.remove(all[9].id);
        in.customers.remove(all[3].id);
    });
    const auto rest =
        query(work, [&](Repositories& in) { return in.customers.list_from({}, order, after, 100); });
    CHECK(ids_of(rest) == ids_of({all.begin() + 10, all.end()}));
}

TEST_CASE("a position of another order is refused") {
    TestDatabase database(GENERATE(from_range(database_kinds())));
    const CustomerPosition position{.id = {1}};
    for (const CustomerSort by : {CustomerSort::kName, CustomerSort::kArr, CustomerSort::kUpdatedAt}) {
        try {
            query(database.unit_of_work(), [&](Repositories& in) {
                return in.customers.list_from({}, {by, SortOrder::kAscending}, position, 10);
            });
            FAIL("it was accepted");
        } catch (const Error& error) {
            CHECK(error.code() == ErrorCode::kInvalid);
        }
    }
}

}  // namespace keepwell::test
