#include "plugins/host/plugin_factor.hpp"

#include <cmath>

#include "domain/error.hpp"
#include "plugins/host/plugin_call.hpp"
#include "plugins/host/plugin_text.hpp"

namespace keepwell::plugins {
namespace {

constexpr std::int32_t kMaximumWindowDays = 1100;
constexpr std::uint32_t kKnownNeeds =
    KEEPWELL_NEEDS_METRICS | KEEPWELL_NEEDS_ACTIVITY | KEEPWELL_NEEDS_RAW_EVENTS;

std::string line(const char* text, std::size_t limit) {
    return text == nullptr ? std::string{} : readable(text, limit);
}

}  // namespace

PluginFactor::PluginFactor(std::shared_ptr<LoadedPlugin> plugin, const keepwell_factor& factor)
    : plugin_(std::move(plugin)),
      factor_(factor),
      summary_(line(factor.summary, 200)),
      unit_(line(factor.unit, 40)) {
    if (factor.name == nullptr || !is_name(factor.name)) {
        throw Error{ErrorCode::kInvalid,
                    "has a factor whose name is not made of a-z, 0-9 and _ (64 at most, a letter first)"};
    }
    name_ = factor.name;
    const auto refuse = [&](const std::string& why) {
        throw Error{ErrorCode::kInvalid, "has a factor " + name_ + " " + why};
    };
    if (factor.score == nullptr) refuse("without a score function");
    if (summary_.empty()) refuse("without a summary");
    if (!(factor.default_weight > 0 && factor.default_weight <= 100))
        refuse("whose default weight is not above 0 and at most 100");
    if (factor.window_days < 1 || factor.window_days > kMaximumWindowDays)
        refuse("whose window is not from 1 to 1100 days");
    if ((factor.needs & ~kKnownNeeds) != 0) refuse("that needs what this version does not have");
}

FactorNeeds PluginFactor::needs() const {
    return {.metrics = (factor_.needs & KEEPWELL_NEEDS_METRICS) != 0,
            .activity = (factor_.needs & KEEPWELL_NEEDS_ACTIVITY) != 0,
            .raw_events = (factor_.needs & KEEPWELL_NEEDS_RAW_EVENTS) != 0,
            .window_days = factor_.window_days};
}

std::optional<double> PluginFactor::score(const FactorInput& input) const {
    return ask(input, false).score;
}
std::optional<double> PluginFactor::value(const FactorInput& input) const {
    return ask(input, false).value;
}
FactorScore PluginFactor::explain(const FactorInput& input) const {
    return ask(input, true);
}

FactorScore PluginFactor::ask(const FactorInput& input, bool wants_explanation) const {
    FactorScore failed;
    if (!plugin_->is_disabled()) {
        const auto call = std::make_shared<PluginCall>(input, needs(), wants_explanation);
        if (const auto took = plugin_->run([call, factor = factor_] { call->run(factor); })) {
            PluginCall::Answer answer = call->answer();
            // It counts against the plugin, not against the score: equal inputs give equal answers.
            if (answer.mistake.empty()) answer.mistake = plugin_->objection_to(*took);
            if (answer.mistake.empty()) {
                plugin_->note_success();
            } else {
                plugin_->note_error(name_, answer.mistake);
            }
            return std::move(answer.score);
        }
    }
    failed.error = "the plugin " + plugin_->name() + " is disabled: " + plugin_->reason();
    return failed;
}

}  // namespace keepwell::plugins
