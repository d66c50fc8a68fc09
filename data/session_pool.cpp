#include "data/session_pool.hpp"

#include <soci/connection-pool.h>

#include <utility>

#include "data/soci_repositories.hpp"
#include "domain/error.hpp"

namespace keepwell::data {

struct SessionPool::Slot {
    explicit Slot(std::unique_ptr<Session> opened) : session(std::move(opened)), repositories(*session) {}

    std::unique_ptr<Session> session;
    SociRepositories repositories;
};

SessionPool::SessionPool(std::size_t size, std::chrono::milliseconds lease_timeout, const MakeSession& make)
    : lease_timeout_(lease_timeout), connections_(std::make_unique<soci::connection_pool>(size)) {
    for (std::size_t i = 0; i < size; ++i) {
        slots_.push_back(std::make_unique<Slot>(make(connections_->at(i))));
    }
}

SessionPool::~SessionPool() = default;

SessionPool::Lease SessionPool::lease() {
    std::size_t position = 0;
    if (!connections_->try_lease(position, static_cast<int>(lease_timeout_.count()))) {
        throw Error(ErrorCode::kUnavailable,
                    "All " + std::to_string(slots_.size()) + " database sessions are busy; try again.");
    }
    try {
        Session& session = *slots_[position]->session;
        if (!session.is_open()) session.open();
    } catch (...) {
        connections_->give_back(position);
        throw;
    }
    return {*this, position};
}

SessionPool::Lease::~Lease() {
    pool_.slots_[position_]->session->rollback();
    pool_.connections_->give_back(position_);
}

Session& SessionPool::Lease::session() const {
    return *pool_.slots_[position_]->session;
}

Repositories& SessionPool::Lease::repositories() const {
    return pool_.slots_[position_]->repositories.all();
}

}  // namespace keepwell::data
