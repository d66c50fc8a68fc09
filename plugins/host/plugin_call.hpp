#pragma once

#include <string>

#include "plugins/host/plugin_input.hpp"

namespace keepwell::plugins {

/// One question to a factor and its answer. Shared by who asks and by the thread that calls the plugin, for
/// the call may outlive the one who asked.
class PluginCall {
public:
    PluginCall(const FactorInput& input, const FactorNeeds& needs, bool wants_explanation);

    /// Calls the plugin; whatever it throws becomes an error.
    void run(const keepwell_factor& factor);

    struct Answer {
        FactorScore score;      ///< What of it can be used; without a score when there is an error.
        std::string mistake{};  ///< What the plugin did wrong; empty: nothing.
    };
    /// After run(): the answer, held against everything that was promised.
    Answer answer() const;

    /// What plugins are handed.
    static const keepwell_host& host_table();

private:
    static std::int32_t set_details(void* call, const char* json, std::size_t size);
    void check_details(Answer& answer) const;

    PluginInput input_;
    keepwell_result result_{};
    std::string failure_;  ///< Why there is no answer.
    std::string details_;
    std::size_t details_size_ = 0;  ///< Of what was set, whether it was kept or not.
};

/// The text in a fixed buffer of the boundary, up to its 0 or its end.
template <std::size_t size>
std::string_view text_in(const char (&buffer)[size]) {
    const std::string_view whole(buffer, size);
    return whole.substr(0, whole.find('\0'));
}

}  // namespace keepwell::plugins
