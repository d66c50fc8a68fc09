#include "data/soci_recalculation_repository.hpp"

#include <stdexcept>

namespace keepwell::data {

void SociRecalculationRepository::request(std::span<const CustomerId>, Timestamp, Timestamp) {
    throw std::logic_error("not built yet");
}

std::optional<CustomerId> SociRecalculationRepository::request_next(CustomerId, Timestamp, Timestamp,
                                                                    std::int64_t) {
    throw std::logic_error("not built yet");
}

std::vector<Recalculation> SociRecalculationRepository::claim(std::string_view, Timestamp,
                                                              std::chrono::milliseconds, std::int64_t) {
    throw std::logic_error("not built yet");
}

std::vector<CustomerId> SociRecalculationRepository::hold(std::span<const Recalculation>, std::string_view) {
    throw std::logic_error("not built yet");
}

void SociRecalculationRepository::finish(std::span<const Recalculation>, std::string_view, Timestamp,
                                         Timestamp) {
    throw std::logic_error("not built yet");
}

void SociRecalculationRepository::retry(std::span<const Recalculation>, std::string_view, std::string_view,
                                        Timestamp) {
    throw std::logic_error("not built yet");
}

RecalculationRepository::Backlog SociRecalculationRepository::backlog(Timestamp) {
    throw std::logic_error("not built yet");
}

}  // namespace keepwell::data
