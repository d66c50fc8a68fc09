#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "services/demo/demo_portfolio.hpp"

namespace keepwell {

/// Writes the portfolio as the documented CSV of daily metrics, account by account, in pieces of some 64 KB
/// (never in the middle of a row). Returns the number of data rows.
std::int64_t write_csv(const DemoPortfolio& portfolio, const std::function<void(std::string_view)>& write);

}  // namespace keepwell
