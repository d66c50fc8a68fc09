#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "api/edge/edge_context.hpp"
#include "api/edge/inbox.hpp"
#include "api/edge/output_queue.hpp"
#include "api/edge/request_reader.hpp"

namespace keepwell::api {

/// One client: reads its requests in order, has them answered and sends the answers. Lives on one I/O thread
/// and is touched by no other. Does not own its socket.
///
/// Back-pressure is not reading: while a request runs, or the client is behind with taking answers, what it
/// sends stays in the kernel.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    using Time = std::chrono::steady_clock::time_point;

    /// What the I/O thread is to do next.
    enum class Next {
        kWait,   ///< Run it again when its socket is readable or writable.
        kAgain,  ///< Run it again, after the others had their turn.
        kClose,  ///< It has ended.
    };

    Connection(int socket, const std::string& remote_address, std::shared_ptr<EdgeContext> context,
               std::shared_ptr<Inbox> inbox);

    /// Reads, answers and sends as far as that goes without waiting, for one turn. `scratch` is where bytes
    /// are received to.
    Next run(std::span<char> scratch);
    /// The answer to the request that runs on the waiting pool.
    Next answer(WireResponse response, std::span<char> scratch);
    /// Ends with 503: the server has too many connections.
    Next turn_away(std::span<char> scratch);
    /// Looks at the clock: what is too slow ends. Call every now and then.
    Next tick(std::span<char> scratch);

    /// Whether run() is to be called when the socket becomes writable.
    bool has_output() const { return !output_.empty(); }
    int socket() const { return socket_; }

private:
    enum class Phase {
        kReading,
        kRunning,    ///< A request is with the waiting pool.
        kLast,       ///< The last answer is in the output.
        kLingering,  ///< All is sent and said to be; the client's rest is read away, lest a reset destroys
                     ///< the answer.
    };

    /// Why a connection has had its time.
    enum class Overdue { kNot, kRequest, kConnection };

    std::optional<Next> flush();
    Next receive(std::span<char> scratch);
    Next linger(std::span<char> scratch);
    void consume(std::string_view bytes);
    void feed(std::string_view& bytes);
    void dispatch();
    void hand_over(IncomingRequest incoming);
    void push(WireResponse response);
    void refuse(int status, std::string_view detail, AnswerTraits traits);
    bool is_behind() const;
    Overdue overdue(Time now);
    bool is_body_too_slow(Time now);

    const int socket_;
    const std::shared_ptr<EdgeContext> context_;
    const std::shared_ptr<Inbox> inbox_;
    RequestReader reader_;
    OutputQueue output_;
    std::string unread_;  ///< Received, but behind a request that is not answered yet.
    Phase phase_ = Phase::kReading;
    bool has_ended_ = false;  ///< The client sends no more.

    int requests_left_ = 0;     ///< Of this turn.
    std::size_t received_ = 0;  ///< In this turn.
    Time since_;         ///< When the present wait began: for a request, a whole head, the client's end.
    Time window_start_;  ///< Of the stretch over which a body's rate is judged.
    std::uint64_t window_bytes_ = 0;  ///< In it.
    Time output_progress_;            ///< When the client last took something.
    Time last_received_;              ///< While lingering.
    std::uint64_t lingered_ = 0;
};

}  // namespace keepwell::api
