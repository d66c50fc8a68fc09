#include "api/edge/answering.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "api/edge/text.hpp"

namespace keepwell::api {
namespace {

bool has_header(const Response& response, std::string_view name) {
    return std::any_of(response.headers.begin(), response.headers.end(),
                       [&](const auto& header) { return equal_ignoring_case(header.first, name); });
}

std::string allow_header(const std::vector<Method>& allowed) {
    std::string names;
    for (const Method method : allowed) {
        if (method != Method::kOptions) {
            names.append(to_string(method)).append(method == Method::kGet ? ", HEAD, " : ", ");
        }
    }
    return names.append(to_string(Method::kOptions));
}

}  // namespace

WireResponse answer_request(const EdgeContext& context, const IncomingRequest& incoming) {
    const auto& [request, match, wanted] = incoming;
    AnswerTraits traits = wanted;
    try {
        Response response = context.hooks.respond(match.route, request, match.allowed);
        if (!match.route && !match.allowed.empty() && !has_header(response, "allow")) {
            response.headers.emplace_back("Allow", allow_header(match.allowed));
        }
        // Asked now, not before the row ran: an answer that is given while the server drains must say so.
        traits.close = traits.close || context.is_draining;
        return to_wire(std::move(response), traits);
    } catch (...) {
        // respond() says that it never throws; what is left is a file that cannot be opened, or no memory.
        return answer_refusal(context, 500, "The answer could not be made.", traits);
    }
}

WireResponse answer_refusal(const EdgeContext& context, int status, std::string_view detail,
                            AnswerTraits traits) {
    Response response = context.hooks.refuse(status, detail);
    response.status = status;
    if (status == 503 && !has_header(response, "retry-after")) {
        response.headers.emplace_back("Retry-After", "1");
    }
    traits.close = traits.close || context.is_draining;
    return to_wire(std::move(response), traits);
}

}  // namespace keepwell::api
