#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "api/edge/response_wire.hpp"
#include "api/edge/unique_fd.hpp"

namespace keepwell::api {

/// What a connection has yet to send. Belongs to the connection and not to a descriptor number, so that
/// nothing in it can ever reach another client.
class OutputQueue {
public:
    enum class State {
        kEmpty,
        kBlocked,  ///< The socket takes no more now.
        kMore,     ///< It would; the turn is over.
        kFailed,   ///< The client is gone.
    };

    void push(std::string bytes);
    void push(WireResponse response);
    /// Sends up to about `budget` bytes without blocking; adds what went to `sent`.
    State send_to(int socket, std::size_t budget, std::uint64_t& sent);

    bool empty() const { return pieces_.empty(); }
    /// Bytes still to go.
    std::uint64_t size() const { return size_; }
    /// Of them, those held in memory.
    std::uint64_t memory() const { return memory_; }

private:
    struct Piece {
        std::string owned;
        std::string_view fixed;  ///< Used when `owned` is empty.
        UniqueFd file;
        std::uint64_t size = 0;
        std::uint64_t done = 0;

        std::string_view rest() const;
    };

    void push(Piece piece);
    long send_memory(int socket);
    long send_file(int socket, std::size_t budget);
    void advance(std::uint64_t bytes);

    std::deque<Piece> pieces_;
    std::uint64_t size_ = 0;
    std::uint64_t memory_ = 0;
};

}  // namespace keepwell::api
