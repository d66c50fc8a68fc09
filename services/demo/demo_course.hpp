#pragma once

#include <cstdint>
#include <string_view>

#include "services/demo/demo_random.hpp"
#include "services/demo/demo_story.hpp"
#include "services/demo/demo_track.hpp"

namespace keepwell {

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
