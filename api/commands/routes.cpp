#include <CLI/CLI.hpp>
#include <iomanip>
#include <iostream>

#include "api/app.hpp"
#include "api/commands/commands.hpp"
#include "api/router.hpp"

namespace keepwell::api::commands {
namespace {

std::string_view name(Access access) {
    switch (access) {
        case Access::kPublic:
            return "public";
        case Access::kViewer:
            return "viewer";
        case Access::kCsm:
            return "csm";
        case Access::kAdmin:
            return "admin";
        case Access::kMetrics:
            return "metrics";
    }
    return {};
}

}  // namespace

Run routes(CLI::App&) {
    return [](const Config& config) {
        Config scratch = config;
        scratch.database_url = "sqlite::memory:";
        const App app(scratch);
        for (const Route& route : app.routes()) {
            std::cout << std::left << std::setw(7) << to_string(route.method) << std::setw(34) << route.path
                      << std::setw(9) << name(route.access)
                      << (route.audited == Audited::kYes ? "audited" : "") << "\n";
        }
        return 0;
    };
}

}  // namespace keepwell::api::commands
