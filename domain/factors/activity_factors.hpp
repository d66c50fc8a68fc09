#pragma once

#include <memory>

#include "domain/health_factor.hpp"

/// The factors over a customer's events. r(x) is x kept between 0 and 1; windows are whole UTC days, the
/// scored one included; a part in brackets that has no data is left out and the rest rescaled.
namespace keepwell::factors {

/// 100·(0.8·r(calls/expected) + 0.2·r(distinct endpoints/5)) · (1 − 0.5·r(error rate/0.20)) over 30 days;
/// what is expected depends on the segment. Errors: status 400 and above.
std::unique_ptr<BaseHealthFactor> api_usage();
/// 100·(0.7·r(logins/20) + 0.15·[r(median session minutes/10)] + 0.15·r(active days/12)) over 30 days.
std::unique_ptr<BaseHealthFactor> login_frequency();
/// The mean over the payments of 90 days (on time 100, late 100·(1 − r(days/30)), failed or overdue 0,
/// pending not counted), minus 30·r(outstanding balance / max(monthly revenue, 1)).
std::unique_ptr<BaseHealthFactor> payment_timeliness();
/// 100·(0.8·r(distinct features/8) + 0.2·[share of them that are advanced]) over 30 days.
std::unique_ptr<BaseHealthFactor> feature_adoption();
/// Tickets of 30 days and open ones of any age: 100 − 10 each down to 40 at 6, then 5 each down to 10; minus
/// 10 for each open urgent one, 5 for each open high one; [mean satisfaction] blended in at 20 %; up to 10
/// points off for a median resolution above 48 hours (full at 7 days).
std::unique_ptr<BaseHealthFactor> support_tickets();

}  // namespace keepwell::factors
