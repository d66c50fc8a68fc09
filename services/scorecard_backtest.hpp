#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/backtest.hpp"
#include "services/job_worker.hpp"
#include "services/score_replay.hpp"

namespace keepwell {

/// What a backtest shall look at.
struct BacktestWish {
    std::string scorecard{};
    std::optional<Date> from{};   ///< A year before `until` if not given.
    std::optional<Date> until{};  ///< Never later than today − horizon: who left must be known.
    int horizon_days = 90;
    int step_days = 30;
};
inline constexpr int kMaximumHorizonDays = 730;
inline constexpr int kMaximumReplayDays = 1830;
/// So many days may be replayed.
inline constexpr int kMaximumReplaySteps = 200;

struct BacktestResult {
    std::string scorecard{};
    int version = 0;
    Date from{};  ///< What was looked at.
    Date until{};
    int horizon_days = 0;
    BacktestReport report{};
};

/// Replays a scorecard over what is stored of its customers (of everybody while nobody has it), and says
/// whether it would have told who leaves. Customers are taken as they are today but for their events and
/// metrics. Thread-safe.
class ScorecardBacktest {
public:
    ScorecardBacktest(UnitOfWork& unit_of_work, ScorecardBook& book, const Clock& clock)
        : unit_of_work_(unit_of_work), book_(book), clock_(clock) {}

    void run_in(JobWorker& worker);
    /// Everything that is wrong with the wish, by JSON pointer.
    std::vector<FieldError> mistakes(const BacktestWish& wish) const;
    /// Queues a run. Throws Error{kNotFound}, Error{kInvalid}.
    JobId start(const BacktestWish& wish);

    /// Runs at once. Throws as start(), Error{kConflict} when the card can't be used.
    BacktestResult run(const BacktestWish& wish, const ReplayHooks& hooks) const;
    /// `{"success":true,"data":{…}}`.
    static std::string result_json(const BacktestResult& result);

private:
    struct Period {
        Date from;
        Date until;
    };
    Period period_of(const BacktestWish& wish) const;
    void check(Repositories& in, const BacktestWish& wish) const;

    UnitOfWork& unit_of_work_;
    ScorecardBook& book_;
    const Clock& clock_;
};

}  // namespace keepwell
