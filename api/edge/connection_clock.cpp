#include <sys/ioctl.h>

#include "api/edge/connection.hpp"

// What a connection has time for.

namespace keepwell::api {
namespace {

using namespace std::chrono_literals;

// After the last answer: until the client has all of it and has sent nothing more for a while.
constexpr auto kLongestLinger = 5s;
constexpr auto kQuiet = 500ms;

/// Whether the client's machine has acknowledged all that was sent.
bool has_arrived(int socket) {
    int in_flight = 0;
    return ::ioctl(socket, TIOCOUTQ, &in_flight) == 0 && in_flight == 0;
}

}  // namespace

Connection::Next Connection::tick(std::span<char> scratch) {
    if (overdue(std::chrono::steady_clock::now()) == Overdue::kNot) {
        return Next::kWait;
    }
    // Something may have arrived that this thread had no time for yet; a client is not blamed for that.
    if (const Next next = run(scratch); next == Next::kClose) {
        return next;
    }
    switch (overdue(std::chrono::steady_clock::now())) {
        case Overdue::kNot:
            return Next::kAgain;
        case Overdue::kConnection:
            return Next::kClose;
        case Overdue::kRequest:
            break;
    }
    AnswerTraits traits = reader_.traits();
    traits.close = true;
    refuse(408, "The request took too long to arrive.", traits);
    return run(scratch);
}

Connection::Overdue Connection::overdue(Time now) {
    const auto& limits = context_->options.limits;
    const auto ended_if = [](bool over) { return over ? Overdue::kConnection : Overdue::kNot; };
    if (!output_.empty()) {
        return ended_if(now - output_progress_ > limits.stall_timeout);
    }
    switch (phase_) {
        case Phase::kRunning:
        case Phase::kLast:
            return Overdue::kNot;
        case Phase::kLingering:
            return ended_if(
                now - since_ > kLongestLinger ||
                ((context_->is_draining || now - last_received_ > kQuiet) && has_arrived(socket_)));
        case Phase::kReading:
            break;
    }
    switch (reader_.state()) {
        case RequestReader::State::kHead:
            return now - since_ > limits.head_timeout ? Overdue::kRequest : Overdue::kNot;
        case RequestReader::State::kBody:
            return is_body_too_slow(now) ? Overdue::kRequest : Overdue::kNot;
        case RequestReader::State::kIdle:
            return ended_if(unread_.empty() &&
                            (context_->is_draining || now - since_ > limits.keep_alive_timeout));
        case RequestReader::State::kComplete:
            break;
    }
    return Overdue::kNot;
}

bool Connection::is_body_too_slow(Time now) {
    const auto& limits = context_->options.limits;
    const auto elapsed = now - window_start_;
    if (elapsed < limits.body_grace) {
        return false;
    }
    const double seconds = std::chrono::duration<double>(elapsed).count();
    if (static_cast<double>(window_bytes_) <
        seconds * static_cast<double>(limits.minimum_body_bytes_per_second)) {
        return true;
    }
    window_start_ = now;
    window_bytes_ = 0;
    return false;
}

}  // namespace keepwell::api
