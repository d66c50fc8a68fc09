#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "tests/support/api_client.hpp"
#include "tests/support/running_app.hpp"

namespace keepwell::testing {

inline constexpr std::string_view kJsonType = "Content-Type: application/json\r\n";

/// Sends a JSON body.
inline Reply send_json(const ApiClient& client, std::string_view method, std::string_view target,
                       std::string_view body, std::string_view headers = "") {
    return client.send(method, target, body, std::string{kJsonType}.append(headers));
}
inline Reply post_json(const ApiClient& client, std::string_view target, std::string_view body,
                       std::string_view headers = "") {
    return send_json(client, "POST", target, body, headers);
}

/// Adds a customer and answers its number.
inline std::int64_t add_customer(const ApiClient& client, std::string_view body) {
    const Reply reply = post_json(client, "/api/customers", body);
    if (reply.status != 201) throw std::runtime_error("no new customer: " + reply.body);
    return json_of(reply)["data"]["id"].GetInt64();
}

}  // namespace keepwell::testing
