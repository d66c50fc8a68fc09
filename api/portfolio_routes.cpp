#include "api/portfolio_routes.hpp"

#include <cmath>

#include "api/parameters.hpp"
#include "services/json_writer.hpp"

namespace keepwell::api {
namespace {

Response summary(PortfolioService& portfolio, const Request& request) {
    Parameters parameters(request);
    const auto as_of = parameters.date("as_of");
    parameters.check();
    const PortfolioSummary found = portfolio.summary(as_of);
    const PortfolioTotals& totals = found.totals;
    JsonWriter json;
    json.begin_object();
    json.member("total_accounts", totals.accounts);
    json.member("total_arr", totals.arr);
    json.key("arr_by_bucket").begin_object();
    for (const auto& bucket : totals.buckets) json.member(bucket_name(bucket.status), bucket.arr);
    json.end_object().key("accounts_by_bucket").begin_object();
    for (const auto& bucket : totals.buckets) json.member(bucket_name(bucket.status), bucket.accounts);
    json.end_object().key("risk_breakdown").begin_object();
    for (const auto& bucket : totals.buckets) {
        const double percent =
            100.0 * static_cast<double>(bucket.accounts) / static_cast<double>(totals.accounts);
        json.member(bucket_name(bucket.status), std::round(percent * 10) / 10);
    }
    json.end_object();
    json.member("arr_trend_30d", found.arr_trend_30d);
    json.member("arr_trend_90d", found.arr_trend_90d);
    json.member("avg_health_score", found.average_score);
    json.key("accounts_by_segment").begin_object();
    for (const auto& segment : totals.segments) json.member(segment.name, segment.accounts);
    json.end_object().key("accounts_by_region").begin_object();
    for (const auto& region : totals.regions) json.member(region.name, region.accounts);
    json.end_object().end_object();
    return {.body = json.take()};
}

}  // namespace

std::vector<Route> portfolio_routes(PortfolioService& portfolio) {
    return {{.method = Method::kGet,
             .path = "/portfolio/summary",
             .access = Access::kViewer,
             .audited = Audited::kNo,
             .idempotent = Idempotent::kByNature,
             .body = Body::kNone,
             .runs = Runs::kInline,
             .handle = [&](const Request& request) { return summary(portfolio, request); },
             .parameters = {"as_of"}}};
}

}  // namespace keepwell::api
