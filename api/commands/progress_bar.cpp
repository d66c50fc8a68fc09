#include "api/commands/progress_bar.hpp"

#include <unistd.h>

#include <cstdio>

namespace keepwell::api::commands {
namespace {

constexpr std::chrono::milliseconds kRedraw{100};
constexpr int kWidth = 30;

}  // namespace

ProgressBar::ProgressBar(std::string title)
    : title_(std::move(title)),
      is_terminal_(::isatty(STDERR_FILENO) == 1),
      begin_(std::chrono::steady_clock::now()) {}

void ProgressBar::show(std::int64_t done, std::int64_t total, const std::string& remark) {
    const auto now = std::chrono::steady_clock::now();
    if (!is_terminal_ || now - drawn_ < kRedraw) return;
    drawn_ = now;
    has_drawn_ = true;
    const double share = total > 0 ? static_cast<double>(done) / static_cast<double>(total) : 1.0;
    const int filled = static_cast<int>(share * kWidth);
    const double seconds = std::chrono::duration<double>(now - begin_).count();
    const double left = share > 0.01 ? seconds / share - seconds : 0;
    std::string bar;
    for (int i = 0; i < kWidth; ++i) bar += i < filled ? "█" : "░";
    std::fprintf(stderr, "\r%s %s %3.0f%%  %s  %.0f s left \x1b[K", title_.c_str(), bar.c_str(), share * 100,
                 remark.c_str(), left);
}

void ProgressBar::end() {
    if (has_drawn_) std::fprintf(stderr, "\r\x1b[K");
}

}  // namespace keepwell::api::commands
