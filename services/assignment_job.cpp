#include "services/assignment_job.hpp"

#include <rapidjson/document.h>

#include <set>

#include "domain/assignment.hpp"
#include "services/json_writer.hpp"
#include "services/scored_customer.hpp"

namespace keepwell {
namespace {

constexpr std::string_view kJobType = "assign_scorecards";
constexpr std::int64_t kBatch = 500;

std::string to_json(std::span<const AssignmentRule> rules) {
    JsonWriter json;
    json.begin_array();
    for (const AssignmentRule& rule : rules) {
        json.begin_object().member("scorecard", rule.scorecard).key("conditions").begin_array();
        for (const RuleCondition& condition : rule.conditions) {
            json.begin_object().member("field", condition.field).member("operation", condition.operation);
            json.member("value", condition.value).end_object();
        }
        json.end_array().end_object();
    }
    json.end_array();
    return json.take();
}

/// What to_json() wrote.
std::vector<AssignmentRule> parse_rules(const std::string& text) {
    rapidjson::Document document;
    document.Parse(text);
    std::vector<AssignmentRule> rules;
    for (const auto& told : document.GetArray()) {
        AssignmentRule rule{.scorecard = told["scorecard"].GetString()};
        for (const auto& condition : told["conditions"].GetArray()) {
            rule.conditions.push_back({.field = condition["field"].GetString(),
                                       .operation = condition["operation"].GetString(),
                                       .value = condition["value"].GetString()});
        }
        rules.push_back(std::move(rule));
    }
    return rules;
}

bool is_default(const std::string& scorecard) {
    return scorecard == metrics_scorecard().name || scorecard == activity_scorecard().name;
}

/// Empty: it keeps what it has.
std::optional<std::string> new_scorecard(const Customer& customer, std::span<const AssignmentRule> before,
                                         std::span<const AssignmentRule> after, Date today) {
    if (!customer.scorecard) return std::nullopt;                // Decided at its first score.
    const ScoredCustomer scored = scored_customer(customer, 0);  // No rule asks for calls.
    const auto now = assigned_scorecard(after, scored, today);
    if (!now || now == customer.scorecard) return std::nullopt;
    const auto then = assigned_scorecard(before, scored, today);
    const bool was_given = then ? then == customer.scorecard : is_default(*customer.scorecard);
    return was_given ? now : std::nullopt;
}

}  // namespace

NewJob assignment_job(std::span<const AssignmentRule> before, Timestamp now) {
    return {.type = std::string{kJobType},
            .payload = to_json(before),
            .run_at = now,
            .max_attempts = 5,
            .dedupe_key = {}};
}

void AssignmentJobs::run_in(JobWorker& worker) {
    worker.add(std::string{kJobType}, [this](const Job& job, JobRun& run_of_job) {
        const std::int64_t changed = run(parse_rules(job.payload), run_of_job);
        JsonWriter json;
        json.begin_object().member("success", true).key("data").begin_object();
        json.member("customers_changed", changed).end_object().end_object();
        return json.take();
    });
}

std::int64_t AssignmentJobs::run(std::span<const AssignmentRule> before, JobRun& job) {
    std::int64_t changed = 0;
    CustomerId after{0};
    const auto rules = query(unit_of_work_, [](Repositories& in) { return in.scorecards.rules(); });
    while (true) {
        std::int64_t in_batch = 0;
        const CustomerId last = transact(unit_of_work_, [&](Repositories& in) {
            in_batch = 0;
            const Timestamp now = clock_.now();
            const auto customers = in.customers.list_after({}, after, kBatch);
            std::vector<CustomerId> moved;
            for (const Customer& customer : customers) {
                const auto card = new_scorecard(customer, before, rules, day_of(now));
                if (!card) continue;
                in.customers.update(customer.id, {.scorecard = card}, std::nullopt, now);
                moved.push_back(customer.id);
            }
            in.customers.mark_stale(moved);
            in.recalculations.request(moved, now, now);
            if (!moved.empty()) in.portfolio.bump_data_version();
            in_batch = std::ssize(moved);
            job.progress(in, 50);
            return customers.empty() ? after : customers.back().id;
        });
        changed += in_batch;
        if (last == after) break;
        after = last;
        job.checkpoint();
    }
    if (changed > 0) {
        unit_of_work_.run([&](Repositories& in) {
            in.jobs.add({.type = "recompute",
                         .payload = "{}",
                         .run_at = clock_.now(),
                         .max_attempts = 5,
                         .dedupe_key = {}},
                        clock_.now());
        });
    }
    return changed;
}

}  // namespace keepwell
