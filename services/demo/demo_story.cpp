#include "services/demo/demo_story.hpp"

#include <algorithm>

namespace keepwell {
namespace {

constexpr std::int64_t kBlock = 100;
constexpr auto kStories = static_cast<std::int64_t>(kPlantedStories.size());

/// Where in its block a story is told.
std::int64_t position(std::int64_t story, std::int64_t block) {
    return block < kStories ? story : (2 * story + 1) * block / (2 * kStories);
}

}  // namespace

std::string_view to_string(DemoStory story) {
    switch (story) {
        case DemoStory::kOrdinary:
            return "ordinary";
        case DemoStory::kSilentChurner:
            return "silent_churner";
        case DemoStory::kDowngrade:
            return "downgrade";
        case DemoStory::kTicketStorm:
            return "ticket_storm";
        case DemoStory::kChampion:
            return "champion";
        case DemoStory::kSeasonal:
            return "seasonal";
        case DemoStory::kNewCustomer:
            return "new_customer";
        case DemoStory::kNpsCollapse:
            return "nps_collapse";
        case DemoStory::kRecovering:
            return "recovering";
        case DemoStory::kQuietGiant:
            return "quiet_giant";
    }
    return {};
}

std::optional<DemoStory> parse_demo_story(std::string_view text) {
    if (text == to_string(DemoStory::kOrdinary)) return DemoStory::kOrdinary;
    const auto found = std::find_if(kPlantedStories.begin(), kPlantedStories.end(),
                                    [&](DemoStory story) { return to_string(story) == text; });
    return found == kPlantedStories.end() ? std::nullopt : std::optional{*found};
}

std::string_view description(DemoStory story) {
    switch (story) {
        case DemoStory::kOrdinary:
            return "Nothing out of the ordinary";
        case DemoStory::kSilentChurner:
            return "Usage fades to nothing within 30 days, without a single ticket";
        case DemoStory::kDowngrade:
            return "Pays 40% less since 25 days, and fewer people sign in every week";
        case DemoStory::kTicketStorm:
            return "Open tickets jump from 1 to two dozen within 10 days";
        case DemoStory::kChampion:
            return "Best in everything, bought 30% more 20 days ago";
        case DemoStory::kSeasonal:
            return "Usage swings by half every 8 weeks and always comes back";
        case DemoStory::kNewCustomer:
            return "Started 20 days ago, usage grows from nothing";
        case DemoStory::kNpsCollapse:
            return "Recommended us, warns of us since 15 days; usage unchanged";
        case DemoStory::kRecovering:
            return "Was critical two months ago, is healthy again";
        case DemoStory::kQuietGiant:
            return "Pays the most of all, uses little, never complains";
    }
    return {};
}

DemoPlace demo_place(std::int64_t number, std::int64_t customers) {
    const std::int64_t block = std::min(customers, kBlock);
    const bool first_block = number < block;
    // Later blocks have one more ordinary account, where the first has the giant.
    const std::int64_t stories = std::min(block, first_block ? kStories : kStories - 1);
    const std::int64_t here = number % block;
    DemoPlace place{.block = number / block, .ranks = std::max<std::int64_t>(1, block - stories)};
    for (std::int64_t story = 0; story < stories; ++story) {
        const std::int64_t planted = position(story, block);
        if (planted == here) return {.story = kPlantedStories[static_cast<std::size_t>(story)]};
        if (planted < here) ++place.rank;
    }
    place.rank = here - place.rank;
    return place;
}

}  // namespace keepwell
