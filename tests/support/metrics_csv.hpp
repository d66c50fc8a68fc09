#pragma once

#include <string>

namespace keepwell::testing {

/// The documented columns.
inline const std::string kMetricsHeader =
    "account_name,segment,region,arr,date,daily_active_users,feature_adoption_rate,support_tickets_open,nps_"
    "score,"
    "login_frequency\n";

}  // namespace keepwell::testing
