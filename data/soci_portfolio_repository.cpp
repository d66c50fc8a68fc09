#include "data/soci_portfolio_repository.hpp"

#include <map>

#include "data/portfolio_sums.hpp"
#include "domain/scorecard.hpp"

namespace keepwell::data {
namespace {

constexpr std::int64_t kSlots = 8;
constexpr std::int64_t kPage = 20'000;

/// The bands of each stored scorecard's newest version.
std::map<std::string, Scorecard, std::less<>> read_bands(Session& session) {
    std::map<std::string, Scorecard, std::less<>> cards;
    Query row(session, "SELECT name, healthy_from, at_risk_from FROM scorecards ORDER BY name, version");
    while (row.next()) {
        Scorecard card;
        card.healthy_from = row.real(1);
        card.at_risk_from = row.real(2);
        cards.insert_or_assign(row.string(0), card);
    }
    return cards;
}

using FirstIds = std::map<std::string, std::int64_t, std::less<>>;

/// The lowest id of the portfolio's customers with each value of `column`, one index probe per value.
FirstIds read_first_ids(Session& session, const std::string& column) {
    FirstIds ids;
    const std::string sql = "SELECT g." + column + ", (SELECT c.id FROM customers c WHERE c." + column +
                            " = g." + column +
                            " AND (c.scorecard IS NOT NULL OR c.latest_metrics_date IS NOT NULL)"
                            " ORDER BY c.id LIMIT 1) FROM (SELECT DISTINCT " +
                            column + " FROM portfolio_groups) g";
    Query row(session, sql);
    while (row.next()) {
        if (!row.is_null(1)) ids.emplace(row.string(0), row.integer(1));
    }
    return ids;
}

std::int64_t first_id(const FirstIds& ids, std::string_view name) {
    const auto found = ids.find(name);
    return found == ids.end() ? 0 : found->second;  // Came after the ids were read.
}

}  // namespace

PortfolioTotals SociPortfolioRepository::totals() {
    const FirstIds in_segment = read_first_ids(session_, "segment");
    const FirstIds in_region = read_first_ids(session_, "region");
    PortfolioSums sums;
    Query row(session_,
              "SELECT segment, region, health_status, CAST(sum(accounts) AS bigint), sum(arr),"
              " CAST(sum(scored_accounts) AS bigint), CAST(sum(score_billionths) AS bigint)"
              " FROM portfolio_groups GROUP BY segment, region, health_status HAVING sum(accounts) <> 0");
    while (row.next()) {
        sums.add({.segment = row.text(0),
                  .region = row.text(1),
                  .status = parse_health_status(row.text(2)).value_or(HealthStatus::kInsufficientData),
                  .accounts = row.integer(3),
                  .arr = row.money(4),
                  .scored_accounts = row.integer(5),
                  .score_sum = static_cast<double>(row.integer(6)) / 1e9,
                  .first_in_segment = first_id(in_segment, row.text(0)),
                  .first_in_region = first_id(in_region, row.text(1))});
    }
    return sums.totals();
}

PortfolioTotals SociPortfolioRepository::totals(Date as_of) {
    const auto cards = read_bands(session_);
    const Scorecard fallback = metrics_scorecard();
    const Timestamp next_day{as_of + std::chrono::days{1}};
    PortfolioSums sums;
    std::int64_t after = 0;
    while (true) {
        // A page of customers with their newest row of that day, in id order; those without one count for
        // the page's length only. The segment is the one before the first change that came later.
        Query row(session_,
                  "SELECT page.id, page.segment, page.scorecard, m.arr, m.health_score, page.later_change, "
                  "page.region"
                  " FROM (SELECT id, scorecard, segment, region,"
                  " (SELECT c.old_value FROM customer_changes c WHERE c.customer_id = customers.id"
                  " AND c.field = 'segment' AND c.valid_from >= $1 ORDER BY c.valid_from, c.id LIMIT 1)"
                  " AS later_change,"
                  " (SELECT max(d.date) FROM account_metrics_daily d WHERE d.customer_id = customers.id"
                  " AND d.date <= $2) AS day FROM customers WHERE id > $3 ORDER BY id LIMIT $4) page"
                  " LEFT JOIN account_metrics_daily m ON m.customer_id = page.id AND m.date = page.day"
                  " ORDER BY page.id",
                  next_day, as_of, after, kPage);
        std::int64_t rows = 0;
        while (row.next()) {
            ++rows;
            after = row.integer(0);
            if (row.is_null(3)) continue;
            const auto card = cards.find(row.text(2));
            const auto score = row.real_if(4);
            sums.add({.segment = row.text(row.is_null(5) ? 1 : 5),
                      .region = row.text(6),
                      .status = score ? (card == cards.end() ? fallback : card->second).band(*score)
                                      : HealthStatus::kInsufficientData,
                      .accounts = 1,
                      .arr = row.money(3),
                      .scored_accounts = score ? 1 : 0,
                      .score_sum = score.value_or(0),
                      .first_in_segment = after,
                      .first_in_region = after});
        }
        if (rows < kPage) return sums.totals();
    }
}

Money SociPortfolioRepository::arr_on(Date day) {
    // All changes since then less those of customers outside the portfolio: few, and found by an index of
    // their own, where looking each change's customer up would cost a step per change.
    Query row(session_,
              "SELECT (SELECT COALESCE(sum(arr), 0) FROM portfolio_groups)"
              " - (SELECT COALESCE(sum(difference), 0) FROM customer_changes"
              " WHERE field = 'arr' AND valid_from >= $1 AND difference IS NOT NULL)"
              " + (SELECT COALESCE(sum(c.difference), 0) FROM customers"
              " CROSS JOIN customer_changes c WHERE c.customer_id = customers.id"  // SQLite keeps this order.
              " AND customers.scorecard IS NULL AND customers.latest_metrics_date IS NULL"
              " AND c.field = 'arr' AND c.valid_from >= $1 AND c.difference IS NOT NULL)",
              Timestamp{day + std::chrono::days{1}});
    return row.next() ? row.money(0) : Money{};
}

std::int64_t SociPortfolioRepository::data_version() {
    Query row(session_, "SELECT CAST(sum(version) AS bigint) FROM data_versions");
    return row.next() ? row.integer(0) : 0;
}

void SociPortfolioRepository::bump_data_version() {
    run(session_, "UPDATE data_versions SET version = version + 1 WHERE slot = $1", session_.slot() % kSlots);
}

}  // namespace keepwell::data
