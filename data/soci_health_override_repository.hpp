#pragma once

#include "data/session.hpp"
#include "domain/health_override.hpp"

namespace keepwell::data {

/// Table health_overrides.
class SociHealthOverrideRepository final : public HealthOverrideRepository {
public:
    explicit SociHealthOverrideRepository(Session& session) : session_(session) {}

    OverrideId add(const HealthOverride& override) override;
    std::vector<HealthOverride> valid(std::span<const CustomerId> ids, Timestamp time) override;
    std::vector<HealthOverride> list(CustomerId id, std::int64_t limit) override;
    std::int64_t remove(CustomerId id, Timestamp now) override;

private:
    Session& session_;
};

}  // namespace keepwell::data
