#include "services/recompute_service.hpp"

#include <chrono>
#include <cmath>

#include "services/json_writer.hpp"

namespace keepwell {
namespace {

constexpr std::string_view kJobType = "recompute";
constexpr std::int64_t kRowBatch = 10'000;
constexpr std::int64_t kAccountBatch = 500;
constexpr Date kBeginningOfTime = std::chrono::year{1970} / 1 / 1;
constexpr Date kEndOfTime = std::chrono::year{9999} / 12 / 31;

}  // namespace

void RecomputeService::run_in(JobWorker& worker) {
    worker.add(std::string{kJobType}, [this](const Job&, JobRun& job) {
        return result_json(run([&](Repositories& in) { job.progress(in, 50); }, [&] { job.checkpoint(); }));
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

RecomputeService::Result RecomputeService::run(const std::function<void(Repositories&)>& in_transaction,
                                               const std::function<void()>& after_batch) {
    const auto begin = std::chrono::steady_clock::now();
    rescore_rows(in_transaction, after_batch);
    Result result;
    result.accounts = rescore_accounts(in_transaction, after_batch);
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return result;
}

void RecomputeService::rescore_rows(const std::function<void(Repositories&)>& in_transaction,
                                    const std::function<void()>& after_batch) {
    CustomerId customer{0};
    Date date = kBeginningOfTime;
    while (true) {
        const auto rows = query(unit_of_work_, [&](Repositories& in) {
            return in.daily_metrics.scan(customer, date, kRowBatch);
        });
        if (rows.empty()) return;
        customer = rows.back().customer_id;
        date = rows.back().date;
        std::vector<DailyMetrics> changed;
        for (const DailyMetrics& row : rows) {
            const auto score = scoring_.score(row);
            if (score == row.health_score) continue;
            changed.push_back(row);
            changed.back().health_score = score;
        }
        if (!changed.empty()) {
            unit_of_work_.run([&](Repositories& in) {
                in.daily_metrics.save_row_scores(changed);
                in.portfolio.bump_data_version();
                in_transaction(in);
            });
        }
        after_batch();
    }
}

std::int64_t RecomputeService::rescore_accounts(const std::function<void(Repositories&)>& in_transaction,
                                                const std::function<void()>& after_batch) {
    std::int64_t with_metrics = 0;
    CustomerId after{0};
    while (true) {
        std::int64_t in_batch = 0;
        const CustomerId last = transact(unit_of_work_, [&](Repositories& in) {
            in_batch = 0;
            const auto customers = in.customers.list_after({}, after, kAccountBatch);
            if (customers.empty()) return after;
            std::vector<CustomerId> ids;
            for (const Customer& customer : customers) ids.push_back(customer.id);
            std::vector<CustomerId> outdated;
            auto customer = customers.begin();
            for (const DailyMetrics& row : in.daily_metrics.latest(ids, kEndOfTime)) {
                ++in_batch;
                while (customer->id < row.customer_id) ++customer;
                const auto score = scoring_.score(row);
                const bool is_current = customer->health_score == score &&
                                        customer->latest_metrics_date == row.date &&
                                        customer->health_status == scoring_.status(score);
                if (!is_current) outdated.push_back(row.customer_id);
            }
            if (!outdated.empty()) {
                scoring_.refresh(in, outdated);
                in.portfolio.bump_data_version();
            }
            in_transaction(in);
            return customers.back().id;
        });
        if (last == after) return with_metrics;
        after = last;
        with_metrics += in_batch;
        after_batch();
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
