#pragma once

#include <sys/socket.h>

#include <memory>
#include <mutex>
#include <variant>
#include <vector>

#include "api/edge/response_wire.hpp"
#include "api/edge/unique_fd.hpp"

namespace keepwell::api {

class Connection;

/// A client that has just connected.
struct NewClient {
    UniqueFd socket;
    sockaddr_storage address{};
    bool is_one_too_many = false;  ///< Answer 503 and close.
};

/// The answer to the request that `connection` is running. When the connection has gone, so does the answer.
struct Answer {
    std::shared_ptr<Connection> connection;
    WireResponse response;
};

/// The server drains: end what is idle.
struct DrainOrder {};

using Message = std::variant<NewClient, Answer, DrainOrder>;

/// What other threads leave for an I/O thread; its descriptor becomes readable when there is something.
class Inbox {
public:
    Inbox();

    void post(Message message);
    /// Makes the descriptor readable without a message.
    void wake() const;
    std::vector<Message> take();
    int fd() const { return event_.get(); }

private:
    UniqueFd event_;
    std::mutex mutex_;
    std::vector<Message> messages_;
};

}  // namespace keepwell::api
