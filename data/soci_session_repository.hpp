#pragma once

#include "data/session.hpp"
#include "domain/session.hpp"

namespace keepwell::data {

/// Table sessions.
class SociSessionRepository final : public SessionRepository {
public:
    explicit SociSessionRepository(Session& session) : session_(session) {}

    std::vector<CustomerSession> list_open(std::span<const CustomerId> ids) override;
    void save(std::span<const CustomerSession> sessions) override;
    std::vector<CustomerSession> list(CustomerId id, std::optional<SessionId> before,
                                      std::int64_t limit) override;
    std::int64_t close_silent(Timestamp before, std::int64_t limit) override;

private:
    Session& session_;
};

}  // namespace keepwell::data
