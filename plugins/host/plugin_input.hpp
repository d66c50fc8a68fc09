#pragma once

#include <memory_resource>

#include "domain/health_factor.hpp"
#include "plugins/sdk/keepwell_plugin.h"

namespace keepwell::plugins {

/// A factor's input as the tables of the boundary. A copy that owns every text: a call that does not come
/// back may go on reading it for ever.
class PluginInput {
public:
    /// Only what `needs` names is copied. `call` comes back to set_details().
    PluginInput(const FactorInput& input, const FactorNeeds& needs, bool wants_explanation, void* call);
    PluginInput(const PluginInput&) = delete;
    PluginInput& operator=(const PluginInput&) = delete;

    const keepwell_input* table() const { return &table_; }

private:
    keepwell_text text(std::string_view text);
    /// `count` items in the arena, and their description in `array`.
    template <typename Item>
    Item* items(keepwell_array& array, std::size_t count);
    void copy_customer(const ScoredCustomer& customer);
    void copy_metrics(std::span<const DailyMetrics> rows);
    void copy_activity(const ActivityWindow& window, Date from, Date as_of);
    void copy_events(const ActivityWindow& window, Date from, Date as_of);
    void copy_day(const DailyActivity& day, keepwell_activity& row);
    void copy_attributes(const Attributes& attributes, keepwell_event& row);

    std::pmr::monotonic_buffer_resource memory_{4096};
    keepwell_customer customer_{};
    keepwell_input table_{};
};

}  // namespace keepwell::plugins
