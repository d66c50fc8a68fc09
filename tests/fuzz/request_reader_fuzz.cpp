#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "api/edge/refused.hpp"
#include "api/edge/request_reader.hpp"

using namespace keepwell::api;

/// A whole connection's input, bodies and pipelined requests with it, in pieces of the size that the first
/// byte says.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) {
        return 0;
    }
    static const Route row{
        Method::kPost, "/", Access::kPublic, Audited::kNo, Idempotent::kByNature, Body::kJson, Runs::kInline,
        nullptr,       {}};
    static const HttpServer::Options options = [] {
        HttpServer::Options small;
        small.limits.json_bytes = 10'000;
        return small;
    }();
    static const HttpHooks hooks{
        .match =
            [](Request& request) {
                return HttpHooks::Match{request.method == Method::kPost ? &row : nullptr, {}};
            },
        .respond = nullptr,
        .refuse = nullptr};
    RequestReader reader(options, hooks, "");
    std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    try {
        while (!bytes.empty()) {
            std::string_view piece = bytes.substr(0, data[0] + 1U);
            bytes.remove_prefix(piece.size());
            while (!piece.empty()) {
                if (reader.feed(piece) == RequestReader::State::kComplete) {
                    reader.take();
                }
            }
        }
    } catch (const Refused&) {
        return 0;
    }
    return 0;
}
