#pragma once

#include "data/session.hpp"
#include "domain/daily_activity.hpp"

namespace keepwell::data {

/// Tables daily_activity and seen_event_types.
class SociDailyActivityRepository final : public DailyActivityRepository {
public:
    explicit SociDailyActivityRepository(Session& session) : session_(session) {}

    void merge(std::span<const DailyActivity> activity) override;
    Loaded load(std::span<const CustomerId> ids, Date from, Date until) override;
    std::vector<SeenType> seen_types() override;
    std::int64_t remove_before(Date before, std::int64_t limit) override;

private:
    Session& session_;
};

}  // namespace keepwell::data
