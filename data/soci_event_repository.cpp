#include "data/soci_event_repository.hpp"

#include <stdexcept>

namespace keepwell::data {

std::vector<RecordedEvent> SociEventRepository::add(std::span<const CustomerEvent>) {
    throw std::logic_error("not built yet");
}

std::vector<CustomerEvent> SociEventRepository::list(CustomerId, const Page&) {
    throw std::logic_error("not built yet");
}

std::vector<CustomerEvent> SociEventRepository::scan(std::span<const CustomerId>, Timestamp, Timestamp,
                                                     std::int64_t) {
    throw std::logic_error("not built yet");
}

std::int64_t SociEventRepository::count(CustomerId) {
    throw std::logic_error("not built yet");
}

std::int64_t SociEventRepository::remove_before(Timestamp, std::int64_t) {
    throw std::logic_error("not built yet");
}

void SociEventRepository::prepare_months(Date, Date) {
    throw std::logic_error("not built yet");
}

}  // namespace keepwell::data
