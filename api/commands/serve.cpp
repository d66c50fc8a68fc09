#include <CLI/CLI.hpp>
#include <csignal>
#include <iostream>

#include <spdlog/spdlog.h>

#include "api/app.hpp"
#include "api/commands/commands.hpp"
#include "api/log.hpp"
#include "domain/error.hpp"

namespace keepwell::api::commands {
namespace {

constexpr std::chrono::seconds kDrainPatience{20};

void refuse_unsafe_start(const Config& config) {
    const auto refusals = start_refusals(config);
    if (refusals.empty()) return;
    std::string text = "refusing to start:";
    for (const std::string& refusal : refusals) text += "\n  " + refusal;
    throw Error{ErrorCode::kInvalid, text};
}

/// Signals are waited for, not handled: nothing may run inside a handler.
sigset_t block_stop_signals() {
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);  // A file that may not grow is an error like a full disk, not the end.
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGINT);
    sigaddset(&stop, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &stop, nullptr);
    return stop;
}

}  // namespace

Run serve(CLI::App&) {
    return [](const Config& config) {
        refuse_unsafe_start(config);
        start_logging(config.log_level);
        const sigset_t stop = block_stop_signals();
        App app(config);
        app.serve();
        spdlog::info("serving on http://{}:{}/ (version {})", config.api_host, app.port(), KEEPWELL_VERSION);
        if (!config.lets_local_in())
            spdlog::warn("signing in is not part of this version: only public routes are answered");
        int signal = 0;
        sigwait(&stop, &signal);
        spdlog::info("stopping: finishing what is running");
        const bool complete = app.drain(kDrainPatience);
        if (!complete) spdlog::warn("some requests took too long and were cut off");
        return 0;
    };
}

Run work(CLI::App&) {
    return [](const Config& config) {
        start_logging(config.log_level);
        const sigset_t stop = block_stop_signals();
        App app(config);
        app.work();
        spdlog::info("working: {} threads calculate scores, {} run jobs (version {})", config.workers,
                     config.job_threads, KEEPWELL_VERSION);
        int signal = 0;
        sigwait(&stop, &signal);
        spdlog::info("stopping: finishing what is running");
        app.drain(kDrainPatience);
        return 0;
    };
}

}  // namespace keepwell::api::commands
