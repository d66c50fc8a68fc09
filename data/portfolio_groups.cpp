#include "data/portfolio_groups.hpp"

#include "data/customer_ids.hpp"

namespace keepwell::data {
namespace {

constexpr std::int64_t kSlots = 8;

/// Adds the sums of the customers, or takes them away with a `sign` of "-".
void add_to_groups(Session& session, std::span<const CustomerId> ids, const std::string& sign) {
    if (ids.empty()) return;
    run(session,
        "INSERT INTO portfolio_groups"
        " (segment, region, health_status, slot, accounts, arr, scored_accounts, score_billionths)"
        " SELECT segment, region, health_status, CAST($2 AS bigint), " +
            sign + "count(*), " + sign + "sum(arr), " + sign + "count(health_score), " + sign +
            "COALESCE(sum(CAST(round(health_score * 1e9) AS bigint)), 0) FROM customers WHERE " +
            is_any_id(session.dialect(), "id", 1) +
            " AND (scorecard IS NOT NULL OR latest_metrics_date IS NOT NULL)"
            " GROUP BY segment, region, health_status ORDER BY segment, region, health_status"
            " ON CONFLICT (segment, region, health_status, slot) DO UPDATE SET"
            " accounts = portfolio_groups.accounts + excluded.accounts,"
            " arr = portfolio_groups.arr + excluded.arr,"
            " scored_accounts = portfolio_groups.scored_accounts + excluded.scored_accounts,"
            " score_billionths = portfolio_groups.score_billionths + excluded.score_billionths",
        encode_ids(session.dialect(), ids), session.slot() % kSlots);
}

}  // namespace

void take_out_of_portfolio(Session& session, std::span<const CustomerId> ids) {
    add_to_groups(session, ids, "-");
}

void put_into_portfolio(Session& session, std::span<const CustomerId> ids) {
    add_to_groups(session, ids, "");
}

}  // namespace keepwell::data
