#pragma once

#include <span>

#include "data/session.hpp"
#include "domain/customer.hpp"

namespace keepwell::data {

// Table portfolio_groups holds the sums that PortfolioRepository::totals() answers, so that they cost the
// same for a thousand customers and for a million. Whoever changes segment, region, arr, health_status,
// health_score, scorecard or latest_metrics_date of customers, or deletes them, calls the first before and
// the second after, in the same transaction.

void take_out_of_portfolio(Session& session, std::span<const CustomerId> ids);
void put_into_portfolio(Session& session, std::span<const CustomerId> ids);

}  // namespace keepwell::data
