#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "domain/money.hpp"
#include "services/demo/demo_random.hpp"
#include "services/demo/demo_story.hpp"

namespace keepwell {

/// A value over time: straight lines between the points where it is known, level outside of them.
class DemoTrack {
public:
    struct Point {
        double days_ago;  ///< Before the portfolio's last day.
        double value;
    };

    DemoTrack() = default;
    explicit DemoTrack(double level) : DemoTrack({{0, level}}) {}
    /// From the oldest to the newest, at most four.
    DemoTrack(std::initializer_list<Point> points);

    double at(double days_ago) const;

private:
    std::array<Point, 4> points_{};
    std::size_t count_ = 0;
};

/// How an account goes, without the noise of single days.
struct DemoCourse {
    std::string_view segment;
    DemoTrack users;  ///< On a working day.
    DemoTrack adoption;
    DemoTrack tickets;
    DemoTrack nps;
    DemoTrack logins;
    DemoTrack arr;               ///< In units of the currency.
    bool is_surveyed = true;     ///< Else nobody was ever asked for an NPS.
    double swing = 0;            ///< Share of the users that the season takes and gives.
    std::int64_t days_old = -1;  ///< Rows exist for this many days only; -1: for all.
};

/// The course that a story takes, or an ordinary one such that about 60 % of a portfolio end healthy, 27 % at
/// risk and 13 % critical by the scorecard `metrics`.
DemoCourse demo_course(DemoPlace place, DemoRandom& random);

}  // namespace keepwell
