#include "services/job_progress.hpp"

#include <chrono>
#include <memory>

namespace keepwell {

ReplayHooks hooks_of(UnitOfWork& unit_of_work, JobRun& job) {
    using SteadyClock = std::chrono::steady_clock;
    const auto told = std::make_shared<SteadyClock::time_point>(SteadyClock::now());
    return {.progress =
                [&unit_of_work, &job, told](double percent) {
                    const auto now = SteadyClock::now();
                    if (now - *told < std::chrono::seconds{1}) return;
                    *told = now;
                    unit_of_work.run([&](Repositories& in) { job.progress(in, percent); });
                },
            .checkpoint = [&job] { job.checkpoint(); }};
}

}  // namespace keepwell
