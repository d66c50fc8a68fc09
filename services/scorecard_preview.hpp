#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/factor_registry.hpp"
#include "services/job_worker.hpp"
#include "services/score_replay.hpp"

namespace keepwell {

/// What a changed scorecard would do to the customers that have it, today.
struct PreviewResult {
    struct Side {
        std::optional<double> score{};
        HealthStatus status = HealthStatus::kInsufficientData;
    };
    struct Mover {
        CustomerId customer_id{};
        std::string customer_name{};
        Side before{};
        Side after{};
    };
    struct Sum {
        std::int64_t scored = 0;
        double scores = 0;
        std::map<HealthStatus, std::int64_t> by_status{};

        /// With two decimals; empty when nobody has a score.
        std::optional<double> average() const;
        void add(const Side& side);
    };
    std::int64_t customers = 0;
    Sum before{};
    Sum after{};
    std::map<std::pair<HealthStatus, HealthStatus>, std::int64_t> moves{};  ///< From one status to another.
    std::vector<Mover> movers{};  ///< Those whose score would move the most, at most kMovers.
};
inline constexpr std::size_t kMovers = 20;

/// Calculates, without storing anything, what a change of a scorecard would do. Thread-safe.
class ScorecardPreview {
public:
    /// Reads a card from what start() was given; a job may run in another process than its request.
    using ReadCard = std::function<Scorecard(std::string_view json)>;

    ScorecardPreview(UnitOfWork& unit_of_work, ScorecardBook& book, const FactorRegistry& factors,
                     const Clock& clock, ReadCard read_card)
        : unit_of_work_(unit_of_work),
          book_(book),
          factors_(factors),
          clock_(clock),
          read_card_(std::move(read_card)) {}

    void run_in(JobWorker& worker);
    /// Queues a run for the card, which must be without mistakes; its name says which card it would replace.
    JobId start(std::string card_json);

    /// Throws Error{kNotFound} when there is no such card yet, Error{kConflict} when it can't be used.
    PreviewResult run(const Scorecard& proposed, const ReplayHooks& hooks) const;
    /// `{"success":true,"data":{…}}`.
    static std::string result_json(const PreviewResult& result);

private:
    UnitOfWork& unit_of_work_;
    ScorecardBook& book_;
    const FactorRegistry& factors_;
    const Clock& clock_;
    ReadCard read_card_;
};

}  // namespace keepwell
