#include "tests/support/api_client.hpp"

#include <stdexcept>

#include "tests/support/contract.hpp"
#include "tests/support/running_app.hpp"

namespace keepwell::testing {
namespace {

/// What every error owes its reader, beyond the schema.
std::string objection_to_problem(const Reply& reply) {
    if (reply.header("content-type") != "application/problem+json") return {};
    const auto problem = json_of(reply);
    if (problem["status"].GetInt() != reply.status) return "its status differs from the one in the body";
    if (problem["detail"].GetStringLength() == 0) return "it has no detail";
    if (!problem.HasMember("request_id") || reply.header("x-request-id") != problem["request_id"].GetString())
        return "it does not name its request";
    return {};
}

}  // namespace

Reply ApiClient::send(std::string_view method, std::string_view target, std::string_view body,
                      std::string_view headers) const {
    std::string request{method};
    request.append(" ").append(target).append(" HTTP/1.1\r\n");
    const bool has_host = headers.starts_with("Host:") || headers.find("\nHost:") != std::string_view::npos;
    if (!has_host) request.append("Host: localhost\r\n");
    if (!body.empty() || method != "GET")
        request.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
    request.append(headers).append("\r\n").append(body);
    RawClient client(port_);
    client.send(request);
    Reply reply = client.receive(std::chrono::seconds(60), method == "HEAD");
    std::string objection = Contract::instance().objection(method, target, reply);
    if (objection.empty()) objection = objection_to_problem(reply);
    if (!objection.empty()) {
        throw std::runtime_error(std::string{method}.append(" ").append(target) + " answers " +
                                 std::to_string(reply.status) + ": " + objection + ": " +
                                 reply.body.substr(0, 500));
    }
    return reply;
}

Reply ApiClient::get(std::string_view target, std::string_view headers) const {
    return send("GET", target, "", headers);
}

Reply ApiClient::post(std::string_view target, std::string_view body, std::string_view headers) const {
    return send("POST", target, body, headers);
}

std::string form_with_file(std::string_view filename, std::string_view content) {
    std::string body = "--frontier\r\nContent-Disposition: form-data; name=\"file\"; filename=\"";
    return body.append(filename)
        .append("\"\r\nContent-Type: text/csv\r\n\r\n")
        .append(content)
        .append("\r\n--frontier--\r\n");
}

Reply ApiClient::upload(std::string_view filename, std::string_view content, std::string_view query,
                        std::string_view headers) const {
    const Reply reply = post("/ingest/csv" + std::string{query}, form_with_file(filename, content),
                             std::string{kFormType}.append(headers));
    const bool wants_job = headers.find("respond-async") != std::string_view::npos;
    return wants_job ? reply : with_result(port_, reply);
}

rapidjson::Document ApiClient::json(std::string_view target) const {
    const Reply reply = get(target);
    if (reply.status != 200) throw std::runtime_error(std::string{target} + " answers " + reply.body);
    return json_of(reply);
}

std::int64_t ApiClient::accounts() const {
    return json("/accounts?page_size=1")["total"].GetInt64();
}

std::vector<std::string> ApiClient::pages() const {
    std::vector<std::string> pages;
    std::string target = "/accounts?page_size=100";
    while (true) {
        const Reply reply = get(target);
        if (reply.status != 200) throw std::runtime_error(target + " answers " + reply.body);
        pages.push_back(reply.body);
        const auto page = json_of(reply);
        if (page["next_cursor"].IsNull()) return pages;
        target = std::string{"/accounts?page_size=100&cursor="} + page["next_cursor"].GetString();
    }
}

}  // namespace keepwell::testing
