#include "data/soci_segment_repository.hpp"

#include <stdexcept>

namespace keepwell::data {

std::vector<Segment> SociSegmentRepository::list() {
    throw std::logic_error("not built yet");
}

std::optional<Segment> SociSegmentRepository::find(std::string_view) {
    throw std::logic_error("not built yet");
}

void SociSegmentRepository::save(const Segment&) {
    throw std::logic_error("not built yet");
}

bool SociSegmentRepository::remove(std::string_view) {
    throw std::logic_error("not built yet");
}

}  // namespace keepwell::data
