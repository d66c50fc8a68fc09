#include "api/access_policy.hpp"

#include <algorithm>

#include "domain/error.hpp"

namespace keepwell::api {
namespace {

std::vector<std::string> split_list(std::string_view text) {
    std::vector<std::string> items;
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        std::string_view item = text.substr(0, comma);
        text.remove_prefix(std::min(comma + 1, text.size()));
        while (!item.empty() && item.front() == ' ') item.remove_prefix(1);
        while (!item.empty() && (item.back() == ' ' || item.back() == '/')) item.remove_suffix(1);
        if (!item.empty()) items.emplace_back(item);
    }
    return items;
}

/// `localhost:8000` → `localhost`, `[::1]:8000` → `[::1]`.
std::string_view host_name(std::string_view authority) {
    if (authority.starts_with('[')) return authority.substr(0, authority.find(']') + 1);
    return authority.substr(0, authority.find(':'));
}

bool is_local_host(std::string_view authority) {
    const std::string_view host = host_name(authority);
    return host == "localhost" || host == "[::1]" || host == "127.0.0.1" ||
           (host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos);
}

/// In the time that equal texts take, so that the time tells nothing about how much was right.
bool equal_in_constant_time(std::string_view left, std::string_view right) {
    if (left.size() != right.size()) return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i < left.size(); ++i) {
        difference |=
            static_cast<unsigned>(static_cast<unsigned char>(left[i]) ^ static_cast<unsigned char>(right[i]));
    }
    return difference == 0;
}

}  // namespace

AccessPolicy::AccessPolicy(const Config& config)
    : lets_local_in_(config.lets_local_in()),
      admin_token_(config.admin_token),
      metrics_token_(config.metrics_token),
      origins_(split_list(config.cors_origins)) {}

bool AccessPolicy::allows_origin(std::string_view origin) const {
    return std::find(origins_.begin(), origins_.end(), origin) != origins_.end();
}

std::string AccessPolicy::why_not_local(const Request& request) const {
    if (!lets_local_in_) return "this server only lets in who has signed in";
    if (!is_local_host(request.header("host")))
        return "the Host header must name this machine, e.g. localhost";
    for (const auto& [name, value] : request.headers) {
        if (name == "forwarded" || name.starts_with("x-forwarded-")) {
            return "requests through a proxy are not taken for local ones";
        }
    }
    if (request.header("sec-fetch-site") == "cross-site") return "requests of other sites' pages are refused";
    const std::string_view origin = request.header("origin");
    if (!origin.empty() && !allows_origin(origin)) {
        const std::size_t scheme = origin.find("://");
        if (scheme == std::string_view::npos || !is_local_host(origin.substr(scheme + 3))) {
            return "pages of this origin are refused; name it in CORS_ORIGINS to let it in";
        }
    }
    return {};
}

Principal AccessPolicy::identify(const Request& request) const {
    const std::string_view given = request.header("authorization");
    const auto bears = [&](const std::string& token) {
        return !token.empty() && equal_in_constant_time(given, "Bearer " + token);
    };
    if (bears(admin_token_)) return {.name = "admin token", .role = Access::kAdmin, .refusal = {}};
    if (bears(metrics_token_)) return {.name = "metrics token", .role = Access::kMetrics, .refusal = {}};
    if (std::string reason = why_not_local(request); !reason.empty()) return {.refusal = std::move(reason)};
    return {.name = "local", .role = Access::kAdmin, .refusal = {}};
}

void AccessPolicy::admit(const Principal& principal, Access needed) {
    switch (needed) {
        case Access::kPublic:
            return;
        case Access::kMetrics:
            if (principal.role == Access::kMetrics || principal.role == Access::kAdmin) return;
            break;
        case Access::kViewer:
            if (principal.role == Access::kViewer) return;
            [[fallthrough]];
        case Access::kCsm:
            if (principal.role == Access::kCsm) return;
            [[fallthrough]];
        case Access::kAdmin:
            if (principal.role == Access::kAdmin) return;
            break;
    }
    if (principal.role == Access::kPublic) {
        throw Error{ErrorCode::kUnauthenticated, "Not signed in: " + principal.refusal};
    }
    throw Error{ErrorCode::kPermissionDenied, "Your role does not allow this"};
}

}  // namespace keepwell::api
