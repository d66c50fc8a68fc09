#include "domain/health_status.hpp"

namespace keepwell {

std::string_view to_string(HealthStatus status) {
    switch (status) {
        case HealthStatus::kHealthy:
            return "healthy";
        case HealthStatus::kAtRisk:
            return "at_risk";
        case HealthStatus::kCritical:
            return "critical";
        case HealthStatus::kInsufficientData:
            return "insufficient_data";
    }
    return {};
}

std::string_view bucket_name(HealthStatus status) {
    switch (status) {
        case HealthStatus::kHealthy:
            return "Healthy";
        case HealthStatus::kAtRisk:
            return "At-Risk";
        case HealthStatus::kCritical:
            return "Critical";
        case HealthStatus::kInsufficientData:
            return "Insufficient Data";
    }
    return {};
}

std::optional<HealthStatus> parse_health_status(std::string_view text) {
    for (const HealthStatus status : kHealthStatuses) {
        if (to_string(status) == text) return status;
    }
    return std::nullopt;
}

std::optional<HealthStatus> parse_bucket(std::string_view text) {
    for (const HealthStatus status : kHealthStatuses) {
        if (bucket_name(status) == text) return status;
    }
    return std::nullopt;
}

}  // namespace keepwell
