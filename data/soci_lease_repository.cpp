#include "data/soci_lease_repository.hpp"

#include <stdexcept>

namespace keepwell::data {

std::optional<std::int64_t> SociLeaseRepository::acquire(std::string_view, std::string_view, Timestamp,
                                                         std::chrono::milliseconds) {
    throw std::logic_error("not built yet");
}

void SociLeaseRepository::release(std::string_view, std::string_view) {
    throw std::logic_error("not built yet");
}

}  // namespace keepwell::data
