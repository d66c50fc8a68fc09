#pragma once

#include <cstdint>
#include <vector>

#include "domain/customer.hpp"
#include "domain/daily_metrics.hpp"
#include "services/demo/demo_course.hpp"
#include "services/demo/demo_story.hpp"

namespace keepwell {

/// Walks through the days of one account. A value: independent of the portfolio that made it.
class DemoTimeline {
public:
    DemoTimeline(DemoCourse course, DemoRandom random, Date first_day, Date last_day);

    /// Fills everything but customer_id and health_score. False, leaving `row` alone, after the last day.
    bool next(DailyMetrics& row);

private:
    struct Noise {
        double users = 0;
        double adoption = 0;
        double tickets = 0;
        double logins = 0;
    };

    DemoCourse course_;
    DemoRandom random_;
    Date day_;
    Date last_day_;
    Noise noise_;
};

struct DemoAccount {
    AccountAttributes attributes;  ///< As on the last day.
    DemoStory story = DemoStory::kOrdinary;
};

/// A believable portfolio out of nothing but a seed: same arguments, same bytes, on every machine. Accounts
/// and days are made when they are asked for, so that millions cost no memory. Thread-safe: never changes.
class DemoPortfolio {
public:
    /// Throws Error{kInvalid} naming each argument that is out of range: 1 to company_name_count()
    /// customers, 1 to 3,650 days.
    DemoPortfolio(std::uint64_t seed, std::int64_t customers, std::int64_t days, Date last_day);

    std::int64_t customers() const { return customers_; }
    Date first_day() const { return last_day_ - std::chrono::days{days_ - 1}; }
    Date last_day() const { return last_day_; }

    /// `number` from 0 to customers() − 1. Names are distinct.
    DemoAccount account(std::int64_t number) const;
    /// Its rows in date order, none before first_day().
    DemoTimeline timeline(std::int64_t number) const;

    struct Planted {
        std::int64_t number = 0;
        DemoStory story = DemoStory::kOrdinary;
    };
    /// The planted accounts, by number; each story at least once in a portfolio of nine or more.
    std::vector<Planted> planted() const;

private:
    DemoRandom random_of(std::int64_t number) const;

    std::uint64_t seed_;
    std::int64_t customers_;
    std::int64_t days_;
    Date last_day_;
};

}  // namespace keepwell
