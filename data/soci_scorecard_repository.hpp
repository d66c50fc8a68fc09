#pragma once

#include "data/session.hpp"
#include "domain/scorecard.hpp"

namespace keepwell::data {

/// Tables scorecards and scorecard_factors.
class SociScorecardRepository final : public ScorecardRepository {
public:
    explicit SociScorecardRepository(Session& session) : session_(session) {}

    std::optional<Scorecard> find(const std::string& name) override;
    void add(const Scorecard& scorecard, Timestamp now) override;

private:
    Session& session_;
};

}  // namespace keepwell::data
