#include "data/soci_segment_repository.hpp"

namespace keepwell::data {

std::vector<Segment> SociSegmentRepository::list() {
    std::vector<Segment> segments;
    Query row(session_, "SELECT name, expected_api_calls FROM segments ORDER BY name, folded_name");
    while (row.next()) segments.push_back({row.string(0), row.integer(1)});
    return segments;
}

std::optional<Segment> SociSegmentRepository::find(std::string_view name) {
    const std::string folded = folded_segment(name);
    Query row(session_, "SELECT name, expected_api_calls FROM segments WHERE folded_name = $1", folded);
    if (!row.next()) return std::nullopt;
    return Segment{row.string(0), row.integer(1)};
}

void SociSegmentRepository::save(const Segment& segment) {
    run(session_,
        "INSERT INTO segments (folded_name, name, expected_api_calls) VALUES ($1, $2, $3)"
        " ON CONFLICT (folded_name) DO UPDATE SET name = excluded.name,"
        " expected_api_calls = excluded.expected_api_calls",
        folded_segment(segment.name), segment.name, segment.expected_api_calls);
}

bool SociSegmentRepository::remove(std::string_view name) {
    return run(session_, "DELETE FROM segments WHERE folded_name = $1", folded_segment(name)) > 0;
}

}  // namespace keepwell::data
