#include "api/dashboard_routes.hpp"

#include <cmath>

#include "api/answer.hpp"

namespace keepwell::api {
namespace {

std::int64_t count_of(const PortfolioTotals& totals, HealthStatus status) {
    for (const auto& bucket : totals.buckets) {
        if (bucket.status == status) return bucket.accounts;
    }
    return 0;
}

/// With one decimal.
double percent_of(const PortfolioTotals& totals, HealthStatus status) {
    if (totals.accounts == 0) return 0;
    const double share = static_cast<double>(count_of(totals, status)) / static_cast<double>(totals.accounts);
    return std::round(share * 1000) / 10;
}

Response stats(PortfolioService& portfolio) {
    const PortfolioStanding standing = portfolio.standing();
    const PortfolioTotals& totals = standing.totals;
    return data_answer([&](JsonWriter& json) {
        json.begin_object().member("total_customers", totals.accounts);
        for (const HealthStatus status : kHealthStatuses)
            json.member(std::string{to_string(status)} + "_customers", count_of(totals, status));
        json.key("distribution").begin_object();
        for (const HealthStatus status : kHealthStatuses)
            json.member(std::string{to_string(status)} + "_percent", percent_of(totals, status));
        json.end_object().member("average_health_score", standing.average_score);
        json.member("last_updated", standing.calculated_at).end_object();
    });
}

}  // namespace

std::vector<Route> dashboard_routes(PortfolioService& portfolio) {
    return {{.method = Method::kGet,
             .path = "/api/dashboard/stats",
             .access = Access::kViewer,
             .audited = Audited::kNo,
             .idempotent = Idempotent::kByNature,
             .body = Body::kNone,
             .runs = Runs::kInline,
             .handle = [&](const Request&) { return stats(portfolio); },
             .parameters = {}}};
}

}  // namespace keepwell::api
