#include "services/segment_service.hpp"

#include "domain/error.hpp"

namespace keepwell {

std::vector<Segment> SegmentService::list() {
    return query(unit_of_work_, [](Repositories& in) { return in.segments.list(); });
}

Segment SegmentService::save(const Segment& segment) {
    if (folded_segment(segment.name).empty())
        throw Error{ErrorCode::kInvalid, "name: must have a letter", {{"name", "must have a letter"}}};
    unit_of_work_.run([&](Repositories& in) {
        in.segments.save(segment);
        in.scorecards.bump_revision();
    });
    return segment;
}

void SegmentService::remove(const std::string& name) {
    if (folded_segment(name) == kOtherSegment) {
        throw Error{ErrorCode::kConflict,
                    "Customers of all other segments are measured by other: it can't be removed"};
    }
    unit_of_work_.run([&](Repositories& in) {
        if (!in.segments.remove(name)) throw Error{ErrorCode::kNotFound, "Segment not found"};
        in.scorecards.bump_revision();
    });
}

}  // namespace keepwell
