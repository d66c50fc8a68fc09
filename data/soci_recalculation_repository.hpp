#pragma once

#include "data/session.hpp"
#include "domain/recalculation.hpp"

namespace keepwell::data {

/// Table recalculations.
class SociRecalculationRepository final : public RecalculationRepository {
public:
    explicit SociRecalculationRepository(Session& session) : session_(session) {}

    void request(std::span<const CustomerId> ids, Timestamp run_at, Timestamp now) override;
    std::optional<CustomerId> request_next(CustomerId after, Timestamp run_at, Timestamp now,
                                           std::int64_t limit) override;
    std::vector<Recalculation> claim(std::string_view owner, Timestamp now, std::chrono::milliseconds lease,
                                     std::int64_t limit) override;
    std::vector<CustomerId> hold(std::span<const Recalculation> claimed, std::string_view owner) override;
    void finish(std::span<const Recalculation> claimed, std::string_view owner, Timestamp next,
                Timestamp again) override;
    void retry(std::span<const Recalculation> claimed, std::string_view owner, std::string_view error,
               Timestamp run_at) override;
    Backlog backlog(Timestamp now) override;

private:
    Session& session_;
};

}  // namespace keepwell::data
