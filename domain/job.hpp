#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/time.hpp"

namespace keepwell {

struct JobId {
    std::int64_t value{};
    auto operator<=>(const JobId&) const = default;
};

enum class JobState {
    kQueued,
    kRunning,
    kSucceeded,
    kFailed,  ///< Failed for a reason that trying again can't mend.
    kDead,    ///< Failed as often as it may; kept, listed, can be replayed.
};
/// `queued`, `running`, `succeeded`, `failed`, `dead`.
std::string_view to_string(JobState state);
std::optional<JobState> parse_job_state(std::string_view text);

/// Work that survives a crash: written in the transaction that caused it, run by whoever claims it.
struct Job {
    JobId id;
    std::string type;
    std::string payload;  ///< JSON, understood by the type's runner.
    JobState state = JobState::kQueued;
    Timestamp run_at;
    int attempts = 0;
    int max_attempts = 5;
    std::string last_error;  ///< Safe to show.
    double progress = 0;     ///< 0 to 100.
    std::string result;      ///< JSON, once succeeded.
    Timestamp created_at;
    std::optional<Timestamp> started_at;
    std::optional<Timestamp> finished_at;
    std::string lease_owner;
};

struct NewJob {
    std::string type;
    std::string payload = "{}";
    Timestamp run_at;
    int max_attempts = 5;
    /// While an unfinished job with this key exists, add() returns that one. Empty: never coalesced.
    std::string dedupe_key;
};

/// Port: the durable queue (table jobs). A job whose lease has run out is claimed again: its owner died.
class JobRepository {
public:
    virtual ~JobRepository() = default;

    virtual JobId add(const NewJob& job, Timestamp now) = 0;
    virtual std::optional<Job> find(JobId id) = 0;
    /// Takes at most `limit` due jobs (or abandoned ones) of `types` for `owner` until now + lease, and
    /// counts an attempt on each. An abandoned job without attempts left becomes dead instead. Two claimers
    /// never get the same job (PostgreSQL: SKIP LOCKED; SQLite: one writer).
    virtual std::vector<Job> claim(const std::vector<std::string>& types, std::string_view owner,
                                   Timestamp now, std::chrono::milliseconds lease, int limit) = 0;
    /// Keeps the lease and says how far it is. False when it is no longer the owner's: stop working.
    virtual bool extend(JobId id, std::string_view owner, double progress, Timestamp lease_until) = 0;
    /// The three ends of a run; ignored (false) when the lease is no longer the owner's.
    virtual bool succeed(JobId id, std::string_view owner, std::string_view result_json, Timestamp now) = 0;
    virtual bool retry(JobId id, std::string_view owner, std::string_view error, Timestamp run_at) = 0;
    virtual bool fail(JobId id, std::string_view owner, JobState end, std::string_view error,
                      Timestamp now) = 0;
    /// Newest first.
    virtual std::vector<Job> list(std::optional<JobState> state, std::int64_t limit) = 0;
    /// As list(), those before `before` by id, of one type or any.
    virtual std::vector<Job> list_page(std::optional<JobState> state, std::optional<std::string> type,
                                       std::optional<JobId> before, std::int64_t limit) = 0;
    /// A failed or dead job is queued again with all its attempts; false when it is neither.
    virtual bool replay(JobId id, Timestamp now) = 0;
    /// Adds a job that is dead already, to be listed and replayed: work that was given up elsewhere.
    virtual JobId bury(const NewJob& job, std::string_view error, Timestamp now) = 0;
    /// Removes succeeded jobs that ended before `before`, at most `limit`; how many.
    virtual std::int64_t remove_ended(Timestamp before, std::int64_t limit) = 0;
    /// Queued and due, for the depth metric.
    virtual std::int64_t count_due(Timestamp now) = 0;
};

}  // namespace keepwell
