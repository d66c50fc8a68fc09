#include "api/http_server.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <mutex>
#include <new>

#include "api/edge/acceptor.hpp"
#include "api/edge/edge_context.hpp"
#include "api/edge/event_loops.hpp"

namespace keepwell::api {
namespace {

using namespace std::chrono_literals;

constexpr auto kPatienceAtTheEnd = 5s;
constexpr std::uint64_t kReservedDescriptors = 256;  // Databases, files, logs, what is being turned away.
constexpr std::uint64_t kTurnedAwayAtOnce = 64;

/// As many connections as wanted, as far as the limit of open files, raised as far as it goes, bears them.
std::uint64_t bearable_connections(std::size_t wanted) {
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0) {
        return wanted;
    }
    if (files.rlim_cur < files.rlim_max) {
        files.rlim_cur = files.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &files);
        ::getrlimit(RLIMIT_NOFILE, &files);
    }
    const std::uint64_t bearable = files.rlim_cur > 2 * kReservedDescriptors
                                       ? files.rlim_cur - kReservedDescriptors
                                       : files.rlim_cur / 2;
    return std::min<std::uint64_t>(wanted, bearable);
}

}  // namespace

struct HttpServer::Impl {
    Impl(Options options, HttpHooks hooks)
        : acceptor(options.host, options.port),
          most_connections(bearable_connections(options.limits.connections)),
          context(std::make_shared<EdgeContext>(std::move(options), std::move(hooks))),
          loops(context) {
        acceptor.start([this](NewClient client) { welcome(std::move(client)); });
    }
    ~Impl() {
        acceptor.stop();
        context->pool.stop();
    }

    void welcome(NewClient client) {
        ++context->connections_total;
        const std::uint64_t open = ++context->connections_open;
        client.is_one_too_many = open > most_connections;
        if (open > most_connections + kTurnedAwayAtOnce) {
            ++context->refused_total;
            context->connection_closed();
            return;
        }
        try {
            loops.adopt(std::move(client));
        } catch (const std::bad_alloc&) {
            context->connection_closed();
        }
    }

    Acceptor acceptor;
    const std::uint64_t most_connections;
    std::shared_ptr<EdgeContext> context;
    EventLoops loops;
};

HttpServer::HttpServer(Options options, HttpHooks hooks)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(hooks))) {}

HttpServer::~HttpServer() {
    drain(kPatienceAtTheEnd);
}

std::uint16_t HttpServer::port() const {
    return impl_->acceptor.port();
}

HttpStats HttpServer::stats() const {
    const auto& context = *impl_->context;
    return {.connections_open = context.connections_open,
            .connections_total = context.connections_total,
            .requests_total = context.requests_total,
            .refused_total = context.refused_total,
            .requests_in_flight = context.requests_in_flight,
            .bytes_in = context.bytes_in,
            .bytes_out = context.bytes_out};
}

bool HttpServer::drain(std::chrono::milliseconds patience) {
    auto& context = *impl_->context;
    impl_->acceptor.stop();
    context.is_draining = true;
    impl_->loops.order_drain();
    std::unique_lock lock(context.mutex);
    return context.all_closed.wait_for(lock, patience, [&] { return context.connections_open == 0; });
}

}  // namespace keepwell::api
