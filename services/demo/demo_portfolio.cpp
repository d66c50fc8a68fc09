#include "services/demo/demo_portfolio.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "domain/error.hpp"
#include "services/demo/company_names.hpp"

namespace keepwell {
namespace {

constexpr std::int64_t kMaximumDays = 3'650;
constexpr double kSeasonDays = 56;

/// Few people work at the weekend. Monday is 0.
constexpr std::array<double, 7> kUsersByWeekday{1.0, 1.04, 1.05, 1.03, 0.94, 0.72, 0.7};
constexpr std::array<double, 7> kLoginsByWeekday{1.0, 1.01, 1.02, 1.01, 0.98, 0.93, 0.92};

std::size_t weekday_of(Date day) {
    return std::chrono::weekday{day}.iso_encoding() - 1;
}

/// −1 to 1 in straight lines; at its lowest on the portfolio's last day.
double season(double days_ago) {
    const double phase = std::fmod(days_ago, kSeasonDays) / kSeasonDays;
    return 1 - 4 * std::abs(phase - 0.5);
}

/// What today's noise keeps of yesterday's.
double follow(double yesterday, double amplitude, DemoRandom& random) {
    return 0.7 * yesterday + 0.3 * random.between(-amplitude, amplitude);
}

double rate_of(double value) {
    return std::floor(std::clamp(value, 0.0, 1.0) * 1'000 + 0.5) / 1'000;
}

std::int64_t count_of(double value) {
    return static_cast<std::int64_t>(std::floor(std::max(0.0, value) + 0.5));
}

}  // namespace

DemoTimeline::DemoTimeline(DemoCourse course, DemoRandom random, Date first_day, Date last_day)
    : course_(course), random_(random), day_(first_day), last_day_(last_day) {
    if (course.days_old >= 0) day_ = std::max(day_, last_day - std::chrono::days{course.days_old - 1});
}

bool DemoTimeline::next(DailyMetrics& row) {
    if (day_ > last_day_) return false;
    const auto days_ago = static_cast<double>((last_day_ - day_).count());
    const std::size_t weekday = weekday_of(day_);
    const double tickets = course_.tickets.at(days_ago);
    noise_.users = follow(noise_.users, 0.12, random_);
    noise_.adoption = follow(noise_.adoption, 0.03, random_);
    noise_.logins = follow(noise_.logins, 0.05, random_);
    noise_.tickets = follow(noise_.tickets, tickets < 3 ? 0.49 : 2, random_);

    double users = course_.users.at(days_ago) * kUsersByWeekday[weekday] * (1 + noise_.users);
    if (course_.swing > 0) users *= 1 + course_.swing * season(days_ago);
    row.date = day_;
    row.daily_active_users = count_of(users);
    row.feature_adoption_rate = rate_of(course_.adoption.at(days_ago) * (1 + noise_.adoption));
    row.support_tickets_open = count_of(tickets + noise_.tickets);
    row.nps_score.reset();
    if (course_.is_surveyed)
        row.nps_score = std::clamp(std::floor(course_.nps.at(days_ago) + 0.5), -100.0, 100.0);
    row.login_frequency =
        rate_of(course_.logins.at(days_ago) * kLoginsByWeekday[weekday] * (1 + noise_.logins));
    row.arr = {count_of(course_.arr.at(days_ago)) * 100};
    day_ += std::chrono::days{1};
    return true;
}

DemoPortfolio::DemoPortfolio(std::uint64_t seed, std::int64_t customers, std::int64_t days, Date last_day)
    : seed_(seed), customers_(customers), days_(days), last_day_(last_day) {
    std::vector<FieldError> mistakes;
    const auto check = [&](std::string_view name, std::int64_t value, std::int64_t most) {
        if (value < 1 || value > most)
            mistakes.push_back({std::string{name}, "must be from 1 to " + std::to_string(most)});
    };
    check("customers", customers, company_name_count());
    check("days", days, kMaximumDays);
    if (!mistakes.empty()) {
        std::string message = "no demo portfolio can be made";
        for (const FieldError& each : mistakes) message += "; " + each.pointer + " " + each.message;
        throw Error{ErrorCode::kInvalid, message, std::move(mistakes)};
    }
}

DemoRandom DemoPortfolio::random_of(std::int64_t number) const {
    return DemoRandom{seed_, static_cast<std::uint64_t>(number)};
}

DemoAccount DemoPortfolio::account(std::int64_t number) const {
    const DemoPlace place = demo_place(number, customers_);
    DemoRandom random = random_of(number);
    const DemoCourse course = demo_course(place, random);
    const CompanyName company = company_name(seed_, number);
    return {.attributes = {.name = company.name,
                           .segment = std::string{course.segment},
                           .region = std::string{company.region},
                           .arr = {count_of(course.arr.at(0)) * 100},
                           .custom = {},
                           .as_of = last_day_},
            .story = place.story};
}

DemoTimeline DemoPortfolio::timeline(std::int64_t number) const {
    DemoRandom random = random_of(number);
    const DemoCourse course = demo_course(demo_place(number, customers_), random);
    return {course, random, first_day(), last_day_};
}

std::vector<DemoPortfolio::Planted> DemoPortfolio::planted() const {
    std::vector<Planted> found;
    for (std::int64_t number = 0; number < customers_; ++number) {
        const DemoStory story = demo_place(number, customers_).story;
        if (story != DemoStory::kOrdinary) found.push_back({number, story});
    }
    return found;
}

}  // namespace keepwell
