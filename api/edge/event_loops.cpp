#include "api/edge/event_loops.hpp"

#include <pthread.h>
#include <signal.h>

#include <algorithm>
#include <vector>

#include "api/edge/edge_transport.hpp"

namespace keepwell::api {
namespace {

/// Blocks SIGPIPE in the threads that are started in its scope. sendfile() has no flag against it.
class WithoutSigpipe {
public:
    WithoutSigpipe() {
        sigset_t pipe{};
        ::sigemptyset(&pipe);
        ::sigaddset(&pipe, SIGPIPE);
        ::pthread_sigmask(SIG_BLOCK, &pipe, &before_);
    }
    ~WithoutSigpipe() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

private:
    sigset_t before_{};
};

}  // namespace

struct EventLoops::Reactor {
    std::shared_ptr<Pistache::Aio::Reactor> reactor = Pistache::Aio::Reactor::create();
    std::vector<std::shared_ptr<EdgeTransport>> transports;
};

EventLoops::EventLoops(std::shared_ptr<EdgeContext> context) : reactor_(std::make_unique<Reactor>()) {
    auto& [reactor, transports] = *reactor_;
    const auto threads = static_cast<std::size_t>(std::clamp(context->options.io_threads, 1, 255));
    reactor->init(Pistache::Aio::AsyncContext(threads, "edge"));
    const auto key = reactor->addHandler(std::make_shared<EdgeTransport>(context));
    for (const auto& handler : reactor->handlers(key)) {
        transports.push_back(std::static_pointer_cast<EdgeTransport>(handler));
    }
    const WithoutSigpipe scope;
    reactor->run();
}

EventLoops::~EventLoops() {
    reactor_->reactor->shutdown();
}

void EventLoops::adopt(NewClient client) {
    const auto least =
        std::min_element(reactor_->transports.begin(), reactor_->transports.end(),
                         [](const auto& a, const auto& b) { return a->load().load() < b->load().load(); });
    (*least)->inbox().post(std::move(client));
    ++(*least)->load();
}

void EventLoops::order_drain() {
    for (const auto& transport : reactor_->transports) {
        transport->inbox().post(DrainOrder{});
    }
}

}  // namespace keepwell::api
