#include "domain/plugin.hpp"

namespace keepwell {

std::string_view to_string(PluginStatus status) {
    switch (status) {
        case PluginStatus::kLoaded:
            return "loaded";
        case PluginStatus::kRefused:
            return "refused";
        case PluginStatus::kDisabled:
            return "disabled";
    }
    return {};
}

}  // namespace keepwell
