#include "services/demo/demo_event_story.hpp"

namespace keepwell {
namespace {

constexpr std::int64_t kBlock = 40;
/// Between two planted customers, so that a page of a list shows several.
constexpr std::int64_t kDistance = 5;

}  // namespace

std::string_view to_string(DemoEventStory story) {
    switch (story) {
        case DemoEventStory::kOrdinary:
            return "ordinary";
        case DemoEventStory::kSilentChurner:
            return "silent_churner";
        case DemoEventStory::kPaymentTrouble:
            return "payment_trouble";
        case DemoEventStory::kTicketStorm:
            return "ticket_storm";
        case DemoEventStory::kChampionLeft:
            return "champion_left";
        case DemoEventStory::kSeasonal:
            return "seasonal";
        case DemoEventStory::kNewCustomer:
            return "new_customer";
        case DemoEventStory::kExpanding:
            return "expanding";
    }
    return {};
}

std::string_view description(DemoEventStory story) {
    switch (story) {
        case DemoEventStory::kOrdinary:
            return "Nothing out of the ordinary";
        case DemoEventStory::kSilentChurner:
            return "Nobody has signed in for a month, while the invoices are still paid";
        case DemoEventStory::kPaymentTrouble:
            return "Uses everything, but pays late, then fails to pay";
        case DemoEventStory::kTicketStorm:
            return "For two weeks calls fail and urgent tickets stay open";
        case DemoEventStory::kChampionLeft:
            return "The person who did most of the work is gone since 40 days";
        case DemoEventStory::kSeasonal:
            return "At the low of a season that has always come back";
        case DemoEventStory::kNewCustomer:
            return "Signed up 20 days ago and is getting started";
        case DemoEventStory::kExpanding:
            return "More people and more calls every week; moved to a larger plan 20 days ago";
    }
    return {};
}

DemoEventStory demo_event_story(std::int64_t number) {
    const std::int64_t here = number % kBlock;
    const auto index = static_cast<std::size_t>(here / kDistance);
    if (here % kDistance != 0 || index >= kPlantedEventStories.size()) return DemoEventStory::kOrdinary;
    return kPlantedEventStories[index];
}

}  // namespace keepwell
