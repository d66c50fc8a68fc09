#include "api/customer_json.hpp"

namespace keepwell::api {
namespace {

/// The member under both of its names.
template <typename T>
void twins(JsonWriter& json, std::string_view snake, std::string_view camel, const T& content) {
    json.member(snake, content).member(camel, content);
}

void write_feature_usage(JsonWriter& json, std::string_view name, const Customer& customer) {
    json.key(name).begin_object();
    for (const auto& [feature, uses] : customer.feature_usage) json.member(feature, uses);
    json.end_object();
}

}  // namespace

void write_customer(JsonWriter& json, const Customer& customer) {
    json.begin_object();
    json.member("id", customer.id.value).member("name", customer.name);
    json.member("email", customer.email).member("company", customer.company);
    json.member("segment", customer.segment).member("region", customer.region);
    json.member("plan", customer.plan).member("mrr", customer.mrr).member("arr", customer.arr);
    twins(json, "signup_date", "signupDate", customer.signup_date);
    json.member("external_id", customer.external_id).member("scorecard", customer.scorecard);
    twins(json, "health_score", "healthScore", customer.health_score);
    twins(json, "health_status", "healthStatus", to_string(customer.health_status));
    twins(json, "churn_risk", "churnRisk", customer.churn_risk);
    twins(json, "nps_score", "npsScore", customer.nps_score);
    twins(json, "support_tickets", "supportTickets", customer.support_tickets);
    write_feature_usage(json, "feature_usage", customer);
    write_feature_usage(json, "featureUsage", customer);
    twins(json, "last_login", "lastLogin", customer.last_login);
    twins(json, "last_activity", "lastActivity", customer.last_activity);
    twins(json, "is_active", "isActive", customer.is_active);
    json.member("churned_at", customer.churned_at);
    json.key("custom").begin_object();
    for (const auto& [name, value] : customer.custom) json.member(name, value);
    json.end_object();
    json.member("version", customer.version);
    twins(json, "created_at", "createdAt", customer.created_at);
    twins(json, "updated_at", "updatedAt", customer.updated_at);
    json.end_object();
}

}  // namespace keepwell::api
