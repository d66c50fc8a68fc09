#pragma once

#include <rapidjson/document.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "tests/support/http_client.hpp"

namespace keepwell::testing {

/// A client that holds every answer against the contract: it throws when status, type or body are not as
/// described, or when an error does not say what is wrong.
class ApiClient {
public:
    explicit ApiClient(std::uint16_t port) : port_(port) {}

    Reply get(std::string_view target, std::string_view headers = "") const;
    Reply post(std::string_view target, std::string_view body = "", std::string_view headers = "") const;
    /// As `curl -F file=@name`. Waits for the result when the answer is 202, unless `headers` ask for that.
    Reply upload(std::string_view filename, std::string_view content, std::string_view query = "",
                 std::string_view headers = "") const;
    /// `headers`: whole lines. Without Content-Length when `body` is empty and the method is GET.
    Reply send(std::string_view method, std::string_view target, std::string_view body,
               std::string_view headers) const;

    /// The body of a GET that must be answered with 200.
    rapidjson::Document json(std::string_view target) const;
    /// How many accounts there are.
    std::int64_t accounts() const;
    /// All accounts in the order of their ids, as one JSON text per page.
    std::vector<std::string> pages() const;
    std::uint16_t port() const { return port_; }

private:
    std::uint16_t port_;
};

/// The body of a form with one file.
std::string form_with_file(std::string_view filename, std::string_view content);
inline constexpr std::string_view kFormType = "Content-Type: multipart/form-data; boundary=frontier\r\n";

}  // namespace keepwell::testing
