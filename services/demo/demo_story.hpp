#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace keepwell {

/// What was planted in an account of the demo portfolio, to be found again by whoever looks.
enum class DemoStory {
    kOrdinary,
    kSilentChurner,
    kDowngrade,
    kTicketStorm,
    kChampion,
    kSeasonal,
    kNewCustomer,
    kNpsCollapse,
    kRecovering,
    kQuietGiant,
};

/// All but kOrdinary.
inline constexpr std::array kPlantedStories{
    DemoStory::kSilentChurner, DemoStory::kDowngrade,  DemoStory::kTicketStorm,
    DemoStory::kChampion,      DemoStory::kSeasonal,   DemoStory::kNewCustomer,
    DemoStory::kNpsCollapse,   DemoStory::kRecovering, DemoStory::kQuietGiant,
};

/// `silent_churner`, …
std::string_view to_string(DemoStory story);
std::optional<DemoStory> parse_demo_story(std::string_view text);
/// One sentence: what there is to see.
std::string_view description(DemoStory story);

/// Where an account of a portfolio stands: its story, or its rank among the ordinary ones around it.
struct DemoPlace {
    DemoStory story = DemoStory::kOrdinary;
    std::int64_t block = 0;
    std::int64_t rank = 0;   ///< Among the ordinary accounts of its block, from 0; 0 for planted ones.
    std::int64_t ranks = 1;  ///< How many ordinary accounts a block has.
};
/// Accounts form blocks of a hundred (fewer in a smaller portfolio) with one of each story, spread over the
/// block; the quiet giant exists once. With fewer than nine customers the last stories are missing.
DemoPlace demo_place(std::int64_t number, std::int64_t customers);

}  // namespace keepwell
