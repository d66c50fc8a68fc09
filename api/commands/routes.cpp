#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iomanip>
#include <iostream>
#include <memory>

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
        // The table does not depend on any data: a scratch database keeps the real one out of this.
        const auto folder = std::filesystem::temp_directory_path() / ("keepwell-routes-" + std::to_string(::getpid()));
        std::filesystem::create_directories(folder);
        Config scratch = config;
        scratch.database_url = "sqlite:///" + (folder / "scratch.db").string();
        scratch.data_dir = folder.string();
        const auto app = std::make_unique<App>(scratch);
        for (const Route& route : app->routes()) {
            std::cout << std::left << std::setw(7) << to_string(route.method) << std::setw(34) << route.path
                      << std::setw(9) << name(route.access)
                      << (route.audited == Audited::kYes ? "audited" : "") << "\n";
        }
        std::filesystem::remove_all(folder);
        return 0;
    };
}

}  // namespace keepwell::api::commands
