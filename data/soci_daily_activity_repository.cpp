#include "data/soci_daily_activity_repository.hpp"

#include <stdexcept>

namespace keepwell::data {

void SociDailyActivityRepository::merge(std::span<const DailyActivity>) {
    throw std::logic_error("not built yet");
}

DailyActivityRepository::Loaded SociDailyActivityRepository::load(std::span<const CustomerId>, Date, Date) {
    throw std::logic_error("not built yet");
}

std::vector<DailyActivityRepository::SeenType> SociDailyActivityRepository::seen_types() {
    throw std::logic_error("not built yet");
}

std::int64_t SociDailyActivityRepository::remove_before(Date, std::int64_t) {
    throw std::logic_error("not built yet");
}

}  // namespace keepwell::data
