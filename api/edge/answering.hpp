#pragma once

#include <string_view>

#include "api/edge/edge_context.hpp"
#include "api/edge/request_reader.hpp"
#include "api/edge/response_wire.hpp"

namespace keepwell::api {

/// Runs the request's row, or what stands in for one, and makes its answer ready to send. Any thread.
WireResponse answer_request(const EdgeContext& context, const IncomingRequest& incoming);

/// The edge's own answer. Any thread.
WireResponse answer_refusal(const EdgeContext& context, int status, std::string_view detail,
                            AnswerTraits traits);

}  // namespace keepwell::api
