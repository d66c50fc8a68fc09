#pragma once

#include <memory>

#include "domain/health_factor.hpp"

/// The factors over an account's daily metrics row.
namespace keepwell::factors {

/// Above 100 users 100, above 50 80, above 10 60, else 6 per user.
std::unique_ptr<BaseHealthFactor> daily_active_users();
/// The rate in percent.
std::unique_ptr<BaseHealthFactor> feature_adoption_rate();
/// None 100, up to two 75, then the more the worse: min(50, 100 − 5 per ticket), never below 0.
std::unique_ptr<BaseHealthFactor> support_tickets_open();
/// −100 to 100 mapped onto 0 to 100; no data without a score.
std::unique_ptr<BaseHealthFactor> nps();
/// The login frequency in percent.
std::unique_ptr<BaseHealthFactor> login_rate();

}  // namespace keepwell::factors
