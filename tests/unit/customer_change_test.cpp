#include "domain/customer_change.hpp"

#include <catch2/catch.hpp>

#include "domain/error.hpp"

namespace keepwell {
namespace {

using namespace std::chrono_literals;

constexpr Timestamp kNow = Timestamp{Date{std::chrono::year{2026} / 3 / 1}} + 8h;

Customer acme() {
    CustomerChange change;
    change.name = "Acme";
    return changed({}, change, kNow);
}

}  // namespace

TEST_CASE("a new customer needs a name and nothing else") {
    const Customer customer = acme();
    CHECK(customer.segment == "other");
    CHECK(customer.region.empty());
    CHECK(customer.arr == Money{});
    CHECK(customer.mrr == Money{});
    CHECK(customer.is_active);
    try {
        changed({}, {}, kNow);
        FAIL("it was accepted");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::kInvalid);
        REQUIRE(error.fields().size() == 1);
        CHECK(error.fields()[0].pointer == "/name");
    }
}

TEST_CASE("monthly and yearly revenue follow each other unless both are given") {
    CustomerChange change;
    change.arr = Money{1'000'00};
    Customer customer = changed(acme(), change, kNow);
    CHECK(customer.mrr == Money{83'33});
    change = {};
    change.mrr = Money{100'00};
    customer = changed(customer, change, kNow);
    CHECK(customer.arr == Money{1'200'00});
    change.arr = Money{1'500'00};
    customer = changed(customer, change, kNow);
    CHECK(customer.mrr == Money{100'00});
    CHECK(customer.arr == Money{1'500'00});
    change = {};
    change.plan = "Pro";
    CHECK(changed(customer, change, kNow).mrr == Money{100'00});
    change.mrr = Money{kMaximumMoney.cents / 2};
    CHECK_THROWS_AS(changed(customer, change, kNow), Error);
    CHECK(monthly({6}) == Money{1});
    CHECK(monthly({5}) == Money{0});
    CHECK(monthly({-6}) == Money{-1});
}

TEST_CASE("who stops being a customer has left now, unless it is said when") {
    CustomerChange leaves;
    leaves.is_active = false;
    Customer gone = changed(acme(), leaves, kNow);
    CHECK_FALSE(gone.is_active);
    CHECK(gone.churned_at == kNow);
    CHECK(changed(gone, leaves, kNow + 1h).churned_at == kNow);
    leaves.churned_at = kNow - 24h;
    CHECK(changed(acme(), leaves, kNow).churned_at == kNow - 24h);
    CustomerChange comes_back;
    comes_back.is_active = true;
    gone = changed(gone, comes_back, kNow);
    CHECK(gone.is_active);
    CHECK_FALSE(gone.churned_at);
}

TEST_CASE("an empty text clears what may be empty, and attributes go one by one") {
    CustomerChange change;
    change.email = "a@b.c";
    change.segment = "Enterprise";
    change.custom = {{"a", "1"}, {"b", "2"}};
    Customer customer = changed(acme(), change, kNow);
    CHECK(customer.email == "a@b.c");
    CHECK(customer.segment == "Enterprise");
    change = {};
    change.email = "";
    change.segment = "";
    change.custom = {{"a", std::nullopt}, {"c", "3"}, {"d", std::nullopt}};
    customer = changed(customer, change, kNow);
    CHECK_FALSE(customer.email);
    CHECK(customer.segment == "other");
    CHECK(customer.custom == std::map<std::string, std::string>{{"b", "2"}, {"c", "3"}});
    change.name = "";
    CHECK_THROWS_AS(changed(customer, change, kNow), Error);
}

}  // namespace keepwell
