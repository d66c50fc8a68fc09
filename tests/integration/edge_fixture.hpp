#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "api/http_server.hpp"
#include "tests/support/http_client.hpp"

namespace keepwell::testing {

/// A server on a free port with rows for every kind of body and answer:
/// GET /hello · /tag/{text} (inline) · /wait/{text} (waiting pool), both with `pad` · /sleep?ms= (waiting
/// pool) · /big?mb= · /text (6,000 compressible bytes) · /fixed · /file (`file` below) · /empty (204) ·
/// /split (a header with a line break) · /target (what was decoded) · POST /json, /batch, /upload (echo or,
/// for uploads, the size) · PUT /json · DELETE /hello.
class EdgeServer {
public:
    explicit EdgeServer(api::Limits limits = {}, int io_threads = 2, int waiting_threads = 4);
    ~EdgeServer();

    std::uint16_t port() const { return server_->port(); }
    api::HttpServer& operator*() { return *server_; }
    api::HttpServer* operator->() { return server_.get(); }
    const TemporaryFolder& folder() const { return folder_; }
    std::filesystem::path file() const { return folder_.path() / "served"; }

private:
    api::HttpHooks hooks();
    api::HttpHooks::Match match(const api::Request& request) const;

    TemporaryFolder folder_;
    std::vector<std::pair<std::string, api::Route>> routes_;  ///< By first segment.
    std::unique_ptr<api::HttpServer> server_;
};

}  // namespace keepwell::testing
