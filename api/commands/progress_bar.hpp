#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace keepwell::api::commands {

/// How far a long command is, drawn over itself on standard error; nothing when that is no terminal.
class ProgressBar {
public:
    explicit ProgressBar(std::string title);
    /// Drawn at most ten times a second.
    void show(std::int64_t done, std::int64_t total, const std::string& remark);
    void end();

private:
    std::string title_;
    bool is_terminal_;
    bool has_drawn_ = false;
    std::chrono::steady_clock::time_point begin_;
    std::chrono::steady_clock::time_point drawn_;
};

}  // namespace keepwell::api::commands
