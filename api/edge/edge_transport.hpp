#pragma once

#include <pistache/tcp.h>
#include <pistache/transport.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "api/edge/connection.hpp"
#include "api/edge/edge_context.hpp"
#include "api/edge/inbox.hpp"
#include "api/edge/unique_fd.hpp"

namespace keepwell::api {

/// One I/O thread's connections, on Pistache's reactor. Pistache registers, polls and removes the sockets;
/// reading, framing and writing are the connections' own (docs/adr/0002-own-the-framing.md).
class EdgeTransport final : public Pistache::Tcp::Transport {
public:
    explicit EdgeTransport(std::shared_ptr<EdgeContext> context);
    /// Cuts off what is still connected.
    ~EdgeTransport() override;

    void registerPoller(Pistache::Polling::Epoll& poller) override;
    void onReady(const Pistache::Aio::FdSet& ready) override;
    /// A transport of its own for another thread: shares the context, nothing else.
    std::shared_ptr<Pistache::Aio::Handler> clone() const override;

    Inbox& inbox() { return *inbox_; }
    /// How many clients this thread has or is about to get. Any thread.
    std::atomic<std::int64_t>& load() { return load_; }

private:
    struct Client {
        std::shared_ptr<Connection> connection;
        bool waits_for_turn = false;
        bool reports_writable = false;
    };

    void take_messages();
    void take(NewClient message);
    void take(Answer message);
    void take(DrainOrder message);
    void tick_all();
    void run_turns();
    template <typename Action>
    void act(std::shared_ptr<Connection> connection, Action action);
    void settle(const std::shared_ptr<Connection>& connection, Connection::Next next);
    void remove(int socket);

    const std::shared_ptr<EdgeContext> context_;
    const std::shared_ptr<Inbox> inbox_;
    UniqueFd timer_;
    std::unordered_map<int, Client> clients_;
    std::vector<std::shared_ptr<Connection>> turns_;  ///< Who asked for another turn.
    std::vector<char> scratch_;
    std::atomic<std::int64_t> load_{0};
};

}  // namespace keepwell::api
