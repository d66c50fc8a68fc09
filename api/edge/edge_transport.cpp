#include "api/edge/edge_transport.hpp"

#include <pistache/peer.h>
#include <sys/timerfd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace keepwell::api {
namespace {

using Pistache::Flags;
using Pistache::Polling::Mode;
using Pistache::Polling::NotifyOn;
using Pistache::Polling::Tag;

constexpr std::size_t kScratch = 64 * 1024;

/// Pistache wants a handler for what its own transport would read; this transport reads by itself.
class NoHandler final : public Pistache::Tcp::Handler {
public:
    void onInput(const char* /*bytes*/, std::size_t /*length*/,
                 const std::shared_ptr<Pistache::Tcp::Peer>& /*peer*/) override {}
    std::shared_ptr<Pistache::Tcp::Handler> clone() const override { return std::make_shared<NoHandler>(); }
};

/// Often enough for the shortest of the limits, and no more.
std::chrono::milliseconds tick_length(const Limits& limits) {
    const auto shortest =
        std::min({limits.head_timeout, limits.keep_alive_timeout, limits.stall_timeout, limits.body_grace});
    return std::clamp(shortest / 4, std::chrono::milliseconds(10), std::chrono::milliseconds(250));
}

UniqueFd make_timer(std::chrono::milliseconds every) {
    UniqueFd timer(::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC));
    itimerspec spec{};
    spec.it_interval.tv_nsec = std::chrono::nanoseconds(every).count();
    spec.it_value = spec.it_interval;
    if (!timer || ::timerfd_settime(timer.get(), 0, &spec, nullptr) != 0) {
        throw std::system_error(errno, std::generic_category(), "cannot create a timer");
    }
    return timer;
}

Tag tag_of(int fd) {
    return Tag(static_cast<std::uint64_t>(fd));
}

}  // namespace

EdgeTransport::EdgeTransport(std::shared_ptr<EdgeContext> context)
    : Transport(std::make_shared<NoHandler>()),
      context_(std::move(context)),
      inbox_(std::make_shared<Inbox>()),
      timer_(make_timer(tick_length(context_->options.limits))),
      scratch_(kScratch) {}

EdgeTransport::~EdgeTransport() {
    // Pistache leaves the sockets of a transport that goes open.
    for (const auto& [socket, client] : clients_) {
        ::close(socket);
        context_->connection_closed();
    }
    for (const auto& message : inbox_->take()) {
        if (std::holds_alternative<NewClient>(message)) {
            context_->connection_closed();
        }
    }
}

std::shared_ptr<Pistache::Aio::Handler> EdgeTransport::clone() const {
    return std::make_shared<EdgeTransport>(context_);
}

void EdgeTransport::registerPoller(Pistache::Polling::Epoll& poller) {
    // Not the base's: its queues (writes, timers, peers of other threads) are not used, and it never closes
    // them all.
    poller.addFd(inbox_->fd(), Flags<NotifyOn>(NotifyOn::Read), tag_of(inbox_->fd()));
    poller.addFd(timer_.get(), Flags<NotifyOn>(NotifyOn::Read), tag_of(timer_.get()));
}

void EdgeTransport::onReady(const Pistache::Aio::FdSet& ready) {
    for (const auto& entry : ready) {
        const auto fd = static_cast<int>(entry.getTag().value());
        if (fd == inbox_->fd()) {
            take_messages();
        } else if (fd == timer_.get()) {
            tick_all();
        } else if (const auto client = clients_.find(fd); client != clients_.end()) {
            // Whatever the event says: reading and writing find out. An event that was meant for an earlier
            // socket of the same number does no harm either.
            act(client->second.connection, [&](Connection& connection) { return connection.run(scratch_); });
        }
    }
    run_turns();
}

void EdgeTransport::take_messages() {
    for (auto& message : inbox_->take()) {
        std::visit([this](auto&& content) { take(std::move(content)); }, std::move(message));
    }
}

void EdgeTransport::take(NewClient message) {
    const int socket = message.socket.get();
    std::shared_ptr<Connection> connection;
    try {
        const auto address = Pistache::Address::fromUnix(reinterpret_cast<sockaddr*>(&message.address));
        connection = std::make_shared<Connection>(socket, address.host(), context_, inbox_);
        clients_[socket].connection = connection;
        handleNewPeer(Pistache::Tcp::Peer::Create(socket, address));
    } catch (...) {
        clients_.erase(socket);
        peers.erase(socket);
        --load_;
        context_->connection_closed();
        return;
    }
    message.socket.release();  // From here on it is Pistache's, which closes it in removePeer().
    act(connection, [&](Connection& self) {
        return message.is_one_too_many ? self.turn_away(scratch_) : self.run(scratch_);
    });
}

void EdgeTransport::take(Answer message) {
    const auto client = clients_.find(message.connection->socket());
    if (client == clients_.end() || client->second.connection != message.connection) {
        return;  // It has gone, and whoever has its number now is somebody else.
    }
    act(message.connection,
        [&](Connection& connection) { return connection.answer(std::move(message.response), scratch_); });
}

void EdgeTransport::take(DrainOrder /*message*/) {
    tick_all();
}

void EdgeTransport::tick_all() {
    std::uint64_t ignored = 0;
    [[maybe_unused]] const ssize_t expired =
        ::read(timer_.get(), &ignored, sizeof ignored);  // None for a drain.
    for (auto client = clients_.begin(); client != clients_.end();) {
        const auto& connection =
            (client++)->second.connection;  // It may go: the iterator is past it by then.
        act(connection, [&](Connection& self) { return self.tick(scratch_); });
    }
}

void EdgeTransport::run_turns() {
    for (const auto& connection : std::exchange(turns_, {})) {
        const auto client = clients_.find(connection->socket());
        if (client != clients_.end() && client->second.connection == connection) {
            client->second.waits_for_turn = false;
            act(connection, [&](Connection& self) { return self.run(scratch_); });
        }
    }
    if (!turns_.empty()) {
        inbox_->wake();  // Polls first, so that the others' events get their turn as well.
    }
}

/// Nothing may escape into Pistache: what goes wrong ends this connection only. By value: the client may be
/// removed from `clients_` meanwhile.
template <typename Action>
void EdgeTransport::act(std::shared_ptr<Connection> connection, Action action) {
    try {
        settle(connection, action(*connection));
    } catch (...) {
        remove(connection->socket());
    }
}

void EdgeTransport::settle(const std::shared_ptr<Connection>& connection, Connection::Next next) {
    const int socket = connection->socket();
    if (next == Connection::Next::kClose) {
        remove(socket);
        return;
    }
    auto& client = clients_.at(socket);
    if (next == Connection::Next::kAgain && !client.waits_for_turn) {
        client.waits_for_turn = true;
        turns_.push_back(connection);
    }
    if (connection->has_output() && !client.reports_writable) {
        client.reports_writable = true;
        reactor()->modifyFd(key(), socket, NotifyOn::Read | NotifyOn::Write | NotifyOn::Shutdown, Mode::Edge);
    }
}

void EdgeTransport::remove(int socket) {
    clients_.erase(socket);
    const auto peer = peers.find(socket);
    if (peer == peers.end()) {
        return;
    }
    try {
        removePeer(std::shared_ptr(peer->second));
    } catch (...) {
        ::close(socket);  // epoll did not know it; removePeer() stops before it closes then.
    }
    --load_;
    context_->connection_closed();
}

}  // namespace keepwell::api
