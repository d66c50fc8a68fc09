#pragma once

#include <stdexcept>
#include <string>

namespace keepwell::api {

/// What a client sent cannot become a request: the status to answer with and a sentence for the client.
/// Thrown while a request is read; the connection answers and ends.
class Refused : public std::runtime_error {
public:
    Refused(int status, const std::string& detail) : std::runtime_error(detail), status_(status) {}
    int status() const noexcept { return status_; }

private:
    int status_;
};

}  // namespace keepwell::api
