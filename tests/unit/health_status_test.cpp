#include "domain/health_status.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "domain/health_score.hpp"
#include "domain/import.hpp"
#include "domain/job.hpp"
#include "domain/scorecard.hpp"

namespace keepwell {
namespace {

TEST_CASE("A status has a stored name and one for the accounts routes", "[health_status]") {
    CHECK(to_string(HealthStatus::kHealthy) == "healthy");
    CHECK(to_string(HealthStatus::kAtRisk) == "at_risk");
    CHECK(to_string(HealthStatus::kCritical) == "critical");
    CHECK(to_string(HealthStatus::kInsufficientData) == "insufficient_data");
    CHECK(bucket_name(HealthStatus::kHealthy) == "Healthy");
    CHECK(bucket_name(HealthStatus::kAtRisk) == "At-Risk");
    CHECK(bucket_name(HealthStatus::kCritical) == "Critical");
    CHECK(bucket_name(HealthStatus::kInsufficientData) == "Insufficient Data");
}

TEST_CASE("Both names of a status lead back to it", "[health_status]") {
    for (const HealthStatus status : kHealthStatuses) {
        CHECK(parse_health_status(to_string(status)) == status);
        CHECK(parse_bucket(bucket_name(status)) == status);
    }
    CHECK_FALSE(parse_health_status("Healthy"));
    CHECK_FALSE(parse_health_status(""));
    CHECK_FALSE(parse_bucket("healthy"));
    CHECK_FALSE(parse_bucket("At Risk"));
}

TEST_CASE("Trends, missing policies, job and import states are read as they are written", "[names]") {
    for (const char* name : {"improving", "stable", "declining"})
        CHECK(to_string(*parse_trend(name)) == name);
    for (const char* name : {"exclude", "neutral", "zero", "carry_forward"})
        CHECK(to_string(*parse_missing_policy(name)) == name);
    for (const char* name : {"queued", "running", "succeeded", "failed", "dead"})
        CHECK(to_string(*parse_job_state(name)) == name);
    for (const char* name : {"queued", "running", "succeeded", "failed"})
        CHECK(to_string(*parse_import_state(name)) == name);
    CHECK_FALSE(parse_trend("Stable"));
    CHECK_FALSE(parse_missing_policy("ignore"));
    CHECK_FALSE(parse_job_state("done"));
    CHECK_FALSE(parse_import_state("dead"));
}

TEST_CASE("Bands are half-open: a score on the border belongs to the better one", "[health_status]") {
    const Scorecard card = metrics_scorecard();
    CHECK(card.band(100) == HealthStatus::kHealthy);
    CHECK(card.band(70) == HealthStatus::kHealthy);
    CHECK(card.band(std::nextafter(70.0, 0.0)) == HealthStatus::kAtRisk);
    CHECK(card.band(69.999) == HealthStatus::kAtRisk);
    CHECK(card.band(40) == HealthStatus::kAtRisk);
    CHECK(card.band(std::nextafter(40.0, 0.0)) == HealthStatus::kCritical);
    CHECK(card.band(0) == HealthStatus::kCritical);
}

}  // namespace
}  // namespace keepwell
