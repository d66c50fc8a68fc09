#pragma once

#include "data/session.hpp"
#include "domain/lease.hpp"

namespace keepwell::data {

/// Table leases.
class SociLeaseRepository final : public LeaseRepository {
public:
    explicit SociLeaseRepository(Session& session) : session_(session) {}

    std::optional<std::int64_t> acquire(std::string_view name, std::string_view owner, Timestamp now,
                                        std::chrono::milliseconds duration) override;
    void release(std::string_view name, std::string_view owner) override;

private:
    Session& session_;
};

}  // namespace keepwell::data
