#pragma once

#include "data/soci_customer_repository.hpp"
#include "data/soci_daily_activity_repository.hpp"
#include "data/soci_daily_metrics_repository.hpp"
#include "data/soci_event_repository.hpp"
#include "data/soci_event_type_repository.hpp"
#include "data/soci_health_override_repository.hpp"
#include "data/soci_health_score_repository.hpp"
#include "data/soci_import_repository.hpp"
#include "data/soci_job_repository.hpp"
#include "data/soci_lease_repository.hpp"
#include "data/soci_playbook_repository.hpp"
#include "data/soci_portfolio_repository.hpp"
#include "data/soci_recalculation_repository.hpp"
#include "data/soci_scorecard_repository.hpp"
#include "data/soci_segment_repository.hpp"
#include "data/soci_session_repository.hpp"
#include "domain/unit_of_work.hpp"

namespace keepwell::data {

/// One repository of each kind, bound to a session for as long as it lives.
class SociRepositories {
public:
    explicit SociRepositories(Session& session)
        : customers_(session),
          daily_metrics_(session),
          health_scores_(session),
          portfolio_(session),
          jobs_(session),
          imports_(session),
          playbooks_(session),
          scorecards_(session),
          events_(session),
          event_types_(session),
          activity_(session),
          sessions_(session),
          recalculations_(session),
          overrides_(session),
          segments_(session),
          leases_(session) {}
    SociRepositories(const SociRepositories&) = delete;
    SociRepositories& operator=(const SociRepositories&) = delete;

    Repositories& all() { return all_; }

private:
    SociCustomerRepository customers_;
    SociDailyMetricsRepository daily_metrics_;
    SociHealthScoreRepository health_scores_;
    SociPortfolioRepository portfolio_;
    SociJobRepository jobs_;
    SociImportRepository imports_;
    SociPlaybookRepository playbooks_;
    SociScorecardRepository scorecards_;
    SociEventRepository events_;
    SociEventTypeRepository event_types_;
    SociDailyActivityRepository activity_;
    SociSessionRepository sessions_;
    SociRecalculationRepository recalculations_;
    SociHealthOverrideRepository overrides_;
    SociSegmentRepository segments_;
    SociLeaseRepository leases_;
    Repositories all_{customers_,      daily_metrics_, health_scores_, portfolio_,   jobs_,     imports_,
                      playbooks_,      scorecards_,    events_,        event_types_, activity_, sessions_,
                      recalculations_, overrides_,     segments_,      leases_};
};

}  // namespace keepwell::data
