#include "data/soci_health_override_repository.hpp"

#include <stdexcept>

namespace keepwell::data {

OverrideId SociHealthOverrideRepository::add(const HealthOverride&) {
    throw std::logic_error("not built yet");
}

std::vector<HealthOverride> SociHealthOverrideRepository::valid(std::span<const CustomerId>, Timestamp) {
    throw std::logic_error("not built yet");
}

std::vector<HealthOverride> SociHealthOverrideRepository::list(CustomerId, std::int64_t) {
    throw std::logic_error("not built yet");
}

std::int64_t SociHealthOverrideRepository::remove(CustomerId, Timestamp) {
    throw std::logic_error("not built yet");
}

}  // namespace keepwell::data
