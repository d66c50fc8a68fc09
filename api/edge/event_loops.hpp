#pragma once

#include <memory>

#include "api/edge/edge_context.hpp"
#include "api/edge/inbox.hpp"

namespace keepwell::api {

/// The I/O threads. Each has its own connections.
class EventLoops {
public:
    /// Starts `context->options.io_threads` of them.
    explicit EventLoops(std::shared_ptr<EdgeContext> context);
    /// Ends them; connections that are left are cut off.
    ~EventLoops();

    /// Gives a client to the thread that has the fewest. Throws std::bad_alloc; the client is then closed.
    void adopt(NewClient client);
    /// Makes every thread end what is idle. EdgeContext::is_draining must be set before.
    void order_drain();

private:
    struct Reactor;
    std::unique_ptr<Reactor> reactor_;
};

}  // namespace keepwell::api
