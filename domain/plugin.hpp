#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace keepwell {

enum class PluginStatus {
    kLoaded,    ///< Its factors are asked.
    kRefused,   ///< It could not be used; it has no factors.
    kDisabled,  ///< It misbehaved: until the next start its factors have no data.
};
/// `loaded`, `refused`, `disabled`.
std::string_view to_string(PluginStatus status);

/// A file of PLUGIN_DIR and what became of it.
struct Plugin {
    std::string file{};  ///< Its name in the folder.
    std::string name{};  ///< As the plugin says; empty when it could not be asked.
    std::string version{};
    PluginStatus status = PluginStatus::kLoaded;
    std::string reason{};  ///< Why it was refused or disabled; empty otherwise.
    std::vector<std::string> factors{};
    std::int64_t errors = 0;  ///< Calls that failed since the start.
};

}  // namespace keepwell
