#include "data/soci_job_repository.hpp"

#include "data/sql_error.hpp"
#include "domain/error.hpp"

namespace keepwell::data {
namespace {

constexpr std::string_view kColumns =
    "id, type, payload, state, run_at, attempts, max_attempts, last_error, progress, result, created_at,"
    " started_at, finished_at, lease_owner";
constexpr int kAddAttempts = 10;

Job read_job(const Query& row) {
    Job job;
    job.id = {row.integer(0)};
    job.type = row.string(1);
    job.payload = row.string(2);
    job.state = parse_job_state(row.text(3)).value_or(JobState::kFailed);
    job.run_at = row.timestamp(4);
    job.attempts = static_cast<int>(row.integer(5));
    job.max_attempts = static_cast<int>(row.integer(6));
    job.last_error = row.string(7);
    job.progress = row.real(8);
    job.result = row.string(9);
    job.created_at = row.timestamp(10);
    job.started_at = row.timestamp_if(11);
    job.finished_at = row.timestamp_if(12);
    job.lease_owner = row.string(13);
    return job;
}

std::vector<Job> read_jobs(Query& query) {
    std::vector<Job> jobs;
    while (query.next()) jobs.push_back(read_job(query));
    return jobs;
}

/// What is claimed: due jobs by run_at, abandoned ones by the end of their lease.
struct Candidates {
    std::string_view where;
    std::string_view order;
};
constexpr Candidates kDue{"state = 'queued' AND run_at <= $1", "run_at, id"};
constexpr Candidates kAbandoned{"state = 'running' AND lease_until <= $1 AND attempts < max_attempts",
                                "lease_until, id"};
constexpr Candidates kExhausted{"state = 'running' AND lease_until <= $1 AND attempts >= max_attempts",
                                "lease_until, id"};

/// Names those of the types in $2 that nobody else is claiming at this moment; $3 is the limit.
/// Materialized: looked up once, so that no more are locked than are taken.
std::string with_claimable(Dialect dialect, const Candidates& candidates) {
    return "WITH claimable AS MATERIALIZED (SELECT id FROM jobs WHERE " + std::string(candidates.where) +
           " AND " + is_any_text(dialect, "type", 2) + " ORDER BY " + std::string(candidates.order) +
           " LIMIT $3" + std::string(for_update_skip_locked(dialect)) + ") ";
}

std::string claim_sql(Dialect dialect, const Candidates& candidates) {
    return with_claimable(dialect, candidates) +
           "UPDATE jobs SET state = 'running', attempts = attempts + 1, lease_owner = $4, lease_until = $5,"
           " started_at = COALESCE(started_at, $1) WHERE id IN (SELECT id FROM claimable) RETURNING " +
           std::string(kColumns);
}

std::string bury_sql(Dialect dialect) {
    return with_claimable(dialect, kExhausted) +
           "UPDATE jobs SET state = 'dead', finished_at = $1, lease_owner = '', lease_until = NULL,"
           " last_error = 'Its worker stopped without an answer.' WHERE id IN (SELECT id FROM claimable)";
}

}  // namespace

JobId SociJobRepository::add(const NewJob& job, Timestamp now) {
    std::optional<std::string_view> key;
    if (!job.dedupe_key.empty()) key = job.dedupe_key;
    for (int attempt = 0; attempt < kAddAttempts; ++attempt) {
        Query inserted(session_,
                       "INSERT INTO jobs (type, payload, state, run_at, max_attempts, dedupe_key, created_at)"
                       " VALUES ($1, $2, 'queued', $3, $4, $5, $6) ON CONFLICT (dedupe_key)"
                       " WHERE dedupe_key IS NOT NULL AND state IN ('queued', 'running')"
                       " DO NOTHING RETURNING id",
                       job.type, job.payload, job.run_at, job.max_attempts, key, now);
        if (inserted.next()) {
            const JobId id{inserted.integer(0)};
            while (inserted.next()) {
            }
            return id;
        }
        Query found(session_, "SELECT id FROM jobs WHERE dedupe_key = $1 AND state IN ('queued', 'running')",
                    key);
        if (found.next()) return {found.integer(0)};
        // It finished between the two statements.
    }
    throw SqlError(SqlFailure::kConflict, "a job with this key comes and goes");
}

std::optional<Job> SociJobRepository::find(JobId id) {
    static const std::string sql = "SELECT " + std::string(kColumns) + " FROM jobs WHERE id = $1";
    Query row(session_, sql, id.value);
    if (!row.next()) return std::nullopt;
    return read_job(row);
}

std::vector<Job> SociJobRepository::claim(const std::vector<std::string>& types, std::string_view owner,
                                          Timestamp now, std::chrono::milliseconds lease, int limit) {
    const Dialect dialect = session_.dialect();
    const std::vector<std::string_view> names(types.begin(), types.end());
    const std::string list = encode_list(dialect, names);
    run(session_, bury_sql(dialect), now, list, limit);
    std::vector<Job> jobs;
    for (const Candidates& candidates : {kAbandoned, kDue}) {
        const std::int64_t wanted = limit - static_cast<std::int64_t>(jobs.size());
        if (wanted <= 0) break;
        const std::string sql = claim_sql(dialect, candidates);
        Query query(session_, sql, now, list, wanted, owner, now + lease);
        std::vector<Job> claimed = read_jobs(query);
        std::sort(claimed.begin(), claimed.end(), [](const Job& left, const Job& right) {
            return left.run_at != right.run_at ? left.run_at < right.run_at : left.id < right.id;
        });
        std::move(claimed.begin(), claimed.end(), std::back_inserter(jobs));
    }
    return jobs;
}

bool SociJobRepository::extend(JobId id, std::string_view owner, double progress, Timestamp lease_until) {
    return run(session_,
               "UPDATE jobs SET progress = $3, lease_until = $4"
               " WHERE id = $1 AND lease_owner = $2 AND state = 'running'",
               id.value, owner, progress, lease_until) == 1;
}

bool SociJobRepository::succeed(JobId id, std::string_view owner, std::string_view result_json,
                                Timestamp now) {
    return run(session_,
               "UPDATE jobs SET state = 'succeeded', result = $3, progress = 100, finished_at = $4,"
               " lease_owner = '', lease_until = NULL"
               " WHERE id = $1 AND lease_owner = $2 AND state = 'running'",
               id.value, owner, result_json, now) == 1;
}

bool SociJobRepository::retry(JobId id, std::string_view owner, std::string_view error, Timestamp run_at) {
    return run(session_,
               "UPDATE jobs SET state = 'queued', last_error = $3, run_at = $4, lease_owner = '',"
               " lease_until = NULL WHERE id = $1 AND lease_owner = $2 AND state = 'running'",
               id.value, owner, error, run_at) == 1;
}

bool SociJobRepository::fail(JobId id, std::string_view owner, JobState end, std::string_view error,
                             Timestamp now) {
    return run(session_,
               "UPDATE jobs SET state = $3, last_error = $4, finished_at = $5, lease_owner = '',"
               " lease_until = NULL WHERE id = $1 AND lease_owner = $2 AND state = 'running'",
               id.value, owner, to_string(end), error, now) == 1;
}

std::vector<Job> SociJobRepository::list(std::optional<JobState> state, std::int64_t limit) {
    const std::string columns = "SELECT " + std::string(kColumns) + " FROM jobs";
    if (state) {
        const std::string sql = columns + " WHERE state = $1 ORDER BY id DESC LIMIT $2";
        Query query(session_, sql, to_string(*state), limit);
        return read_jobs(query);
    }
    const std::string sql = columns + " ORDER BY id DESC LIMIT $1";
    Query query(session_, sql, limit);
    return read_jobs(query);
}

std::int64_t SociJobRepository::count_due(Timestamp now) {
    Query row(session_, "SELECT count(*) FROM jobs WHERE state = 'queued' AND run_at <= $1", now);
    return row.next() ? row.integer(0) : 0;
}

std::vector<Job> SociJobRepository::list_page(std::optional<JobState> state, std::optional<std::string> type,
                                              std::optional<JobId> before, std::int64_t limit) {
    std::vector<Value> values;
    std::string where;
    const auto add = [&](std::string_view comparison, const Value& value) {
        values.push_back(value);
        where += (where.empty() ? " WHERE " : " AND ") + std::string(comparison) + "$" +
                 std::to_string(values.size());
    };
    if (state) add("state = ", to_string(*state));
    if (type) add("type = ", std::string_view(*type));
    if (before) add("id < ", before->value);
    values.emplace_back(limit);
    const std::string sql = "SELECT " + std::string(kColumns) + " FROM jobs" + where +
                            " ORDER BY id DESC LIMIT $" + std::to_string(values.size());
    Query query(session_, sql);
    for (std::size_t i = 0; i < values.size(); ++i) query.bind(static_cast<int>(i + 1), values[i]);
    return read_jobs(query);
}

bool SociJobRepository::replay(JobId id, Timestamp now) {
    {
        Query twin(
            session_,
            "SELECT 1 FROM jobs j JOIN jobs other ON other.dedupe_key = j.dedupe_key"
            " AND other.state IN ('queued', 'running') WHERE j.id = $1 AND j.state IN ('failed', 'dead')",
            id.value);
        if (twin.next()) {
            throw Error(ErrorCode::kConflict, "Another job for the same work is waiting or running already.");
        }
    }
    return run(session_,
               "UPDATE jobs SET state = 'queued', run_at = $2, attempts = 0, progress = 0, started_at = NULL,"
               " finished_at = NULL WHERE id = $1 AND state IN ('failed', 'dead')",
               id.value, now) == 1;
}

JobId SociJobRepository::bury(const NewJob& job, std::string_view error, Timestamp now) {
    std::optional<std::string_view> key;
    if (!job.dedupe_key.empty()) key = job.dedupe_key;
    Query row(
        session_,
        "INSERT INTO jobs (type, payload, state, run_at, attempts, max_attempts, dedupe_key, last_error,"
        " created_at, finished_at) VALUES ($1, $2, 'dead', $3, $4, $4, $5, $6, $7, $7) RETURNING id",
        job.type, job.payload, job.run_at, job.max_attempts, key, error, now);
    JobId id;
    while (row.next()) id = {row.integer(0)};
    return id;
}

std::int64_t SociJobRepository::remove_ended(Timestamp before, std::int64_t limit) {
    return run(session_,
               "DELETE FROM jobs WHERE id IN (SELECT id FROM jobs WHERE state = 'succeeded'"
               " AND finished_at < $1 ORDER BY id LIMIT $2)",
               before, limit);
}

}  // namespace keepwell::data
