#pragma once

#include "data/session.hpp"
#include "domain/segment.hpp"

namespace keepwell::data {

/// Table segments.
class SociSegmentRepository final : public SegmentRepository {
public:
    explicit SociSegmentRepository(Session& session) : session_(session) {}

    std::vector<Segment> list() override;
    std::optional<Segment> find(std::string_view name) override;
    void save(const Segment& segment) override;
    bool remove(std::string_view name) override;

private:
    Session& session_;
};

}  // namespace keepwell::data
