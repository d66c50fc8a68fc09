#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "data/session.hpp"
#include "domain/unit_of_work.hpp"

namespace soci {
class connection_pool;
class session;
}  // namespace soci

namespace keepwell::data {

class SociRepositories;

/// A fixed number of sessions, each opened when it is first leased. Thread-safe.
class SessionPool {
public:
    using MakeSession = std::function<std::unique_ptr<Session>(soci::session&)>;

    SessionPool(std::size_t size, std::chrono::milliseconds lease_timeout, const MakeSession& make);
    ~SessionPool();

    /// A session for one thread, until the end of the scope. An open transaction is rolled back then.
    class Lease {
    public:
        Lease(SessionPool& pool, std::size_t position) : pool_(pool), position_(position) {}
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        ~Lease();

        Session& session() const;
        /// All repositories, bound to this session.
        Repositories& repositories() const;

    private:
        SessionPool& pool_;
        std::size_t position_;
    };

    /// Throws Error{kUnavailable} when none is free in time, SqlError{kCannotOpen} when it can't connect.
    Lease lease();

private:
    struct Slot;

    std::chrono::milliseconds lease_timeout_;
    std::unique_ptr<soci::connection_pool> connections_;
    std::vector<std::unique_ptr<Slot>> slots_;
};

}  // namespace keepwell::data
