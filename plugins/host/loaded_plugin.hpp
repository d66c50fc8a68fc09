#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <mutex>
#include <optional>
#include <vector>

#include "domain/plugin.hpp"
#include "plugins/host/call_threads.hpp"
#include "plugins/sdk/keepwell_plugin.h"

namespace keepwell::plugins {

/// A shared object that was found to be a plugin, and how it behaves. Never unloaded: code of it may still
/// run on some thread, and objects of it may be anywhere. Thread-safe.
class LoadedPlugin {
public:
    struct Limits {
        std::chrono::milliseconds time{1000};  ///< A call that takes longer is an error,
        int patience = 2;                      ///< and this many times as long, the end of the plugin.
        int errors_in_a_row = 10;              ///< So are that many errors without a good answer in between.
    };

    /// Opens the file, looks at its table and starts it; all of it first in a process of its own. Throws
    /// Error{kInvalid} saying what is wrong.
    LoadedPlugin(const std::filesystem::path& file, Limits limits);

    const std::string& name() const { return name_; }
    const std::string& version() const { return version_; }
    /// As the plugin describes them; not checked yet.
    const std::vector<keepwell_factor>& factors() const { return factors_; }

    /// Runs a call on a thread of the plugin's own; `call` must own whatever it touches. How long it took;
    /// empty when it did not come back, which disables the plugin.
    std::optional<std::chrono::nanoseconds> run(std::function<void()> call);
    /// What is wrong with a call that took so long; empty when nothing is.
    std::string objection_to(std::chrono::nanoseconds took) const;
    /// To be told of each answer; disables the plugin after too many errors.
    void note_success() { errors_in_a_row_ = 0; }
    void note_error(std::string_view factor, const std::string& mistake);

    bool is_disabled() const { return disabled_; }
    /// Why it was disabled.
    std::string reason() const;
    Plugin status() const;

private:
    void open(const std::filesystem::path& file);
    void start();
    void disable(const std::string& reason);
    std::chrono::milliseconds patience() const { return limits_.time * limits_.patience; }

    Limits limits_;
    std::string file_;
    std::string name_;
    std::string version_;
    keepwell_plugin table_{};
    std::vector<keepwell_factor> factors_;
    CallThreads threads_;
    std::atomic<std::int64_t> errors_{0};
    std::atomic<int> errors_in_a_row_{0};
    std::atomic<bool> disabled_{false};
    mutable std::mutex mutex_;  ///< Of the reason.
    std::string reason_;
};

}  // namespace keepwell::plugins
