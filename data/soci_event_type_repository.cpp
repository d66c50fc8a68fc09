#include "data/soci_event_type_repository.hpp"

#include <stdexcept>

namespace keepwell::data {

std::vector<EventType> SociEventTypeRepository::list() {
    throw std::logic_error("not built yet");
}

std::optional<EventType> SociEventTypeRepository::find(std::string_view) {
    throw std::logic_error("not built yet");
}

void SociEventTypeRepository::save(const EventType&) {
    throw std::logic_error("not built yet");
}

bool SociEventTypeRepository::remove(std::string_view) {
    throw std::logic_error("not built yet");
}

}  // namespace keepwell::data
