#pragma once

#include <cstdint>
#include <string_view>

#include "services/demo/demo_event_story.hpp"
#include "services/demo/demo_random.hpp"
#include "services/demo/demo_track.hpp"

namespace keepwell {

/// How a customer's invoices are paid.
enum class DemoPaymentHabit {
    kPunctual,
    kLate,         ///< Now and then, by some days.
    kVeryLate,     ///< By weeks, or not at first.
    kDeteriorates  ///< Late at first, then failing, then overdue.
};

/// How a customer that sends events goes, without the noise of single days.
struct DemoEventCourse {
    std::string_view segment;
    std::string_view plan;
    double expected_calls = 0;     ///< Of the segment, in 30 days.
    std::int64_t mrr = 0;          ///< In units of the currency.
    std::int64_t mrr_before = 0;   ///< Until mrr_changed days ago; 0: as mrr.
    std::int64_t mrr_changed = 0;  ///< Days ago.
    int people = 5;                ///< Who sign in.
    DemoTrack calls;               ///< API calls as a share of what is expected.
    DemoTrack failures;            ///< Share of the calls that fail.
    DemoTrack logins;              ///< In 30 days.
    DemoTrack features;            ///< How many different ones are in use.
    DemoTrack tickets;             ///< Opened in 30 days.
    DemoTrack nps;                 ///< 0 to 10.
    DemoPaymentHabit payments = DemoPaymentHabit::kPunctual;
    bool leaves_tickets_open = false;  ///< Those of the last two weeks, urgent ones among them.
    double champion_share = 0.25;      ///< Of the logins that are the first person's,
    std::int64_t champion_left = -1;   ///< until so many days ago; -1: still there.
    double swing = 0;                  ///< Share of the usage that the season takes and gives.
    std::int64_t days_old = -1;        ///< Signed up so many days ago; -1: before the first day.
};

/// The course that a story takes, or an ordinary one such that of all customers some 60 % end healthy, 25 %
/// at risk and 15 % critical by the scorecard `activity`.
DemoEventCourse demo_event_course(DemoEventStory story, std::int64_t number, DemoRandom& random);

}  // namespace keepwell
