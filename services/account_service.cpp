#include "services/account_service.hpp"

#include <algorithm>

#include "domain/error.hpp"
#include "domain/risk_factors.hpp"

namespace keepwell {
namespace {

constexpr std::int64_t kHistoryRows = 365;
constexpr Date kBeginningOfTime = std::chrono::year{1970} / 1 / 1;
constexpr Date kEndOfTime = std::chrono::year{9999} / 12 / 31;

Customer require(Repositories& in, CustomerId id) {
    auto customer = in.customers.find(id);
    if (!customer) throw Error{ErrorCode::kNotFound, "Account not found"};
    return *std::move(customer);
}

/// The latest row of each customer, in the order of the customers.
std::vector<Account> with_latest(Repositories& in, std::vector<Customer> customers) {
    std::vector<CustomerId> ids;
    for (const Customer& customer : customers) ids.push_back(customer.id);
    std::sort(ids.begin(), ids.end());
    const auto rows = in.daily_metrics.latest(ids, kEndOfTime);
    std::vector<Account> accounts;
    accounts.reserve(customers.size());
    for (Customer& customer : customers) {
        const auto row =
            std::lower_bound(rows.begin(), rows.end(), customer.id,
                             [](const DailyMetrics& left, CustomerId id) { return left.customer_id < id; });
        const bool found = row != rows.end() && row->customer_id == customer.id;
        accounts.push_back(
            {.customer = std::move(customer), .latest = found ? std::optional{*row} : std::nullopt});
    }
    return accounts;
}

}  // namespace

std::int64_t AccountService::count(Repositories& in, const CustomerFilter& filter) {
    const std::int64_t version = in.portfolio.data_version();
    if (const auto known = counts_.find(version, filter)) return *known;
    const std::int64_t counted = in.customers.count(filter);
    counts_.put(version, filter, counted);
    return counted;
}

AccountPage AccountService::list(const CustomerFilter& filter, CustomerOrder order, std::int64_t offset,
                                 std::int64_t limit) {
    return query(unit_of_work_, [&](Repositories& in) {
        AccountPage page{.total = count(in, filter), .accounts = {}, .next = {}};
        page.accounts = with_latest(in, in.customers.list(filter, order, offset, limit));
        const bool by_id = order.by == CustomerSort::kId && order.order == SortOrder::kAscending;
        if (by_id && !page.accounts.empty() && offset + std::ssize(page.accounts) < page.total) {
            page.next = page.accounts.back().customer.id;
        }
        return page;
    });
}

AccountPage AccountService::list_after(const CustomerFilter& filter, CustomerId after, std::int64_t limit) {
    return query(unit_of_work_, [&](Repositories& in) {
        AccountPage page{.total = count(in, filter), .accounts = {}, .next = {}};
        auto customers = in.customers.list_after(filter, after, limit + 1);
        const bool is_last = std::ssize(customers) <= limit;
        if (!is_last) customers.pop_back();
        page.accounts = with_latest(in, std::move(customers));
        if (!is_last) page.next = page.accounts.back().customer.id;
        return page;
    });
}

RowBands AccountService::bands(Repositories& in, const Customer& customer) const {
    const auto cards = rows_.cards(in);
    return [cards, &card = cards->rows_of(customer.scorecard).scorecard()](std::optional<double> score) {
        return score ? card.band(*score) : HealthStatus::kInsufficientData;
    };
}

void AccountService::score_as_of(Repositories& in, AccountDetail& detail, Date day) const {
    Customer& customer = detail.account.customer;
    if (rows_.cards(in)->scores_rows(customer.scorecard)) {
        customer.health_score = detail.history.empty() ? std::nullopt : detail.history.back().health_score;
        customer.health_status = detail.bands(customer.health_score);
        return;
    }
    const auto stored = in.health_scores.find_at(customer.id, day);
    customer.health_score = stored ? stored->overall_score : std::nullopt;
    customer.health_status = stored ? stored->status : HealthStatus::kInsufficientData;
}

AccountDetail AccountService::get(CustomerId id, std::optional<Date> as_of) {
    return query(unit_of_work_, [&](Repositories& in) {
        AccountDetail detail;
        detail.account.customer = require(in, id);
        detail.history =
            in.daily_metrics.history(id, kBeginningOfTime, as_of.value_or(kEndOfTime), kHistoryRows);
        if (!detail.history.empty()) detail.account.latest = detail.history.back();
        Customer& customer = detail.account.customer;
        detail.bands = bands(in, customer);
        if (as_of) {
            score_as_of(in, detail, *as_of);
            if (!detail.history.empty()) customer.arr = detail.history.back().arr;
        }
        const Date from = as_of.value_or(day_of(clock_.now()));
        for (std::size_t i = 0; i < kTrendDays.size(); ++i) {
            detail.trends[i] = account_trend(detail.history, from, kTrendDays[i]);
        }
        return detail;
    });
}

AccountHealth AccountService::health(CustomerId id, std::optional<Date> as_of) {
    return query(unit_of_work_, [&](Repositories& in) {
        require(in, id);
        const Date day = as_of.value_or(day_of(clock_.now()));
        AccountHealth health{.score = scoring_.calculate(in, id, day, clock_.now()), .risks = {}};
        health.score.as_of = day;
        const auto rows = in.daily_metrics.latest(std::span{&id, 1}, as_of.value_or(kEndOfTime));
        health.risks = risk_factors(health.score.overall_score, rows.empty() ? nullptr : &rows.back());
        return health;
    });
}

AccountHistory AccountService::history(CustomerId id, std::int64_t limit, std::optional<int> days) {
    return query(unit_of_work_, [&](Repositories& in) {
        const Customer customer = require(in, id);
        const Date from = days ? day_of(clock_.now()) - std::chrono::days{*days} : kBeginningOfTime;
        return AccountHistory{.rows = in.daily_metrics.history(id, from, kEndOfTime, limit),
                              .bands = bands(in, customer)};
    });
}

std::vector<std::string> AccountService::risks(CustomerId id) {
    return query(unit_of_work_, [&](Repositories& in) {
        const Customer customer = require(in, id);
        const auto rows = in.daily_metrics.latest(std::span{&id, 1}, kEndOfTime);
        return risk_factors(customer.health_score, rows.empty() ? nullptr : &rows.front());
    });
}

}  // namespace keepwell
