#include "services/recompute_service.hpp"

#include <chrono>
#include <cmath>
#include <thread>
#include <unordered_map>

#include "services/json_writer.hpp"

namespace keepwell {
namespace {

constexpr std::string_view kJobType = "recompute";
constexpr std::int64_t kRowBatch = 10'000;
constexpr std::int64_t kAccountBatch = 500;
/// How much of the progress is done once everybody has been asked for.
constexpr double kAskedPercent = 20;
constexpr std::chrono::milliseconds kLookAgain{50};
/// Customers that nobody has been able to score for so long are left to their retries.
constexpr std::chrono::seconds kPatience{10};
constexpr Date kBeginningOfTime = std::chrono::year{1970} / 1 / 1;
constexpr Date kEndOfTime = std::chrono::year{9999} / 12 / 31;

}  // namespace

void RecomputeService::run_in(JobWorker& worker) {
    worker.add(std::string{kJobType}, [this](const Job&, JobRun& job) {
        return result_json(
            run({.in_transaction = [&](Repositories& in, double percent) { job.progress(in, percent); },
                 .between = [&] { job.checkpoint(); }}));
    });
}

JobId RecomputeService::start() {
    return transact(unit_of_work_, [&](Repositories& in) {
        const Timestamp now = clock_.now();
        return in.jobs.add({.type = std::string{kJobType},
                            .payload = "{}",
                            .run_at = now,
                            .max_attempts = 5,
                            .dedupe_key = std::string{kJobType}},
                           now);
    });
}

RecomputeService::Result RecomputeService::run(const Hooks& hooks) {
    const auto begin = std::chrono::steady_clock::now();
    rescore_rows(hooks);
    std::int64_t requested = 0;
    Result result;
    result.accounts = request_all(hooks, requested);
    if (requested > 0) result.is_complete = wait_for(requested, clock_.now(), hooks);
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return result;
}

void RecomputeService::rescore_rows(const Hooks& hooks) {
    CustomerId customer{0};
    Date date = kBeginningOfTime;
    while (true) {
        std::vector<DailyMetrics> changed;
        const bool more = query(unit_of_work_, [&](Repositories& in) {
            changed.clear();
            const auto rows = in.daily_metrics.scan(customer, date, kRowBatch);
            if (rows.empty()) return false;
            std::vector<DailyMetrics> scored = rows;
            scoring_.score(in, scored);
            for (std::size_t i = 0; i < rows.size(); ++i) {
                if (scored[i].health_score != rows[i].health_score) changed.push_back(scored[i]);
            }
            customer = rows.back().customer_id;
            date = rows.back().date;
            return true;
        });
        if (!more) return;
        if (!changed.empty()) {
            unit_of_work_.run([&](Repositories& in) {
                in.daily_metrics.save_row_scores(changed);
                in.portfolio.bump_data_version();
                hooks.in_transaction(in, 0);
            });
        }
        hooks.between();
    }
}

/// Those who are scored by rows at once, the others become due. How many there are.
std::int64_t RecomputeService::request_all(const Hooks& hooks, std::int64_t& requested) {
    std::int64_t all = 0;
    CustomerId after{0};
    while (true) {
        std::int64_t looked_at = 0;
        std::int64_t asked = 0;
        const CustomerId last = transact(unit_of_work_, [&](Repositories& in) {
            const auto customers = in.customers.list_after({}, after, kAccountBatch);
            if (customers.empty()) return after;
            const Sorted sorted = sort_out(in, customers);
            if (!sorted.outdated.empty()) {
                scoring_.refresh(in, sorted.outdated);
                in.portfolio.bump_data_version();
            }
            in.recalculations.request(sorted.followed, clock_.now(), clock_.now());
            looked_at = sorted.by_rows + std::ssize(sorted.followed);
            asked = std::ssize(sorted.followed);
            hooks.in_transaction(in, kAskedPercent / 2);
            return customers.back().id;
        });
        if (last == after) return all;
        after = last;
        all += looked_at;
        requested += asked;
        hooks.between();
    }
}

RecomputeService::Sorted RecomputeService::sort_out(Repositories& in,
                                                    std::span<const Customer> customers) const {
    Sorted sorted;
    const auto cards = scoring_.cards(in);
    std::vector<CustomerId> ids;
    std::unordered_map<std::int64_t, const Customer*> by_rows;
    for (const Customer& customer : customers) {
        if (cards->scores_rows(customer.scorecard)) {
            ids.push_back(customer.id);
            by_rows.emplace(customer.id.value, &customer);
        } else {
            sorted.followed.push_back(customer.id);
        }
    }
    std::vector<DailyMetrics> rows = in.daily_metrics.latest(ids, kEndOfTime);
    scoring_.score(in, rows);
    sorted.by_rows = std::ssize(rows);
    for (const DailyMetrics& row : rows) {
        const Customer& customer = *by_rows.at(row.customer_id.value);
        const Scorecard& card = cards->rows_of(customer.scorecard).scorecard();
        const HealthStatus status =
            row.health_score ? card.band(*row.health_score) : HealthStatus::kInsufficientData;
        const bool is_current = customer.scorecard && customer.health_score == row.health_score &&
                                customer.latest_metrics_date == row.date && customer.health_status == status;
        if (!is_current) sorted.outdated.push_back(row.customer_id);
    }
    return sorted;
}

bool RecomputeService::wait_for(std::int64_t requested, Timestamp since, const Hooks& hooks) {
    worker_.wake();
    auto last_move = std::chrono::steady_clock::now();
    std::int64_t due = requested;
    while (true) {
        const std::int64_t claimed = worker_.run_batch();
        RecalculationRepository::Backlog backlog;
        unit_of_work_.run([&](Repositories& in) {
            backlog = in.recalculations.backlog(clock_.now());
            const double done =
                1 - static_cast<double>(std::min(backlog.due, requested)) / static_cast<double>(requested);
            hooks.in_transaction(in, kAskedPercent + (100 - kAskedPercent) * done);
        });
        hooks.between();
        if (!backlog.oldest_request || *backlog.oldest_request > since) return true;
        const auto now = std::chrono::steady_clock::now();
        if (claimed > 0 || backlog.due != due) last_move = now;
        if (now - last_move > kPatience) return false;
        due = backlog.due;
        if (claimed == 0) std::this_thread::sleep_for(kLookAgain);
    }
}

std::string RecomputeService::result_json(const Result& result) {
    JsonWriter json;
    json.begin_object();
    json.member("message",
                "Successfully recomputed health scores for " + std::to_string(result.accounts) + " accounts");
    json.member("accounts_updated", result.accounts);
    json.member("computation_time_seconds", std::round(result.seconds * 100) / 100).end_object();
    return json.take();
}

}  // namespace keepwell
