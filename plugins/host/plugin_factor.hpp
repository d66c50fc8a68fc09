#pragma once

#include <memory>

#include "domain/health_factor.hpp"
#include "plugins/host/loaded_plugin.hpp"

namespace keepwell::plugins {

/// A plugin's factor as the rest of the program sees it. Does not throw for what the plugin does: that is no
/// data with an error.
class PluginFactor final : public BaseHealthFactor {
public:
    /// Throws Error{kInvalid} when the plugin describes it with values that make no sense.
    PluginFactor(std::shared_ptr<LoadedPlugin> plugin, const keepwell_factor& factor);

    std::string_view name() const override { return name_; }
    std::string_view summary() const override { return summary_; }
    std::string_view unit() const override { return unit_; }
    std::string_view plugin() const override { return plugin_->name(); }
    double default_weight() const override { return factor_.default_weight; }
    FactorNeeds needs() const override;

    std::optional<double> score(const FactorInput& input) const override;
    std::optional<double> value(const FactorInput& input) const override;
    FactorScore explain(const FactorInput& input) const override;

private:
    FactorScore ask(const FactorInput& input, bool wants_explanation) const;

    std::shared_ptr<LoadedPlugin> plugin_;
    keepwell_factor factor_;
    std::string name_;
    std::string summary_;
    std::string unit_;
};

}  // namespace keepwell::plugins
