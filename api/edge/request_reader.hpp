#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/edge/body_sink.hpp"
#include "api/edge/chunked_body.hpp"
#include "api/edge/request_head.hpp"
#include "api/edge/response_wire.hpp"
#include "api/http_server.hpp"

namespace keepwell::api {

/// A whole request, with the row that answers it.
struct IncomingRequest {
    Request request;
    HttpHooks::Match match;
    AnswerTraits traits;
};

/// Makes requests out of the bytes of one connection: head, then the row it belongs to, then a body within
/// that row's limits. Knows no sockets.
class RequestReader {
public:
    enum class State {
        kIdle,      ///< Nothing of the next request has arrived.
        kHead,      ///< In the middle of a head.
        kBody,      ///< In the middle of a body.
        kComplete,  ///< take() it.
    };

    RequestReader(const HttpServer::Options& options, const HttpHooks& hooks, std::string remote_address)
        : options_(options),
          hooks_(hooks),
          remote_address_(std::move(remote_address)),
          head_(options.limits) {}

    /// Takes bytes off the front of `bytes` until a request is complete or they are used up. Throws Refused;
    /// this must then not be fed again.
    State feed(std::string_view& bytes);
    State state() const { return state_; }
    /// The complete request; ready for the next one then.
    IncomingRequest take();
    /// Lets go of what has been read so far, a spilled file among it. This must not be fed again.
    void abandon();
    /// Whether the client waits for `100 Continue`; false from then on.
    bool wants_continue();
    /// Of the request being read, as far as known: how to write a refusal.
    AnswerTraits traits() const;

private:
    void begin(RequestHead head);
    BodyPlan plan_body(const RequestHead& head) const;
    void give_up_body();
    void read_body(std::string_view& bytes);

    const HttpServer::Options& options_;
    const HttpHooks& hooks_;
    const std::string remote_address_;
    State state_ = State::kIdle;
    HeadReader head_;
    std::unique_ptr<IncomingRequest> incoming_;
    std::optional<ChunkedBody> chunks_;
    std::uint64_t rest_ = 0;  ///< Of a body with Content-Length.
    std::optional<BodySink> sink_;
    bool wants_continue_ = false;
};

}  // namespace keepwell::api
