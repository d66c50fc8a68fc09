#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/http_client.hpp"

namespace keepwell::testing {

using Environment = std::map<std::string, std::string>;

/// The program as users start it, in a process of its own. Killed with this, if it still runs.
class Process {
public:
    /// `environment` is all there is, but for PATH. Runs in `folder`, where its output goes to a file.
    Process(const std::vector<std::string>& arguments, const Environment& environment,
            const std::filesystem::path& folder);
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    void send(int signal) const;
    /// The status it ends with; 128 + signal when one has ended it. Empty: it still runs after `patience`.
    std::optional<int> wait(std::chrono::milliseconds patience = std::chrono::seconds(60));
    bool is_running() { return !wait(std::chrono::milliseconds(0)); }
    pid_t id() const { return pid_; }
    /// What it has written to both of its streams so far.
    std::string output() const;
    /// The most memory it has had so far, in bytes (VmHWM).
    std::size_t peak_memory() const;

private:
    pid_t pid_ = -1;
    std::optional<int> status_;
    std::filesystem::path output_;
};

/// `keepwell serve` on a free port. May be stopped and started again on the same data.
class ServerProcess {
public:
    /// Ready to answer once this returns. Throws with the program's output when it does not come up.
    explicit ServerProcess(Environment environment);

    std::uint16_t port() const { return port_; }
    Process& process() { return *process_; }
    const std::filesystem::path& folder() const { return folder_.path(); }
    /// Number of files that wait for their import, or are being received.
    std::size_t files() const;

    /// As the machine does when it loses power, as far as the program can tell.
    void kill();
    /// The status that it ends with after SIGTERM.
    std::optional<int> stop(std::chrono::milliseconds patience = std::chrono::seconds(30));
    void start();

private:
    TemporaryFolder folder_;
    Environment environment_;
    std::unique_ptr<Process> process_;
    std::uint16_t port_ = 0;
};

}  // namespace keepwell::testing
