#pragma once

#include <string>
#include <vector>

#include "domain/unit_of_work.hpp"

namespace keepwell {

/// What is expected of customers of which size. Thread-safe.
class SegmentService {
public:
    explicit SegmentService(UnitOfWork& unit_of_work) : unit_of_work_(unit_of_work) {}

    /// By name.
    std::vector<Segment> list();
    /// Adds it or replaces the one with the same folded name. Throws Error{kInvalid} for a name without a
    /// letter.
    Segment save(const Segment& segment);
    /// Throws Error{kNotFound}, or Error{kConflict} for the one that all others are measured by.
    void remove(const std::string& name);

private:
    UnitOfWork& unit_of_work_;
};

}  // namespace keepwell
