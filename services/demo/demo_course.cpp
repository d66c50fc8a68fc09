#include "services/demo/demo_course.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace keepwell {
namespace {

enum class Outcome : std::size_t { kHealthy, kAtRisk, kCritical };

struct Range {
    double low;
    double high;
};

double within(Range range, DemoRandom& random) {
    return random.between(range.low, range.high);
}

struct SegmentProfile {
    std::string_view name;
    double share;                ///< Of all ordinary accounts.
    std::array<double, 5> arr;   ///< Its quartiles: many small ones, a long tail.
    std::array<Range, 3> users;  ///< By outcome.
};

constexpr std::array<SegmentProfile, 4> kSegments{{
    {"Enterprise", 0.12, {120'000, 260'000, 410'000, 650'000, 1'600'000}, {{{110, 900}, {40, 160}, {8, 60}}}},
    {"Mid-Market", 0.28, {40'000, 80'000, 115'000, 165'000, 320'000}, {{{55, 300}, {18, 110}, {4, 30}}}},
    {"SMB", 0.40, {6'000, 15'000, 24'000, 36'000, 80'000}, {{{15, 90}, {6, 45}, {1, 9}}}},
    {"Startup", 0.20, {2'000, 5'000, 9'000, 14'000, 30'000}, {{{12, 60}, {4, 30}, {0, 8}}}},
}};
constexpr const SegmentProfile& kEnterprise = kSegments[0];
constexpr const SegmentProfile& kMidMarket = kSegments[1];
constexpr const SegmentProfile& kSmb = kSegments[2];
constexpr const SegmentProfile& kStartup = kSegments[3];

/// Above all that the quartiles yield, upsells included.
constexpr double kGiantArr = 2'400'000;
/// Ordinary accounts drift for this long.
constexpr double kDriftDays = 120;

/// The points that the scorecard `metrics` gives, to aim an ordinary account at a score.
double points_for_users(double users) {
    if (users > 100) return 25;
    if (users > 50) return 20;
    return users > 10 ? 15 : users * 1.5;
}

double points_for_tickets(double tickets) {
    if (tickets < 0.5) return 20;
    return tickets < 2.5 ? 15 : std::clamp(20 - tickets, 0.0, 10.0);
}

double draw_arr(const SegmentProfile& segment, DemoRandom& random) {
    const double place = random.unit() * 4;
    const auto quartile = static_cast<std::size_t>(place);
    const double low = segment.arr[quartile];
    const double arr = low + (segment.arr[quartile + 1] - low) * (place - std::floor(place));
    return std::floor(arr / 100) * 100;
}

/// `part` of the ARR from one day on.
DemoTrack arr_with_step(double arr, double days_ago, double part) {
    const double after = std::floor(arr * part / 100) * 100;
    return {{days_ago + 1, arr}, {days_ago, after}};
}

/// How many tickets are usual where everything else gets this share of its points.
double draw_tickets(double share, DemoRandom& random) {
    if (share > 0.9) return 0;
    if (share > 0.55) return random.chance(0.35) ? 0 : 1.5;
    if (share > 0.35) return random.between(4.5, 8);
    return share > 0.2 ? random.between(11, 16) : random.between(17, 26);
}

const SegmentProfile& draw_segment(DemoRandom& random) {
    double place = random.unit();
    for (const SegmentProfile& segment : kSegments) {
        if (place < segment.share) return segment;
        place -= segment.share;
    }
    return kSegments.back();
}

/// Shares that make a portfolio of 60 / 27 / 13 % together with the planted stories.
Outcome outcome_of(DemoPlace place) {
    // Multiples of a step without a common divisor visit each rank once; near the golden section, neighbours
    // get different outcomes.
    std::int64_t step = std::max<std::int64_t>(1, place.ranks * 618 / 1'000);
    while (std::gcd(step, place.ranks) != 1) ++step;
    const std::int64_t rank = (place.rank * step + place.block * 29) % place.ranks;
    const double share = (static_cast<double>(rank) + 0.5) / static_cast<double>(place.ranks);
    if (share < 0.615) return Outcome::kHealthy;
    return share < 0.87 ? Outcome::kAtRisk : Outcome::kCritical;
}

DemoCourse ordinary(Outcome outcome, DemoRandom& random) {
    constexpr std::array<Range, 3> kScores{{{74, 97}, {43, 66}, {10, 36}}};
    // What the start was compared with the end: healthy accounts grew, critical ones shrank.
    constexpr std::array<Range, 3> kStarts{{{0.8, 1.03}, {0.95, 1.3}, {1.15, 1.8}}};
    const auto index = static_cast<std::size_t>(outcome);
    const SegmentProfile& segment = draw_segment(random);

    DemoCourse course;
    course.segment = segment.name;
    const double users = within(segment.users[index], random);
    const double score = within(kScores[index], random);
    const double rest = std::clamp(score - points_for_users(users), 0.0, 75.0);
    const double tickets = draw_tickets(rest / 75, random);
    course.is_surveyed = random.chance(0.85);
    const double nps_weight = course.is_surveyed ? 15 : 0;
    const double unsurveyed = course.is_surveyed ? 0 : 7.5;
    const double level =
        std::clamp((rest - points_for_tickets(tickets) - unsurveyed) / (40 + nps_weight), 0.04, 0.97);
    const double adoption_shift = random.between(-0.05, 0.05);
    const double login_shift = course.is_surveyed ? random.between(-0.08, 0.08) : -adoption_shift * 25 / 15;
    const double nps_shift = -(25 * adoption_shift + 15 * login_shift) / 15;

    const double start = within(kStarts[index], random);
    const auto drift = [&](double value, double most) {
        return DemoTrack{{kDriftDays, std::min(most, value * start)}, {0, value}};
    };
    course.users = drift(users, 5'000);
    course.adoption = drift(std::clamp(level + adoption_shift, 0.02, 0.98), 0.98);
    course.logins = drift(std::clamp(level + login_shift, 0.02, 0.98), 0.98);
    course.nps = drift(std::clamp(200 * (level + nps_shift) - 100, -100.0, 100.0), 100);
    course.tickets = DemoTrack{tickets};
    const double arr = draw_arr(segment, random);
    course.arr =
        random.chance(0.15) ? arr_with_step(arr, std::floor(random.between(2, 100)), 1.06) : DemoTrack{arr};
    return course;
}

DemoCourse silent_churner(DemoRandom& random) {
    return {.segment = kMidMarket.name,
            .users = {{30, 120}, {2, 0}},
            .adoption = {{30, 0.72}, {2, 0.02}},
            .tickets = DemoTrack{0},
            .nps = {},
            .logins = {{30, 0.8}, {2, 0.01}},
            .arr = DemoTrack{draw_arr(kMidMarket, random)},
            .is_surveyed = false};
}

DemoCourse downgrade(DemoRandom& random) {
    return {.segment = kSmb.name,
            .users = {{45, 75}, {0, 28}},
            .adoption = {{45, 0.62}, {0, 0.5}},
            .tickets = DemoTrack{1.5},
            .nps = {{60, 25}, {0, 10}},
            .logins = {{45, 0.75}, {0, 0.14}},
            .arr = arr_with_step(draw_arr(kSmb, random), 25, 0.6)};
}

DemoCourse ticket_storm(DemoRandom& random) {
    return {.segment = kEnterprise.name,
            .users = DemoTrack{420},
            .adoption = DemoTrack{0.78},
            .tickets = {{10, 1}, {0, 24}},
            .nps = {{10, 45}, {0, 15}},
            .logins = DemoTrack{0.76},
            .arr = DemoTrack{draw_arr(kEnterprise, random)}};
}

DemoCourse champion(DemoRandom& random) {
    return {.segment = kEnterprise.name,
            .users = {{90, 380}, {0, 640}},
            .adoption = {{90, 0.86}, {0, 0.95}},
            .tickets = DemoTrack{0},
            .nps = {{90, 75}, {0, 90}},
            .logins = {{90, 0.9}, {0, 0.96}},
            .arr = arr_with_step(draw_arr(kEnterprise, random), 20, 1.3)};
}

DemoCourse seasonal(DemoRandom& random) {
    return {.segment = kMidMarket.name,
            .users = DemoTrack{360},
            .adoption = DemoTrack{0.74},
            .tickets = DemoTrack{1.5},
            .nps = DemoTrack{40},
            .logins = DemoTrack{0.78},
            .arr = DemoTrack{draw_arr(kMidMarket, random)},
            .swing = 0.5};
}

DemoCourse new_customer(DemoRandom& random) {
    return {.segment = kStartup.name,
            .users = {{20, 1}, {0, 34}},
            .adoption = {{20, 0.04}, {0, 0.46}},
            .tickets = {{20, 1}, {8, 5.5}, {0, 5.5}},
            .nps = {},
            .logins = {{20, 0.25}, {0, 0.7}},
            .arr = DemoTrack{draw_arr(kStartup, random)},
            .is_surveyed = false,
            .days_old = 20};
}

DemoCourse nps_collapse(DemoRandom& random) {
    return {.segment = kMidMarket.name,
            .users = DemoTrack{82},
            .adoption = DemoTrack{0.68},
            .tickets = DemoTrack{1.5},
            .nps = {{15, 60}, {4, -72}},
            .logins = DemoTrack{0.68},
            .arr = DemoTrack{draw_arr(kMidMarket, random)}};
}

DemoCourse recovering(DemoRandom& random) {
    return {.segment = kSmb.name,
            .users = {{75, 30}, {62, 4}, {50, 4}, {6, 64}},
            .adoption = {{75, 0.5}, {62, 0.18}, {50, 0.18}, {6, 0.8}},
            .tickets = {{75, 4}, {62, 17}, {50, 17}, {20, 0}},
            .nps = {{75, 10}, {62, -55}, {50, -55}, {6, 48}},
            .logins = {{75, 0.5}, {62, 0.15}, {50, 0.15}, {6, 0.8}},
            .arr = DemoTrack{draw_arr(kSmb, random)}};
}

DemoCourse quiet_giant() {
    return {.segment = kEnterprise.name,
            .users = {{120, 70}, {0, 38}},
            .adoption = {{120, 0.45}, {0, 0.34}},
            .tickets = DemoTrack{0},
            .nps = {},
            .logins = {{120, 0.42}, {0, 0.28}},
            .arr = DemoTrack{kGiantArr},
            .is_surveyed = false};
}

}  // namespace

DemoCourse demo_course(DemoPlace place, DemoRandom& random) {
    switch (place.story) {
        case DemoStory::kOrdinary:
            return ordinary(outcome_of(place), random);
        case DemoStory::kSilentChurner:
            return silent_churner(random);
        case DemoStory::kDowngrade:
            return downgrade(random);
        case DemoStory::kTicketStorm:
            return ticket_storm(random);
        case DemoStory::kChampion:
            return champion(random);
        case DemoStory::kSeasonal:
            return seasonal(random);
        case DemoStory::kNewCustomer:
            return new_customer(random);
        case DemoStory::kNpsCollapse:
            return nps_collapse(random);
        case DemoStory::kRecovering:
            return recovering(random);
        case DemoStory::kQuietGiant:
            return quiet_giant();
    }
    return {};
}

}  // namespace keepwell
