#pragma once

#include "data/session.hpp"
#include "domain/health_score.hpp"

namespace keepwell::data {

/// Tables health_scores and factor_scores.
class SociHealthScoreRepository final : public HealthScoreRepository {
public:
    explicit SociHealthScoreRepository(Session& session) : session_(session) {}

    void add(std::span<const HealthScore> scores) override;
    std::optional<HealthScore> find_latest(CustomerId id) override;
    std::vector<HealthScore> latest(std::span<const CustomerId> ids) override;
    std::vector<LastFactor> last_factors(std::span<const CustomerId> ids,
                                         std::span<const std::string> factors, Date before) override;
    std::optional<HealthScore> find_at(CustomerId id, Date day) override;
    std::vector<HealthScore> history(CustomerId id, Date from, Date until, std::int64_t limit) override;

private:
    Session& session_;
};

}  // namespace keepwell::data
