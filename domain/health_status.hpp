#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace keepwell {

/// What a score means. No score is a state of its own: never green, never red.
enum class HealthStatus { kHealthy, kAtRisk, kCritical, kInsufficientData };

inline constexpr std::array kHealthStatuses{HealthStatus::kHealthy, HealthStatus::kAtRisk,
                                            HealthStatus::kCritical, HealthStatus::kInsufficientData};

/// `healthy`, `at_risk`, `critical`, `insufficient_data`: as stored and as new routes say it.
std::string_view to_string(HealthStatus status);
std::optional<HealthStatus> parse_health_status(std::string_view text);

/// `Healthy`, `At-Risk`, `Critical`, `Insufficient Data`: as the /accounts routes say it.
std::string_view bucket_name(HealthStatus status);
std::optional<HealthStatus> parse_bucket(std::string_view text);

}  // namespace keepwell
