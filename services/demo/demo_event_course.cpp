#include "services/demo/demo_event_course.hpp"

#include <array>
#include <cmath>

namespace keepwell {
namespace {

struct SegmentProfile {
    std::string_view name;
    std::string_view plan;
    double share;           ///< Of all ordinary customers.
    double expected_calls;  ///< As the segment comes with the program.
    double least_mrr;
    double most_mrr;
    int people;
};

constexpr std::array<SegmentProfile, 4> kSegments{{
    {"Enterprise", "enterprise", 0.15, 1'000, 9'000, 60'000, 12},
    {"Mid-Market", "professional", 0.25, 500, 2'500, 9'000, 8},
    {"SMB", "professional", 0.35, 500, 400, 2'500, 5},
    {"Startup", "starter", 0.25, 200, 80, 900, 3},
}};

const SegmentProfile& draw_segment(DemoRandom& random) {
    double place = random.unit();
    for (const SegmentProfile& segment : kSegments) {
        if (place < segment.share) return segment;
        place -= segment.share;
    }
    return kSegments.back();
}

DemoEventCourse course_in(const SegmentProfile& segment, DemoRandom& random) {
    return {.segment = segment.name,
            .plan = segment.plan,
            .expected_calls = segment.expected_calls,
            .mrr = static_cast<std::int64_t>(random.between(segment.least_mrr, segment.most_mrr) / 10) * 10,
            .people = segment.people,
            .calls = DemoTrack{1.15},
            .failures = DemoTrack{0.01},
            .logins = DemoTrack{34},
            .features = DemoTrack{8},
            .tickets = DemoTrack{0.7},
            .nps = DemoTrack{9}};
}

struct Range {
    double low;
    double high;
};

/// A drift over the whole time: the end, and what the start was compared with it.
DemoTrack drift(Range ends, Range starts, DemoRandom& random) {
    const double end = random.between(ends.low, ends.high);
    const double start = random.between(starts.low, starts.high);
    return {{90, end * start}, {0, end}};
}

DemoEventCourse ordinary(std::int64_t number, DemoRandom& random) {
    // The golden section spreads the outcomes evenly over any run of numbers.
    const double place = std::fmod(static_cast<double>(number) * 0.6180339887498949, 1.0);
    DemoEventCourse course = course_in(draw_segment(random), random);
    if (place < 0.66) {
        course.calls = drift({0.9, 1.4}, {0.8, 1.05}, random);
        course.logins = drift({24, 60}, {0.7, 1.1}, random);
        course.features = DemoTrack{random.between(6, 10)};
        course.tickets = DemoTrack{random.between(0, 1.5)};
        course.nps = DemoTrack{random.between(7.5, 10)};
    } else if (place < 0.86) {
        course.calls = drift({0.45, 0.65}, {1, 1.6}, random);
        course.failures = DemoTrack{random.between(0.02, 0.05)};
        course.logins = drift({9, 14}, {1, 1.8}, random);
        course.features = DemoTrack{random.between(4, 5.4)};
        course.tickets = DemoTrack{random.between(1.5, 3)};
        course.nps = DemoTrack{random.between(5.5, 8)};
        course.payments = random.chance(0.6) ? DemoPaymentHabit::kLate : DemoPaymentHabit::kPunctual;
    } else {
        course.calls = drift({0.1, 0.25}, {1.5, 3}, random);
        course.failures = DemoTrack{random.between(0.05, 0.1)};
        course.logins = drift({2, 6}, {1.5, 3}, random);
        course.features = DemoTrack{random.between(1.2, 2.8)};
        course.tickets = DemoTrack{random.between(4, 6)};
        course.nps = DemoTrack{random.between(1, 5)};
        course.payments = DemoPaymentHabit::kVeryLate;
    }
    return course;
}

DemoEventCourse silent_churner(DemoRandom& random) {
    DemoEventCourse course = course_in(kSegments[1], random);
    course.calls = {{65, 1.2}, {34, 0}};
    course.logins = {{65, 36}, {32, 0}};
    course.features = {{65, 8}, {32, 0}};
    course.tickets = DemoTrack{0};
    course.nps = {{65, 8}, {40, 4}};
    return course;
}

DemoEventCourse payment_trouble(DemoRandom& random) {
    DemoEventCourse course = course_in(kSegments[2], random);
    course.payments = DemoPaymentHabit::kDeteriorates;
    return course;
}

DemoEventCourse ticket_storm(DemoRandom& random) {
    DemoEventCourse course = course_in(kSegments[0], random);
    course.failures = {{15, 0.01}, {13, 0.45}, {0, 0.5}};
    course.logins = {{15, 40}, {5, 22}};
    course.tickets = {{15, 0.7}, {13, 26}};
    course.nps = {{15, 9}, {10, 3}};
    course.leaves_tickets_open = true;
    return course;
}

DemoEventCourse champion_left(DemoRandom& random) {
    DemoEventCourse course = course_in(kSegments[1], random);
    course.calls = {{42, 1.1}, {30, 0.6}};
    course.logins = {{41, 40}, {39, 6}};
    course.features = {{41, 9}, {36, 3}};
    course.champion_share = 0.8;
    course.champion_left = 40;
    return course;
}

DemoEventCourse seasonal(DemoRandom& random) {
    DemoEventCourse course = course_in(kSegments[2], random);
    course.calls = DemoTrack{0.85};
    course.logins = DemoTrack{19};
    course.features = {{60, 8}, {25, 4.6}};
    course.swing = 0.7;
    return course;
}

DemoEventCourse new_customer(DemoRandom& random) {
    DemoEventCourse course = course_in(kSegments[3], random);
    course.calls = {{20, 0.1}, {0, 1.1}};
    course.logins = {{20, 8}, {0, 30}};
    course.features = {{20, 1}, {0, 4.5}};
    course.tickets = DemoTrack{5};
    course.days_old = 20;
    return course;
}

DemoEventCourse expanding(DemoRandom& random) {
    DemoEventCourse course = course_in(kSegments[0], random);
    course.calls = {{90, 0.9}, {0, 2}};
    course.logins = {{90, 30}, {0, 80}};
    course.features = {{90, 6}, {20, 10}};
    course.tickets = DemoTrack{0.5};
    course.nps = {{90, 8}, {20, 10}};
    course.people = 18;
    course.mrr_before = course.mrr;
    course.mrr = course.mrr * 13 / 100 * 10;
    course.mrr_changed = 20;
    return course;
}

}  // namespace

DemoEventCourse demo_event_course(DemoEventStory story, std::int64_t number, DemoRandom& random) {
    switch (story) {
        case DemoEventStory::kOrdinary:
            return ordinary(number, random);
        case DemoEventStory::kSilentChurner:
            return silent_churner(random);
        case DemoEventStory::kPaymentTrouble:
            return payment_trouble(random);
        case DemoEventStory::kTicketStorm:
            return ticket_storm(random);
        case DemoEventStory::kChampionLeft:
            return champion_left(random);
        case DemoEventStory::kSeasonal:
            return seasonal(random);
        case DemoEventStory::kNewCustomer:
            return new_customer(random);
        case DemoEventStory::kExpanding:
            return expanding(random);
    }
    return {};
}

}  // namespace keepwell
