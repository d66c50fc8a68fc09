#include "services/demo/demo_portfolio.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "domain/error.hpp"
#include "domain/trend.hpp"
#include "domain/weighted_calculator.hpp"
#include "services/demo/company_names.hpp"
#include "services/demo/demo_csv.hpp"

namespace keepwell {
namespace {

const Date kLastDay = *parse_date("2026-11-20");  // A Friday.
constexpr std::chrono::days kDay{1};

std::string csv_of(const DemoPortfolio& portfolio) {
    std::string text;
    write_csv(portfolio, [&](std::string_view piece) { text += piece; });
    return text;
}

std::uint64_t fingerprint(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char byte : text) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3U;
    return hash;
}

/// The rows of one account, scored one by one.
std::vector<DailyMetrics> scored_rows(const DemoPortfolio& portfolio, std::int64_t number) {
    static const FactorRegistry registry = builtin_factors();
    static const WeightedCalculator calculator{registry, metrics_scorecard()};
    std::vector<DailyMetrics> rows;
    DemoTimeline timeline = portfolio.timeline(number);
    DailyMetrics row;
    while (timeline.next(row)) {
        row.health_score = calculator.overall({.metrics = {&row, 1}, .as_of = row.date}).score;
        rows.push_back(row);
    }
    return rows;
}

HealthStatus status_of(const DailyMetrics& row) {
    return metrics_scorecard().band(row.health_score.value());
}

const DailyMetrics& days_ago(const std::vector<DailyMetrics>& rows, std::size_t days) {
    return rows.at(rows.size() - 1 - days);
}

/// Every account of one story in some portfolios, so that no assertion holds by luck.
void for_each_told(DemoStory story,
                   const std::function<void(const DemoAccount&, const std::vector<DailyMetrics>&)>& check) {
    int told = 0;
    for (const std::uint64_t seed : {1U, 42U, 7'777U}) {
        const DemoPortfolio portfolio{seed, 300, 120, kLastDay};
        for (const DemoPortfolio::Planted& planted : portfolio.planted()) {
            if (planted.story != story) continue;
            INFO("seed " << seed << ", account " << planted.number);
            const DemoAccount account = portfolio.account(planted.number);
            REQUIRE(account.story == story);
            check(account, scored_rows(portfolio, planted.number));
            ++told;
        }
    }
    CHECK(told >= 3);
}

TEST_CASE("The same seed gives the same bytes, on every machine", "[demo]") {
    const std::string text = csv_of({20'261'122, 25, 40, kLastDay});
    CHECK(text == csv_of({20'261'122, 25, 40, kLastDay}));
    CHECK(text != csv_of({20'261'123, 25, 40, kLastDay}));
    // Changes only when the generator is meant to change; then databases made from it change as well.
    CHECK(fingerprint(text) == 0xec83ecb17a6e9bf7U);
}

TEST_CASE("An account does not depend on how many others there are, nor on the days before", "[demo]") {
    const DemoPortfolio small{5, 100, 30, kLastDay};
    const DemoPortfolio large{5, 5'000, 30, kLastDay};
    for (const std::int64_t number : {0, 37, 99}) {
        CHECK(small.account(number).attributes.name == large.account(number).attributes.name);
        CHECK(scored_rows(small, number) == scored_rows(large, number));
    }
}

TEST_CASE("The CSV has the documented header and one line per account and day", "[demo]") {
    const DemoPortfolio portfolio{1, 30, 60, kLastDay};
    std::string text;
    std::int64_t pieces = 0;
    const std::int64_t rows = write_csv(portfolio, [&](std::string_view piece) {
        text += piece;
        CHECK(piece.back() == '\n');
        ++pieces;
    });
    CHECK(
        text.starts_with("account_name,segment,region,arr,date,daily_active_users,feature_adoption_rate,"
                         "support_tickets_open,nps_score,login_frequency\n"));
    CHECK(rows == 29 * 60 + 20);  // The new customer has 20 days.
    CHECK(std::count(text.begin(), text.end(), '\n') == rows + 1);
    CHECK(std::count(text.begin(), text.end(), ',') == (rows + 1) * 9);
    CHECK(text.find('"') == std::string::npos);
    CHECK(pieces > 1);
}

TEST_CASE("Every day of the range has a row, in order and within the allowed values", "[demo]") {
    const DemoPortfolio portfolio{3, 200, 90, kLastDay};
    for (std::int64_t number = 0; number < portfolio.customers(); ++number) {
        const auto rows = scored_rows(portfolio, number);
        const bool is_new = portfolio.account(number).story == DemoStory::kNewCustomer;
        REQUIRE(rows.size() == (is_new ? 20 : 90));
        CHECK(rows.back().date == kLastDay);
        CHECK(rows.back().arr == portfolio.account(number).attributes.arr);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            CHECK(rows[i].date == rows.front().date + kDay * static_cast<int>(i));
            CHECK(rows[i].daily_active_users >= 0);
            CHECK((rows[i].feature_adoption_rate >= 0 && rows[i].feature_adoption_rate <= 1));
            CHECK((rows[i].login_frequency >= 0 && rows[i].login_frequency <= 1));
            CHECK(rows[i].support_tickets_open >= 0);
            CHECK(std::abs(rows[i].nps_score.value_or(0)) <= 100);
            CHECK(rows[i].arr.cents > 0);
        }
    }
}

TEST_CASE("About 60 % end healthy, 27 % at risk and 13 % critical, on a working day or not", "[demo]") {
    const std::uint64_t seed = GENERATE(1U, 42U, 99U, 20'261'122U);
    const std::int64_t customers = GENERATE(200, 1'000);
    const Date last_day = GENERATE(as<Date>{}, kLastDay, kLastDay + 2 * kDay);
    INFO("seed " << seed << ", " << customers << " customers, " << to_string(last_day));
    const DemoPortfolio portfolio{seed, customers, 30, last_day};
    std::map<HealthStatus, int> found;
    for (std::int64_t number = 0; number < customers; ++number)
        ++found[status_of(scored_rows(portfolio, number).back())];
    const auto percent = [&](HealthStatus status) {
        return 100.0 * found[status] / static_cast<double>(customers);
    };
    CHECK(percent(HealthStatus::kHealthy) == Approx(60).margin(5));
    CHECK(percent(HealthStatus::kAtRisk) == Approx(27).margin(5));
    CHECK(percent(HealthStatus::kCritical) == Approx(13).margin(5));
}

TEST_CASE("Fewer people work at the weekend", "[demo]") {
    const DemoPortfolio portfolio{11, 100, 84, kLastDay};
    std::map<bool, double> users;
    for (std::int64_t number = 0; number < 100; ++number) {
        for (const DailyMetrics& row : scored_rows(portfolio, number)) {
            const bool is_weekend = std::chrono::weekday{row.date}.iso_encoding() >= 6;
            users[is_weekend] += static_cast<double>(row.daily_active_users);
        }
    }
    CHECK(users[true] / 2 < 0.8 * users[false] / 5);
}

TEST_CASE("Names are distinct, in all four regions, some beyond ASCII", "[demo]") {
    const std::uint64_t seed = GENERATE(0U, 42U);
    constexpr std::int64_t kCount = 200'000;
    std::set<std::string> names;
    std::map<std::string_view, std::int64_t> regions;
    std::int64_t beyond_ascii = 0;
    for (std::int64_t number = 0; number < kCount; ++number) {
        const CompanyName company = company_name(seed, number);
        ++regions[company.region];
        beyond_ascii += std::any_of(company.name.begin(), company.name.end(), [](char c) { return c < 0; });
        REQUIRE(company.name.find_first_of(",\"\n=@+") == std::string::npos);
        names.insert(company.name);
    }
    CHECK(names.size() == static_cast<std::size_t>(kCount));
    CHECK(names.count(company_name(seed, company_name_count() - 1).name) == 0);
    REQUIRE(regions.size() == 4);
    for (const auto& [region, count] : regions) {
        INFO(region);
        CHECK(count > kCount / 10);
    }
    CHECK(beyond_ascii > kCount / 10);
}

TEST_CASE("Each segment is there, larger ones pay more", "[demo]") {
    const DemoPortfolio portfolio{8, 2'000, 1, kLastDay};
    std::map<std::string, std::vector<Money>> arr;
    for (std::int64_t number = 0; number < 2'000; ++number) {
        const AccountAttributes attributes = portfolio.account(number).attributes;
        arr[attributes.segment].push_back(attributes.arr);
    }
    REQUIRE(arr.size() == 4);
    const auto median = [&](const std::string& segment) {
        std::sort(arr[segment].begin(), arr[segment].end());
        return arr[segment][arr[segment].size() / 2];
    };
    CHECK(median("Enterprise") > median("Mid-Market"));
    CHECK(median("Mid-Market") > median("SMB"));
    CHECK(median("SMB") > median("Startup"));
}

TEST_CASE("A portfolio of nine tells every story, a smaller one as many as it has accounts", "[demo]") {
    for (const std::int64_t customers : {1, 5, 9, 10, 20, 99, 100, 250}) {
        INFO(customers);
        const DemoPortfolio portfolio{1, customers, 10, kLastDay};
        std::set<DemoStory> stories;
        for (const DemoPortfolio::Planted& each : portfolio.planted()) {
            CHECK(each.story == portfolio.account(each.number).story);
            stories.insert(each.story);
        }
        CHECK(static_cast<std::int64_t>(stories.size()) == std::min<std::int64_t>(9, customers));
    }
}

TEST_CASE("A story's name leads back to it, and each says what to look for", "[demo]") {
    for (const DemoStory story : kPlantedStories) {
        CHECK(parse_demo_story(to_string(story)) == story);
        CHECK_FALSE(description(story).empty());
    }
    CHECK(parse_demo_story("ordinary") == DemoStory::kOrdinary);
    CHECK_FALSE(parse_demo_story("fairy_tale"));
}

TEST_CASE("The silent churner fades from healthy to critical without a ticket", "[demo][story]") {
    for_each_told(DemoStory::kSilentChurner, [](const DemoAccount&, const auto& rows) {
        CHECK(status_of(days_ago(rows, 35)) == HealthStatus::kHealthy);
        CHECK(status_of(rows.back()) == HealthStatus::kCritical);
        CHECK(rows.back().daily_active_users == 0);
        for (const DailyMetrics& row : rows) CHECK(row.support_tickets_open == 0);
        CHECK(account_trend(rows, kLastDay, 30)->engagement == Trend::kDeclining);
    });
}

TEST_CASE("The downgrade pays less and signs in less", "[demo][story]") {
    for_each_told(DemoStory::kDowngrade, [](const DemoAccount&, const auto& rows) {
        CHECK(account_trend(rows, kLastDay, 30)->arr_change.cents < 0);
        CHECK(to_double(rows.back().arr) == Approx(0.6 * to_double(rows.front().arr)).margin(100));
        CHECK(rows.back().login_frequency < 0.3 * rows.front().login_frequency);
        CHECK(status_of(rows.back()) == HealthStatus::kAtRisk);
    });
}

TEST_CASE("The ticket storm takes a healthy account into risk within ten days", "[demo][story]") {
    for_each_told(DemoStory::kTicketStorm, [](const DemoAccount&, const auto& rows) {
        CHECK(days_ago(rows, 12).support_tickets_open <= 2);
        CHECK(status_of(days_ago(rows, 12)) == HealthStatus::kHealthy);
        CHECK(rows.back().support_tickets_open >= 20);
        CHECK(status_of(rows.back()) == HealthStatus::kAtRisk);
    });
}

TEST_CASE("The champion is best in everything and buys more", "[demo][story]") {
    for_each_told(DemoStory::kChampion, [](const DemoAccount&, const auto& rows) {
        CHECK(rows.back().health_score.value() > 95);
        CHECK(account_trend(rows, kLastDay, 30)->arr_change.cents > 0);
        CHECK(account_trend(rows, kLastDay, 30)->health_score_change > 0);
    });
}

TEST_CASE("The seasonal account swings and stays healthy", "[demo][story]") {
    for_each_told(DemoStory::kSeasonal, [](const DemoAccount&, const auto& rows) {
        CHECK(days_ago(rows, 28).daily_active_users > 2 * rows.back().daily_active_users);
        CHECK(days_ago(rows, 84).daily_active_users > 2 * days_ago(rows, 56).daily_active_users);
        for (const DailyMetrics& row : rows) CHECK(status_of(row) == HealthStatus::kHealthy);
    });
}

TEST_CASE("The new customer has twenty days and grows", "[demo][story]") {
    for_each_told(DemoStory::kNewCustomer, [](const DemoAccount&, const auto& rows) {
        REQUIRE(rows.size() == 20);
        CHECK(status_of(rows.front()) == HealthStatus::kCritical);
        CHECK(account_trend(rows, kLastDay, 30)->engagement == Trend::kImproving);
        CHECK(rows.back().health_score.value() > rows.front().health_score.value() + 15);
    });
}

TEST_CASE("The NPS collapses while the usage stays", "[demo][story]") {
    for_each_told(DemoStory::kNpsCollapse, [](const DemoAccount&, const auto& rows) {
        CHECK(days_ago(rows, 20).nps_score.value() > 50);
        CHECK(rows.back().nps_score.value() < -50);
        CHECK(account_trend(rows, kLastDay, 30)->engagement == Trend::kStable);
        CHECK(status_of(days_ago(rows, 22)) == HealthStatus::kHealthy);
        CHECK(status_of(rows.back()) == HealthStatus::kAtRisk);
    });
}

TEST_CASE("The recovering account was critical and is healthy again", "[demo][story]") {
    for_each_told(DemoStory::kRecovering, [](const DemoAccount&, const auto& rows) {
        CHECK(status_of(days_ago(rows, 56)) == HealthStatus::kCritical);
        CHECK(status_of(rows.back()) == HealthStatus::kHealthy);
        CHECK(account_trend(rows, kLastDay, 60)->health_score_change > 30);
    });
}

TEST_CASE("The quiet giant pays the most of all, is at risk and says nothing", "[demo][story]") {
    for_each_told(DemoStory::kQuietGiant, [](const DemoAccount& account, const auto& rows) {
        CHECK(status_of(rows.back()) == HealthStatus::kAtRisk);
        CHECK_FALSE(rows.back().nps_score);
        CHECK(rows.back().support_tickets_open == 0);
        const DemoPortfolio portfolio{42, 2'000, 1, kLastDay};
        for (std::int64_t number = 0; number < 2'000; ++number) {
            const DemoAccount other = portfolio.account(number);
            if (other.story != DemoStory::kQuietGiant) REQUIRE(other.attributes.arr < account.attributes.arr);
        }
    });
}

TEST_CASE("A portfolio of impossible size is refused with every mistake", "[demo]") {
    try {
        const DemoPortfolio portfolio{1, 0, 99'999, kLastDay};
        FAIL("was accepted");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::kInvalid);
        REQUIRE(error.fields().size() == 2);
        CHECK(error.fields()[0].pointer == "customers");
        CHECK(error.fields()[1].pointer == "days");
    }
    CHECK_NOTHROW(DemoPortfolio{1, company_name_count(), 1, kLastDay});
    CHECK_THROWS_AS((DemoPortfolio{1, company_name_count() + 1, 1, kLastDay}), Error);
}

}  // namespace
}  // namespace keepwell
