#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keepwell {

/// How segments are compared: lower case, letters only. "Mid-Market" → "midmarket".
std::string folded_segment(std::string_view name);

/// What is expected of customers of a size. A customer's segment is stored as given.
struct Segment {
    std::string name;
    std::int64_t expected_api_calls = 300;  ///< Per 30 days.
    bool operator==(const Segment&) const = default;
};

/// Of the segments that are not in the table.
inline constexpr std::string_view kOtherSegment = "other";

/// Port. Table segments.
class SegmentRepository {
public:
    virtual ~SegmentRepository() = default;

    /// By name.
    virtual std::vector<Segment> list() = 0;
    /// By the folded name.
    virtual std::optional<Segment> find(std::string_view name) = 0;
    /// Adds it or replaces the one with the same folded name.
    virtual void save(const Segment& segment) = 0;
    /// False when there is none.
    virtual bool remove(std::string_view name) = 0;
};

}  // namespace keepwell
