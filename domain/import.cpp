#include "domain/import.hpp"

namespace keepwell {

std::string_view to_string(ImportState state) {
    switch (state) {
        case ImportState::kQueued:
            return "queued";
        case ImportState::kRunning:
            return "running";
        case ImportState::kSucceeded:
            return "succeeded";
        case ImportState::kFailed:
            return "failed";
    }
    return {};
}

std::optional<ImportState> parse_import_state(std::string_view text) {
    for (const ImportState state :
         {ImportState::kQueued, ImportState::kRunning, ImportState::kSucceeded, ImportState::kFailed}) {
        if (to_string(state) == text) return state;
    }
    return std::nullopt;
}

}  // namespace keepwell
