#include "tests/support/process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace keepwell::testing {
namespace {

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> result;
    for (std::string& text : texts) result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

std::string content(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace

Process::Process(const std::vector<std::string>& arguments, const Environment& environment,
                 const std::filesystem::path& folder) {
    static int number = 0;
    output_ = folder / ("output-" + std::to_string(++number) + ".txt");
    // Everything that needs memory comes before fork(): other threads may hold its lock.
    std::vector<std::string> command{KEEPWELL_BINARY};
    command.insert(command.end(), arguments.begin(), arguments.end());
    std::vector<std::string> variables{"PATH=/usr/bin:/bin"};
    for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"}) {
        if (const char* value = ::getenv(name)) variables.push_back(std::string{name} + "=" + value);
    }
    for (const auto& [name, value] : environment) variables.push_back(name + "=" + value);
    const auto argv = pointers(command);
    const auto envp = pointers(variables);
    const std::string directory = folder.string();
    const std::string output = output_.string();
    pid_ = ::fork();
    if (pid_ < 0) throw std::runtime_error("cannot start a process");
    if (pid_ > 0) return;
    const int sink = ::open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
    const int nothing = ::open("/dev/null", O_RDONLY);
    ::dup2(nothing, STDIN_FILENO);
    ::dup2(sink, STDOUT_FILENO);
    ::dup2(sink, STDERR_FILENO);
    if (::chdir(directory.c_str()) == 0) ::execve(argv.front(), argv.data(), envp.data());
    ::_exit(127);
}

Process::~Process() {
    if (status_) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
}

void Process::send(int signal) const {
    if (!status_) ::kill(pid_, signal);
}

std::optional<int> Process::wait(std::chrono::milliseconds patience) {
    const auto has_ended = [&] {
        int status = 0;
        if (status_ || ::waitpid(pid_, &status, WNOHANG) != pid_) return status_.has_value();
        status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        return true;
    };
    eventually(has_ended, patience);
    return status_;
}

std::string Process::output() const {
    return content(output_);
}

std::size_t Process::peak_memory() const {
    const std::string status = content("/proc/" + std::to_string(pid_) + "/status");
    const std::size_t found = status.find("VmHWM:");
    if (found == std::string::npos) return 0;
    return std::stoul(status.substr(found + 6)) * 1024;
}

ServerProcess::ServerProcess(Environment environment) : environment_(std::move(environment)) {
    environment_.emplace("API_PORT", "0");
    environment_.emplace("DATA_DIR", (folder_.path() / "files").string());
    environment_.emplace("DATABASE_URL", "sqlite:///" + (folder_.path() / "keepwell.db").string());
    start();
}

std::size_t ServerProcess::files() const {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(environment_.at("DATA_DIR")))
        count += entry.is_regular_file() ? 1 : 0;
    return count;
}

void ServerProcess::kill() {
    process_->send(SIGKILL);
    process_->wait();
}

std::optional<int> ServerProcess::stop(std::chrono::milliseconds patience) {
    process_->send(SIGTERM);
    return process_->wait(patience);
}

void ServerProcess::start() {
    const std::string announcement = "serving on http://127.0.0.1:";
    process_ = std::make_unique<Process>(std::vector<std::string>{"serve"}, environment_, folder_.path());
    std::size_t found = std::string::npos;
    std::string output;
    const bool is_up = eventually(
        [&] {
            output = process_->output();
            found = output.find(announcement);
            return found != std::string::npos || !process_->is_running();
        },
        std::chrono::seconds(30));
    if (!is_up || found == std::string::npos)
        throw std::runtime_error("the program does not come up: " + output);
    port_ = static_cast<std::uint16_t>(std::stoi(output.substr(found + announcement.size())));
}

}  // namespace keepwell::testing
