#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "api/route.hpp"

namespace keepwell::api {

/// Sizes in bytes, times as said. Every one has a test that goes over it.
struct Limits {
    std::size_t head_bytes = 16 * 1024;
    std::size_t target_bytes = 4 * 1024;
    std::size_t headers = 100;
    std::size_t json_bytes = 1'000'000;
    std::size_t batch_bytes = 10'000'000;
    std::uint64_t upload_bytes = 1'200'000'000;
    std::size_t spill_above_bytes = 1'000'000;    ///< Uploads larger than this go to a file.
    std::size_t connections = 10'000;             ///< Further ones are answered 503 and closed.
    std::size_t pending_output_bytes = 64 << 20;  ///< A reader this far behind (in memory) is dropped.
    std::size_t waiting_requests = 256;           ///< Further ones for the waiting pool are answered 503.
    std::chrono::milliseconds head_timeout{10'000};
    std::chrono::milliseconds keep_alive_timeout{75'000};
    std::chrono::milliseconds stall_timeout{15'000};  ///< A reader that takes nothing for so long is dropped.
    std::size_t minimum_body_bytes_per_second =
        1'000;  ///< Judged over `body_grace`, so that a pause is no crime.
    std::chrono::milliseconds body_grace{20'000};
};

/// What the server asks for each request. All are called from several threads at once.
struct HttpHooks {
    /// The row for a decoded request, with its path parameters filled in; null and the methods that the path
    /// does have (empty: no such path). Must be quick: it runs as soon as the head is read, before the body.
    struct Match {
        const Route* route = nullptr;
        std::vector<Method> allowed;
    };
    std::function<Match(Request&)> match;
    /// Runs the route inside the middleware and returns what to send. Never throws. Without a route: 404 when
    /// `allowed` is empty, else 405, or for Method::kOptions 204; the edge adds `Allow`.
    std::function<Response(const Route*, const Request&, const std::vector<Method>& allowed)> respond;
    /// The body of a refusal by the edge itself (bad framing, limits, timeouts): one error shape everywhere.
    std::function<Response(int status, std::string_view detail)> refuse;
};

/// Numbers of the edge, readable at any time.
struct HttpStats {
    std::uint64_t connections_open = 0;
    std::uint64_t connections_total = 0;
    std::uint64_t requests_total = 0;
    std::uint64_t refused_total = 0;
    std::uint64_t requests_in_flight = 0;
    std::uint64_t bytes_in = 0;
    std::uint64_t bytes_out = 0;
};

/// Serves HTTP/1.0 and 1.1. The only door to Pistache (api/edge/).
class HttpServer {
public:
    struct Options {
        std::string host = "127.0.0.1";
        std::uint16_t port = 8000;  ///< 0: any free one; see port().
        int io_threads = 4;
        int waiting_threads = 16;  ///< For routes with Runs::kWaits.
        std::filesystem::path spill_folder;
        Limits limits;
    };

    /// Binds and serves. Throws std::system_error naming host and port when it cannot bind.
    HttpServer(Options options, HttpHooks hooks);
    /// As drain(), then stops.
    ~HttpServer();

    std::uint16_t port() const;
    HttpStats stats() const;

    /// Accepts no more, finishes what is running (answers carry `Connection: close`) and returns when every
    /// answer has been taken or `patience` is over. True when nothing was cut off.
    bool drain(std::chrono::milliseconds patience);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace keepwell::api
