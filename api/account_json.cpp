#include "api/account_json.hpp"

namespace keepwell::api {
namespace {

void write_trend(JsonWriter& json, const std::optional<AccountTrend>& trend) {
    if (!trend) {
        json.null();
        return;
    }
    json.begin_object();
    json.member("days", trend->days);
    json.member("health_score_change", trend->health_score_change);
    json.member("arr_change", trend->arr_change);
    json.member("engagement_trend", to_string(trend->engagement));
    json.end_object();
}

/// One entry per change, from the reported ARR of each day.
void write_arr_history(JsonWriter& json, const std::vector<DailyMetrics>& rows) {
    json.begin_array();
    std::optional<Money> last;
    for (const DailyMetrics& row : rows) {
        if (last == row.arr) continue;
        last = row.arr;
        json.begin_object().member("date", row.date).member("arr", row.arr).end_object();
    }
    json.end_array();
}

}  // namespace

void write_metrics(JsonWriter& json, const DailyMetrics& row) {
    json.begin_object();
    json.member("date", row.date);
    json.member("daily_active_users", row.daily_active_users);
    json.member("feature_adoption_rate", row.feature_adoption_rate);
    json.member("support_tickets_open", row.support_tickets_open);
    json.member("nps_score", row.nps_score);
    json.member("login_frequency", row.login_frequency);
    json.member("id", row.id());
    json.member("account_id", row.customer_id.value);
    json.member("health_score", row.health_score);
    json.end_object();
}

void write_health_history(JsonWriter& json, const std::vector<DailyMetrics>& rows, const RowBands& bands) {
    json.begin_array();
    for (const DailyMetrics& row : rows) {
        json.begin_object();
        json.member("date", row.date);
        json.member("health_score", row.health_score);
        json.member("bucket", bucket_name(bands(row.health_score)));
        json.end_object();
    }
    json.end_array();
}

void write_account(JsonWriter& json, const AccountDetail& detail, bool with_history) {
    const Customer& customer = detail.account.customer;
    json.begin_object();
    json.member("account_name", customer.name);
    json.member("segment", customer.segment);
    json.member("region", customer.region);
    json.member("arr", customer.arr);
    json.member("id", customer.id.value);
    json.member("health_bucket", bucket_name(customer.health_status));
    json.member("health_score", customer.health_score);
    json.member("created_at", customer.created_at);
    json.member("updated_at", customer.updated_at);
    json.key("latest_metrics");
    detail.account.latest ? write_metrics(json, *detail.account.latest) : static_cast<void>(json.null());
    for (std::size_t i = 0; i < kTrendDays.size(); ++i) {
        json.key("trend_" + std::to_string(kTrendDays[i]) + "d");
        write_trend(json, detail.trends[i]);
    }
    if (with_history) {
        json.key("health_history");
        write_health_history(json, detail.history, detail.bands);
        json.key("arr_history");
        write_arr_history(json, detail.history);
    }
    json.end_object();
}

void write_health(JsonWriter& json, const AccountHealth& health) {
    const HealthScore& score = health.score;
    json.begin_object();
    json.member("overall_score", score.overall_score);
    json.member("status", to_string(score.status));
    json.member("coverage", score.coverage);
    json.member("scorecard", score.scorecard);
    json.member("scorecard_version", score.scorecard_version);
    json.key("factors").begin_array();
    for (const FactorScore& factor : score.factors) {
        json.begin_object();
        json.member("name", factor.name);
        json.member("score", factor.score);
        json.member("value", factor.value);
        json.member("description", factor.description);
        json.member("weight", factor.weight);
        json.member("contribution", factor.contribution);
        json.key("trend");
        factor.trend ? json.value(to_string(*factor.trend)) : json.null();
        json.member("has_data", factor.score.has_value());
        json.end_object();
    }
    json.end_array();
    json.member("calculated_at", score.calculated_at);
    json.member("as_of", score.as_of);
    json.strings("risk_factors", health.risks);
    json.end_object();
}

}  // namespace keepwell::api
