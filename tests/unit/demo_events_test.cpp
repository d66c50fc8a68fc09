#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "domain/daily_activity.hpp"
#include "domain/error.hpp"
#include "domain/event_type.hpp"
#include "domain/weighted_calculator.hpp"
#include "services/demo/demo_event_portfolio.hpp"

namespace keepwell {
namespace {

const Date kLastDay = *parse_date("2026-11-20");  // A Friday.
constexpr std::chrono::days kDay{1};

DemoEventPortfolio portfolio_of(std::uint64_t seed, std::int64_t customers, Date last_day = kLastDay) {
    return {seed, customers, DemoPortfolio{seed, 200, 30, last_day}};
}

/// What the segments come with.
double expected_calls(std::string_view segment) {
    if (segment == "Enterprise") return 1'000;
    return segment == "Startup" ? 200 : 500;
}

/// The score of one customer on one day, from its events, everything being connected.
HealthScore score_of(const DemoEventPortfolio& portfolio, std::int64_t number, Date day) {
    static const FactorRegistry registry = builtin_factors();
    static const WeightedCalculator calculator{registry, activity_scorecard()};
    static const std::set<std::string, std::less<>> connected{"api_call", "login", "payment", "feature_use",
                                                              "support_ticket"};
    const DemoEventCustomer customer = portfolio.customer(number);
    const std::string segment = customer.attributes.segment.value_or("SMB");
    const std::vector<CustomerEvent> events = portfolio.events(number);
    std::vector<DailyActivity> days;
    for (DailyActivity& each : roll_up(events)) {
        if (each.day <= day) days.push_back(std::move(each));
    }
    const ScoredCustomer scored{.name = *customer.attributes.name,
                                .segment = segment,
                                .mrr = customer.attributes.mrr.value_or(Money{100'000}),
                                .signup_date = customer.attributes.signup_date,
                                .known_since = portfolio.first_day(),
                                .expected_api_calls = expected_calls(segment)};
    const ActivityWindow activity{.days = days,
                                  .events = {},
                                  .connected = &connected,
                                  .first_day = days.empty() ? std::nullopt : std::optional{days.front().day}};
    return calculator.calculate({.metrics = {}, .as_of = day, .customer = &scored, .activity = &activity});
}

double factor_of(const HealthScore& score, std::string_view name) {
    for (const FactorScore& factor : score.factors) {
        if (factor.name == name) return factor.score.value();
    }
    throw std::out_of_range("no such factor");
}

/// Every customer of one story in some portfolios, on working days and at the weekend.
void for_each_told(DemoEventStory story,
                   const std::function<void(const DemoEventPortfolio&, std::int64_t)>& check) {
    int told = 0;
    for (const std::uint64_t seed : {1U, 42U, 7'777U}) {
        const DemoEventPortfolio portfolio =
            portfolio_of(seed, 80, kLastDay + static_cast<int>(seed % 5) * kDay);
        for (std::int64_t number = 0; number < portfolio.customers(); ++number) {
            const DemoEventCustomer customer = portfolio.customer(number);
            if (customer.story != story) continue;
            INFO("seed " << seed << ", customer " << number);
            check(portfolio, number);
            ++told;
        }
    }
    CHECK(told == 6);
}

void ends(DemoEventStory story, HealthStatus status) {
    for_each_told(story, [&](const DemoEventPortfolio& portfolio, std::int64_t number) {
        const HealthScore score = score_of(portfolio, number, portfolio.last_day());
        INFO(score.overall_score.value_or(-1));
        CHECK(score.status == status);
    });
}

double score_days_ago(const DemoEventPortfolio& portfolio, std::int64_t number, int days) {
    return score_of(portfolio, number, portfolio.last_day() - days * kDay).overall_score.value();
}

}  // namespace

TEST_CASE("The same seed gives the same events, another one others", "[demo]") {
    const auto text = [](std::uint64_t seed) {
        std::string all;
        for (const CustomerEvent& event : portfolio_of(seed, 10).events(7))
            all += event.type + to_string(event.occurred_at) + event.data;
        return all;
    };
    CHECK(text(3) == text(3));
    CHECK(text(3) != text(4));
}

TEST_CASE("Events are valid, in order and within the days", "[demo]") {
    const DemoEventPortfolio portfolio = portfolio_of(5, 45);
    std::int64_t count = 0;
    for (std::int64_t number = 0; number < portfolio.customers(); ++number) {
        Timestamp previous{};
        for (const CustomerEvent& event : portfolio.events(number)) {
            REQUIRE(event.occurred_at >= previous);
            REQUIRE(day_of(event.occurred_at) >= portfolio.first_day());
            REQUIRE(day_of(event.occurred_at) <= portfolio.last_day());
            REQUIRE(event.data.front() == '{');
            REQUIRE(event.data.back() == '}');
            REQUIRE_FALSE(event.attributes.empty());
            previous = event.occurred_at;
            ++count;
        }
    }
    // Enough to be alive, few enough to be loaded within seconds.
    CHECK(count > 40'000);
    CHECK(count < 120'000);
}

TEST_CASE("Named people sign in", "[demo]") {
    std::set<std::string> people;
    for (const CustomerEvent& event : portfolio_of(1, 10).events(9)) {
        if (event.type == "login") people.emplace(*text_in(event.attributes, "user"));
    }
    CHECK(people.size() >= 2);
}

TEST_CASE("Some customers are accounts of the other portfolio, under the same name", "[demo]") {
    const DemoPortfolio accounts{9, 200, 30, kLastDay};
    const DemoEventPortfolio portfolio{9, 120, accounts};
    std::set<std::string> names;
    std::set<std::string> emails;
    for (std::int64_t number = 0; number < 200; ++number)
        names.insert(accounts.account(number).attributes.name);
    std::int64_t shared = 0;
    for (std::int64_t number = 0; number < 120; ++number) {
        const DemoEventCustomer customer = portfolio.customer(number);
        CHECK(names.contains(*customer.attributes.name) == customer.is_account);
        CHECK(emails.insert(*customer.attributes.email).second);
        shared += customer.is_account ? 1 : 0;
    }
    CHECK(shared >= 15);
    CHECK(shared <= 30);
}

TEST_CASE("About 60 % of all who send events end healthy, 25 % at risk, 15 % critical", "[demo]") {
    const std::uint64_t seed = GENERATE(1U, 42U, 20'261'122U);
    const DemoEventPortfolio portfolio = portfolio_of(seed, 120);
    std::map<HealthStatus, int> found;
    for (std::int64_t number = 0; number < 120; ++number)
        ++found[score_of(portfolio, number, kLastDay).status];
    const auto percent = [&](HealthStatus status) { return 100.0 * found[status] / 120; };
    CHECK(percent(HealthStatus::kHealthy) == Approx(60).margin(6));
    CHECK(percent(HealthStatus::kAtRisk) == Approx(26).margin(6));
    CHECK(percent(HealthStatus::kCritical) == Approx(14).margin(5));
}

TEST_CASE("The silent churner was healthy and ends critical, all invoices paid", "[demo][story]") {
    ends(DemoEventStory::kSilentChurner, HealthStatus::kCritical);
    for_each_told(DemoEventStory::kSilentChurner, [](const auto& portfolio, std::int64_t number) {
        CHECK(score_days_ago(portfolio, number, 60) >= 75);
        const HealthScore last = score_of(portfolio, number, portfolio.last_day());
        CHECK(factor_of(last, "payment_timeliness") == 100);
        CHECK(factor_of(last, "login_frequency") == 0);
    });
}

TEST_CASE("The customer in payment trouble ends at risk for that alone", "[demo][story]") {
    ends(DemoEventStory::kPaymentTrouble, HealthStatus::kAtRisk);
    for_each_told(DemoEventStory::kPaymentTrouble, [](const auto& portfolio, std::int64_t number) {
        const HealthScore last = score_of(portfolio, number, portfolio.last_day());
        CHECK(factor_of(last, "payment_timeliness") < 30);
        CHECK(factor_of(last, "api_usage") > 80);
    });
}

TEST_CASE("The ticket storm takes a healthy customer to at risk within two weeks", "[demo][story]") {
    ends(DemoEventStory::kTicketStorm, HealthStatus::kAtRisk);
    for_each_told(DemoEventStory::kTicketStorm, [](const auto& portfolio, std::int64_t number) {
        CHECK(score_days_ago(portfolio, number, 16) >= 80);
        const HealthScore last = score_of(portfolio, number, portfolio.last_day());
        CHECK(factor_of(last, "support_tickets") < 25);
    });
}

TEST_CASE("Without its champion a customer ends at risk", "[demo][story]") {
    ends(DemoEventStory::kChampionLeft, HealthStatus::kAtRisk);
    for_each_told(DemoEventStory::kChampionLeft, [](const auto& portfolio, std::int64_t number) {
        CHECK(score_days_ago(portfolio, number, 45) >= 75);
        std::map<std::string, std::set<bool>> seen;  // By person: before and after.
        for (const CustomerEvent& event : portfolio.events(number)) {
            if (event.type == "login")
                seen[std::string{*text_in(event.attributes, "user")}].insert(
                    day_of(event.occurred_at) >= portfolio.last_day() - 40 * kDay);
        }
        const auto gone = std::count_if(seen.begin(), seen.end(),
                                        [](const auto& each) { return !each.second.contains(true); });
        CHECK(gone >= 1);
    });
}

TEST_CASE("The seasonal customer is at risk now and was healthy six weeks ago", "[demo][story]") {
    ends(DemoEventStory::kSeasonal, HealthStatus::kAtRisk);
    for_each_told(DemoEventStory::kSeasonal, [](const auto& portfolio, std::int64_t number) {
        CHECK(score_days_ago(portfolio, number, 42) >= 75);
    });
}

TEST_CASE("The new customer has no past and is on its way", "[demo][story]") {
    ends(DemoEventStory::kNewCustomer, HealthStatus::kAtRisk);
    for_each_told(DemoEventStory::kNewCustomer, [](const auto& portfolio, std::int64_t number) {
        const auto events = portfolio.events(number);
        CHECK(day_of(events.front().occurred_at) >= portfolio.last_day() - 20 * kDay);
        CHECK(score_days_ago(portfolio, number, 0) > score_days_ago(portfolio, number, 10));
    });
}

TEST_CASE("The expanding customer is healthy, pays more and uses more", "[demo][story]") {
    ends(DemoEventStory::kExpanding, HealthStatus::kHealthy);
    for_each_told(DemoEventStory::kExpanding, [](const auto& portfolio, std::int64_t number) {
        const DemoEventCustomer customer = portfolio.customer(number);
        REQUIRE(customer.mrr_before);
        CHECK(*customer.mrr_before < *customer.attributes.mrr);
        const auto events = portfolio.events(number);
        CHECK(std::any_of(events.begin(), events.end(),
                          [](const CustomerEvent& event) { return event.type == "subscription_change"; }));
    });
}

TEST_CASE("A number of demo customers that is out of range is refused", "[demo]") {
    CHECK_THROWS_AS(portfolio_of(1, -1), Error);
    CHECK_THROWS_AS(portfolio_of(1, 5'001), Error);
    CHECK(portfolio_of(1, 0).customers() == 0);
}

TEST_CASE("Each story of events says what to look for", "[demo]") {
    std::set<std::string_view> names;
    for (const DemoEventStory story : kPlantedEventStories) {
        CHECK_FALSE(description(story).empty());
        CHECK(names.insert(to_string(story)).second);
    }
    CHECK(to_string(DemoEventStory::kOrdinary) == "ordinary");
}

}  // namespace keepwell
