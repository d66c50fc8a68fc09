#include "plugins/host/load_trial.hpp"

#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <system_error>
#include <thread>

namespace keepwell::plugins {
namespace {

constexpr int kThrew = 3;

[[noreturn]] void run(const std::function<void()>& work) {
    const rlimit no_core{0, 0};
    ::setrlimit(RLIMIT_CORE, &no_core);
    for (const int signal : {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL}) std::signal(signal, SIG_DFL);
    try {
        work();
    } catch (...) {
        ::_exit(kThrew);
    }
    ::_exit(0);  // Nothing of this copy may be destroyed: its files and sessions are the original's.
}

}  // namespace

std::string objection_after_trial(const std::function<void()>& work, std::chrono::milliseconds patience) {
    const pid_t child = ::fork();
    if (child < 0) return "can't be tried: " + std::error_code(errno, std::generic_category()).message();
    if (child == 0) run(work);
    const auto deadline = std::chrono::steady_clock::now() + patience;
    int status = 0;
    pid_t ended = 0;
    while ((ended = ::waitpid(child, &status, WNOHANG)) == 0 || (ended < 0 && errno == EINTR)) {
        if (std::chrono::steady_clock::now() > deadline) {
            ::kill(child, SIGKILL);
            ::waitpid(child, &status, 0);
            return "did not finish loading within " + std::to_string(patience.count()) + " ms";
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    if (ended < 0) return {};  // Somebody else has waited for it; there is nothing to hold against it.
    if (WIFSIGNALED(status)) {
        const char* name = ::sigabbrev_np(WTERMSIG(status));
        return std::string{"crashes while it is loaded (SIG"} + (name == nullptr ? "?" : name) + ")";
    }
    if (WEXITSTATUS(status) == kThrew) return "throws while it is loaded";
    return WEXITSTATUS(status) == 0 ? std::string{} : "ends the program while it is loaded";
}

}  // namespace keepwell::plugins
