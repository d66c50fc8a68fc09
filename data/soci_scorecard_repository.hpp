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
    std::optional<Scorecard> find_version(const std::string& name, int version) override;
    std::vector<Scorecard> list() override;
    std::vector<Scorecard> versions(const std::string& name) override;
    std::vector<AssignmentRule> rules() override;
    void replace_rules(std::span<const AssignmentRule> rules) override;
    std::int64_t revision() override;
    void bump_revision() override;

private:
    Session& session_;
};

}  // namespace keepwell::data
