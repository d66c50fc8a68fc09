#pragma once

#include <string>
#include <vector>

#include "api/config.hpp"
#include "api/route.hpp"

namespace keepwell::api {

/// Says who is calling and whether they may. Closed by default: whoever is not recognised is nobody.
///
/// In development on a loopback address the principal `local`, an admin, stands for requests of this machine.
/// Not for those that another site's page or a proxy sends: a foreign Host (DNS rebinding), Origin or
/// Sec-Fetch-Site, or any Forwarded header.
class AccessPolicy {
public:
    explicit AccessPolicy(const Config& config);

    /// Who is calling, from the head alone.
    Principal identify(const Request& request) const;
    /// Throws Error{kUnauthenticated} or Error{kPermissionDenied} saying what is missing.
    static void admit(const Principal& principal, Access needed);
    /// Whether pages of that origin may read answers.
    bool allows_origin(std::string_view origin) const;

private:
    /// Why this request is not `local`; empty when it is.
    std::string why_not_local(const Request& request) const;

    bool lets_local_in_;
    std::string admin_token_;
    std::string metrics_token_;
    std::vector<std::string> origins_;
};

}  // namespace keepwell::api
