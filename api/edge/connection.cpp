#include "api/edge/connection.hpp"

#include <sys/socket.h>

#include <cerrno>
#include <utility>

#include "api/edge/answering.hpp"
#include "api/edge/refused.hpp"

namespace keepwell::api {
namespace {

using Clock = std::chrono::steady_clock;

// A turn of a connection: so much, and then the others of its thread.
constexpr std::size_t kReceivedPerTurn = 256 * 1024;
constexpr std::size_t kSentPerTurn = 1024 * 1024;
constexpr int kRequestsPerTurn = 32;

constexpr std::uint64_t kReadWhileBehind =
    64 * 1024;  // With more output than this, no further request is read.
constexpr std::uint64_t kLingerBytes = 256ULL << 20;

}  // namespace

Connection::Connection(int socket, const std::string& remote_address, std::shared_ptr<EdgeContext> context,
                       std::shared_ptr<Inbox> inbox)
    : socket_(socket),
      context_(std::move(context)),
      inbox_(std::move(inbox)),
      reader_(context_->options, context_->hooks, remote_address),
      since_(Clock::now()),
      window_start_(since_),
      output_progress_(since_) {}

Connection::Next Connection::run(std::span<char> scratch) {
    requests_left_ = kRequestsPerTurn;
    received_ = 0;
    for (;;) {
        if (const auto next = flush()) {
            return *next;
        }
        if (phase_ == Phase::kLingering) {
            return linger(scratch);
        }
        if (phase_ != Phase::kReading || is_behind()) {
            return Next::kWait;
        }
        if (requests_left_ == 0 || received_ >= kReceivedPerTurn) {
            return Next::kAgain;
        }
        if (!unread_.empty()) {
            const std::string bytes = std::exchange(unread_, {});
            consume(bytes);
        } else if (has_ended_) {
            return output_.empty() ? Next::kClose : Next::kWait;
        } else if (const Next next = receive(scratch); next != Next::kAgain) {
            return next;
        }
    }
}

Connection::Next Connection::answer(WireResponse response, std::span<char> scratch) {
    if (response.head.empty()) {
        return Next::kClose;
    }
    push(std::move(response));
    return run(scratch);
}

Connection::Next Connection::turn_away(std::span<char> scratch) {
    refuse(503, "The server has as many connections as it can take. Try again in a moment.", {.close = true});
    return run(scratch);
}

/// Sends what there is; empty when that leaves the connection free to go on.
std::optional<Connection::Next> Connection::flush() {
    if (!output_.empty()) {
        std::uint64_t sent = 0;
        const auto state = output_.send_to(socket_, kSentPerTurn, sent);
        if (sent > 0) {
            context_->bytes_out += sent;
            output_progress_ = Clock::now();
        }
        if (state == OutputQueue::State::kMore) {
            return Next::kAgain;
        }
        if (state == OutputQueue::State::kFailed ||
            output_.memory() > context_->options.limits.pending_output_bytes) {
            return Next::kClose;
        }
    }
    if (phase_ == Phase::kLast && output_.empty()) {
        if (has_ended_) {
            return Next::kClose;
        }
        ::shutdown(socket_, SHUT_WR);
        phase_ = Phase::kLingering;
        since_ = last_received_ = Clock::now();
    }
    return std::nullopt;
}

/// kAgain: there may be more to receive.
Connection::Next Connection::receive(std::span<char> scratch) {
    const ssize_t length = ::recv(socket_, scratch.data(), scratch.size(), MSG_DONTWAIT);
    if (length < 0) {
        const bool is_empty = errno == EAGAIN || errno == EWOULDBLOCK;
        return is_empty ? Next::kWait : (errno == EINTR ? Next::kAgain : Next::kClose);
    }
    if (length == 0) {
        has_ended_ = true;  // What it has sent is answered all the same.
        return Next::kAgain;
    }
    received_ += static_cast<std::size_t>(length);
    context_->bytes_in += static_cast<std::uint64_t>(length);
    consume({scratch.data(), static_cast<std::size_t>(length)});
    return Next::kAgain;
}

Connection::Next Connection::linger(std::span<char> scratch) {
    for (std::size_t turn = 0; turn < kReceivedPerTurn;) {
        const ssize_t length = ::recv(socket_, scratch.data(), scratch.size(), MSG_DONTWAIT);
        if (length < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            return Next::kWait;
        }
        if (length <= 0 || lingered_ > kLingerBytes) {
            return Next::kClose;
        }
        last_received_ = Clock::now();
        turn += static_cast<std::size_t>(length);
        lingered_ += static_cast<std::uint64_t>(length);
    }
    return Next::kAgain;
}

bool Connection::is_behind() const {
    return output_.size() > kReadWhileBehind;
}

void Connection::consume(std::string_view bytes) {
    while (!bytes.empty() && phase_ == Phase::kReading && !is_behind() && requests_left_ > 0) {
        feed(bytes);
    }
    if (phase_ != Phase::kLast) {
        unread_ = bytes;
    }
}

void Connection::feed(std::string_view& bytes) {
    const auto before = reader_.state();
    const auto length = bytes.size();
    try {
        const auto state = reader_.feed(bytes);
        if (state != before) {
            since_ = window_start_ = Clock::now();
            window_bytes_ = 0;
        }
        window_bytes_ += length - bytes.size();
        if (state == RequestReader::State::kComplete) {
            dispatch();
        } else if (reader_.wants_continue()) {
            output_.push("HTTP/1.1 100 Continue\r\n\r\n");
        }
    } catch (const Refused& refused) {
        auto traits = reader_.traits();
        traits.close = true;  // Where the next request would begin is no longer known.
        refuse(refused.status(), refused.what(), traits);
    }
}

void Connection::dispatch() {
    --requests_left_;
    ++context_->requests_total;
    IncomingRequest incoming = reader_.take();
    const Route* const route = incoming.match.route;
    if (route != nullptr && route->runs == Runs::kWaits) {
        hand_over(std::move(incoming));
        return;
    }
    ++context_->requests_in_flight;
    push(answer_request(*context_, incoming));
    --context_->requests_in_flight;
}

void Connection::hand_over(IncomingRequest incoming) {
    const AnswerTraits traits = incoming.traits;
    const auto shared = std::make_shared<IncomingRequest>(std::move(incoming));
    phase_ = Phase::kRunning;
    ++context_->requests_in_flight;
    const bool taken = context_->pool.submit([self = shared_from_this(), shared] {
        Answer answer{self, {}};
        try {
            answer.response = answer_request(*self->context_, *shared);
        } catch (const std::exception&) {
            answer.response = {};  // No memory even for a refusal: the connection ends.
        }
        --self->context_->requests_in_flight;
        self->inbox_->post(std::move(answer));
    });
    if (!taken) {
        --context_->requests_in_flight;
        refuse(503, "Too many requests are waiting. Try again in a moment.", traits);
    }
}

void Connection::push(WireResponse response) {
    since_ = Clock::now();
    if (output_.empty()) {
        output_progress_ = since_;
    }
    phase_ = Phase::kReading;
    if (response.close) {
        phase_ = Phase::kLast;
        reader_.abandon();
    }
    output_.push(std::move(response));
}

void Connection::refuse(int status, std::string_view detail, AnswerTraits traits) {
    ++context_->refused_total;
    push(answer_refusal(*context_, status, detail, traits));
}

}  // namespace keepwell::api
