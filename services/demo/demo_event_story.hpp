#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace keepwell {

/// What was planted in a demo customer that is scored by its events.
enum class DemoEventStory {
    kOrdinary,
    kSilentChurner,
    kPaymentTrouble,
    kTicketStorm,
    kChampionLeft,
    kSeasonal,
    kNewCustomer,
    kExpanding,
};

/// All but kOrdinary.
inline constexpr std::array kPlantedEventStories{
    DemoEventStory::kSilentChurner, DemoEventStory::kPaymentTrouble, DemoEventStory::kTicketStorm,
    DemoEventStory::kChampionLeft,  DemoEventStory::kSeasonal,       DemoEventStory::kNewCustomer,
    DemoEventStory::kExpanding,
};

/// `silent_churner`, …
std::string_view to_string(DemoEventStory story);
/// One sentence: what there is to see.
std::string_view description(DemoEventStory story);
/// Every 40 customers tell each story once, from the first on.
DemoEventStory demo_event_story(std::int64_t number);

}  // namespace keepwell
