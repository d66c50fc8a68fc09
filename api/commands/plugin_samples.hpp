#pragma once

#include <set>
#include <string>
#include <vector>

#include "domain/health_factor.hpp"

namespace keepwell::api::commands {

/// A made-up customer to try a factor on. Always the same.
struct PluginSample {
    std::string name{};  ///< For people: "a busy customer".
    bool has_customer = true;
    ScoredCustomer customer{.mrr = {}};
    std::vector<DailyMetrics> metrics{};
    std::vector<DailyActivity> days{};
    std::vector<CustomerEvent> events{};
    std::set<std::string, std::less<>> connected{};
    std::optional<Date> first_day{};
};

/// From nothing at all to values that nobody expects.
std::vector<PluginSample> plugin_samples();
/// The day on which they are scored.
Date plugin_sample_day();

}  // namespace keepwell::api::commands
