#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>

#include "api/edge/inbox.hpp"
#include "api/edge/unique_fd.hpp"

namespace keepwell::api {

/// Listens and accepts on a thread of its own.
class Acceptor {
public:
    /// Binds and listens; clients wait in the kernel until start(). Throws std::system_error naming host and
    /// port.
    Acceptor(const std::string& host, std::uint16_t port);
    /// As stop().
    ~Acceptor();

    std::uint16_t port() const { return port_; }
    /// Hands every client to `take`, on the accepting thread.
    void start(std::function<void(NewClient)> take);
    /// Closes the port: from now on clients are refused by the kernel. Idempotent.
    void stop();

private:
    void run();
    bool accept_waiting();

    UniqueFd socket_;
    UniqueFd stop_event_;
    std::uint16_t port_ = 0;
    std::function<void(NewClient)> take_;
    std::thread thread_;
};

}  // namespace keepwell::api
