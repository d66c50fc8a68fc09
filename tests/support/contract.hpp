#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "tests/support/http_client.hpp"

namespace keepwell::testing {

/// The API's description, to hold answers against. A member that it does not name is a mistake too, so that
/// neither can change without the other. Thread-safe.
class Contract {
public:
    static const Contract& instance();

    /// What is wrong with this reply to `method target`; empty when it is as described.
    std::string objection(std::string_view method, std::string_view target, const Reply& reply) const;

private:
    Contract();
    ~Contract();
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace keepwell::testing
