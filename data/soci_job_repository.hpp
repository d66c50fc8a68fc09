#pragma once

#include "data/session.hpp"
#include "domain/job.hpp"

namespace keepwell::data {

/// Table jobs.
class SociJobRepository final : public JobRepository {
public:
    explicit SociJobRepository(Session& session) : session_(session) {}

    JobId add(const NewJob& job, Timestamp now) override;
    std::optional<Job> find(JobId id) override;
    std::vector<Job> claim(const std::vector<std::string>& types, std::string_view owner, Timestamp now,
                           std::chrono::milliseconds lease, int limit) override;
    bool extend(JobId id, std::string_view owner, double progress, Timestamp lease_until) override;
    bool succeed(JobId id, std::string_view owner, std::string_view result_json, Timestamp now) override;
    bool retry(JobId id, std::string_view owner, std::string_view error, Timestamp run_at) override;
    bool fail(JobId id, std::string_view owner, JobState end, std::string_view error, Timestamp now) override;
    std::vector<Job> list(std::optional<JobState> state, std::int64_t limit) override;
    std::int64_t count_due(Timestamp now) override;
    std::vector<Job> list_page(std::optional<JobState> state, std::optional<std::string> type,
                               std::optional<JobId> before, std::int64_t limit) override;
    bool replay(JobId id, Timestamp now) override;
    JobId bury(const NewJob& job, std::string_view error, Timestamp now) override;
    std::int64_t remove_ended(Timestamp before, std::int64_t limit) override;

private:
    Session& session_;
};

}  // namespace keepwell::data
