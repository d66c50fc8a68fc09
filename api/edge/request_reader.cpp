#include "api/edge/request_reader.hpp"

#include <algorithm>
#include <utility>

#include "api/edge/refused.hpp"
#include "api/edge/text.hpp"

namespace keepwell::api {
namespace {

constexpr std::uint64_t kDiscarded = 64 * 1024;  // A body nobody wants: read so far to keep the connection.

std::string joined(const Request& request, std::string_view name) {
    std::string all;
    for (const auto& [key, value] : request.headers) {
        if (key == name) {
            all.append(all.empty() ? "" : ",").append(value);
        }
    }
    return all;
}

std::uint64_t limit_of(Body body, const Limits& limits) {
    switch (body) {
        case Body::kNone:
            return kDiscarded;
        case Body::kJson:
            return limits.json_bytes;
        case Body::kBatch:
            return limits.batch_bytes;
        case Body::kUpload:
            return limits.upload_bytes;
    }
    return 0;
}

}  // namespace

RequestReader::State RequestReader::feed(std::string_view& bytes) {
    if (state_ == State::kIdle || state_ == State::kHead) {
        if (head_.feed(bytes)) {
            begin(head_.take());
        } else {
            state_ = head_.has_begun() ? State::kHead : State::kIdle;
        }
    }
    if (state_ == State::kBody) {
        read_body(bytes);
    }
    return state_;
}

IncomingRequest RequestReader::take() {
    IncomingRequest taken = std::move(*incoming_);
    incoming_.reset();
    state_ = State::kIdle;
    return taken;
}

void RequestReader::abandon() {
    sink_.reset();
    incoming_.reset();
}

bool RequestReader::wants_continue() {
    return std::exchange(wants_continue_, false);
}

AnswerTraits RequestReader::traits() const {
    return incoming_ ? incoming_->traits : AnswerTraits{};
}

void RequestReader::begin(RequestHead head) {
    incoming_ = std::make_unique<IncomingRequest>();
    auto& [request, match, traits] = *incoming_;
    request.method = head.method;
    request.path = std::move(head.target.path);
    request.segments = std::move(head.target.segments);
    request.query = std::move(head.target.query);
    request.headers = std::move(head.headers);
    request.remote_address = remote_address_;
    traits.without_body = head.is_head;
    traits.close = !head.keep_alive;
    traits.accepts_gzip = accepts_gzip(joined(request, "accept-encoding"));
    if (request.path == "*") {
        match.allowed = {Method::kGet, Method::kPost, Method::kPut, Method::kPatch, Method::kDelete};
    } else {
        match = hooks_.match(request);
    }
    state_ = State::kBody;
    chunks_.reset();
    rest_ = head.content_length.value_or(0);
    const BodyPlan plan = plan_body(head);
    if (!match.route && (rest_ > plan.limit || (head.has_body() && head.expects_continue))) {
        give_up_body();
        return;
    }
    if (rest_ > plan.limit) {
        throw Refused(413, "The body is larger than " + std::to_string(plan.limit) + " bytes.");
    }
    sink_.emplace(plan);
    if (head.is_chunked) {
        chunks_.emplace();
    }
    wants_continue_ = head.expects_continue && head.has_body();
}

BodyPlan RequestReader::plan_body(const RequestHead& head) const {
    const auto& [request, match, traits] = *incoming_;
    BodyPlan plan;
    const Body body = match.route ? static_cast<Body>(match.route->body) : Body::kNone;
    plan.limit = limit_of(body, options_.limits);
    if (body == Body::kNone) {
        return plan;
    }
    const bool carries =
        request.method == Method::kPost || request.method == Method::kPut || request.method == Method::kPatch;
    if (head.is_http_10 && carries && !head.content_length) {
        throw Refused(411, "An HTTP/1.0 request with a body must say its Content-Length.");
    }
    plan.fate = body == Body::kUpload ? BodyPlan::Fate::kFile : BodyPlan::Fate::kMemory;
    plan.spill_above = options_.limits.spill_above_bytes;
    plan.folder = options_.spill_folder;
    const auto coding = joined(request, "content-encoding");
    if (equal_ignoring_case(coding, "gzip") || equal_ignoring_case(coding, "x-gzip")) {
        plan.is_gzip = true;
        std::erase_if(incoming_->request.headers,
                      [](const auto& header) { return header.first == "content-encoding"; });
    } else if (!coding.empty() && !equal_ignoring_case(coding, "identity")) {
        throw Refused(415, "The only Content-Encoding taken is gzip.");
    }
    return plan;
}

/// There is no row to take the body: answer at once, and end the connection instead of reading it.
void RequestReader::give_up_body() {
    incoming_->traits.close = true;
    sink_.reset();
    state_ = State::kComplete;
}

void RequestReader::read_body(std::string_view& bytes) {
    try {
        if (chunks_) {
            while (!bytes.empty() && !chunks_->has_ended()) {
                sink_->write(chunks_->next(bytes));
            }
        } else {
            const auto length = static_cast<std::size_t>(std::min<std::uint64_t>(rest_, bytes.size()));
            sink_->write(bytes.substr(0, length));
            bytes.remove_prefix(length);
            rest_ -= length;
        }
    } catch (const Refused& refused) {
        if (incoming_->match.route || refused.status() != 413) {
            throw;
        }
        give_up_body();
        return;
    }
    if (chunks_ ? chunks_->has_ended() : rest_ == 0) {
        sink_->finish(incoming_->request);
        sink_.reset();
        state_ = State::kComplete;
    }
}

}  // namespace keepwell::api
