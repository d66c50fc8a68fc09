#include <spdlog/spdlog.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <csignal>
#include <cstring>
#include <iomanip>
#include <iostream>
#include <memory>
#include <sstream>
#include <thread>

#include "api/commands/commands.hpp"
#include "api/commands/plugin_samples.hpp"
#include "domain/error.hpp"
#include "plugins/host/plugin_host.hpp"

namespace keepwell::api::commands {
namespace {

using Milliseconds = std::chrono::milliseconds;

constexpr std::chrono::seconds kPatience{60};
constexpr int kCalls = 50;

/// What the child is doing, where the parent can read it after a crash.
class Stage {
public:
    Stage() {
        void* shared = ::mmap(nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (shared == MAP_FAILED)
            throw Error{ErrorCode::kUnavailable, "there is no memory to check a plugin"};
        text_ = static_cast<char*>(shared);
    }
    ~Stage() { ::munmap(text_, kBytes); }
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

    void enter(const std::string& text) {
        const std::size_t size = std::min(text.size(), kBytes - 1);
        std::memcpy(text_, text.data(), size);
        text_[size] = '\0';
    }
    const char* text() const { return text_; }

private:
    static constexpr std::size_t kBytes = 512;
    char* text_;
};

bool same(const FactorScore& left, const FactorScore& right) {
    return left.score == right.score && left.value == right.value && left.description == right.description &&
           left.trend == right.trend && left.details == right.details && left.error == right.error;
}

std::string number(double value) {
    std::ostringstream text;
    text << std::setprecision(5) << value;
    return text.str();
}

std::string needs_text(const FactorNeeds& needs) {
    std::string text = needs.metrics ? "metrics" : "";
    if (needs.activity) text += (text.empty() ? "" : ", ") + std::string{"activity"};
    if (needs.raw_events) text += (text.empty() ? "" : ", ") + std::string{"raw events"};
    return (text.empty() ? "the customer alone" : text) + ", " + std::to_string(needs.window_days) + " days";
}

/// Tries one factor on one sample and prints a line; false when it did something wrong.
bool try_sample(const BaseHealthFactor& factor, const PluginSample& sample) {
    const ActivityWindow window{.days = sample.days,
                                .events = sample.events,
                                .connected = &sample.connected,
                                .first_day = sample.first_day};
    FactorInput input{.metrics = sample.metrics, .as_of = plugin_sample_day()};
    if (sample.has_customer) {
        input.customer = &sample.customer;
        input.activity = &window;
    }
    const FactorScore first = factor.explain(input);
    std::string problem = first.error;
    int calls = 0;
    const auto begin = std::chrono::steady_clock::now();
    auto took = std::chrono::steady_clock::duration{};
    for (; problem.empty() && calls < kCalls && took < Milliseconds{200}; ++calls) {
        if (!same(first, factor.explain(input))) problem = "answers the same question differently each time";
        took = std::chrono::steady_clock::now() - begin;
    }
    if (problem.empty() && factor.score(input) != first.score)
        problem = "scores differently when no explanation is wanted";
    std::cout << "    " << std::left << std::setw(20) << sample.name;
    if (!problem.empty()) {
        std::cout << "WRONG: " << problem << std::endl;
        return false;
    }
    std::cout << std::setw(10) << (first.score ? number(*first.score) : "no data") << std::setw(10)
              << number(std::chrono::duration<double, std::micro>(took).count() / calls) + " us"
              << "  " << first.description << std::endl;
    return true;
}

/// In the child: whatever happens here happens to it alone. The exit code.
int check_here(const std::string& file, const Config& config, Stage& stage) {
    spdlog::set_level(spdlog::level::off);  // What is logged is printed here.
    FactorRegistry registry = builtin_factors();
    const std::size_t built_in = registry.all().size();
    stage.enter("it was loaded");
    plugins::PluginHost host(registry, {.time = Milliseconds{config.plugin_time_limit_ms}});
    const Plugin plugin = host.load_file(file);
    if (plugin.status == PluginStatus::kRefused) {
        std::cout << file << ": refused, it " << plugin.reason << std::endl;
        return 1;
    }
    std::cout << file << ": " << plugin.name << " " << plugin.version << std::endl;
    bool is_good = true;
    for (std::size_t i = built_in; i < registry.all().size(); ++i) {
        const BaseHealthFactor& factor = *registry.all()[i];
        std::cout << "  " << factor.name() << ": " << factor.summary() << " (weight "
                  << number(factor.default_weight()) << "; " << needs_text(factor.needs()) << ")"
                  << std::endl;
        for (const PluginSample& sample : plugin_samples()) {
            stage.enter(std::string{factor.name()} + " was asked about: " + sample.name);
            is_good = try_sample(factor, sample) && is_good;
        }
    }
    const Plugin after = host.status().front();
    if (after.status == PluginStatus::kDisabled)
        std::cout << "It would be disabled: " << after.reason << "\n";
    if (after.errors > 0) is_good = false;
    std::cout << (is_good ? "It can be used." : "It should not be used as it is.") << std::endl;
    return is_good ? 0 : 1;
}

/// Waits for the child, and ends it when it takes too long; empty in that case.
std::optional<int> wait_for(pid_t child) {
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    int status = 0;
    while (::waitpid(child, &status, WNOHANG) == 0) {
        if (std::chrono::steady_clock::now() > deadline) {
            ::kill(child, SIGKILL);
            ::waitpid(child, &status, 0);
            return std::nullopt;
        }
        std::this_thread::sleep_for(Milliseconds{10});
    }
    return status;
}

int check(const std::string& file, const Config& config) {
    Stage stage;
    std::cout.flush();
    const pid_t child = ::fork();
    if (child < 0) throw Error{ErrorCode::kUnavailable, "no process can be started to check the plugin in"};
    if (child == 0) {
        const rlimit no_core{0, 0};
        ::setrlimit(RLIMIT_CORE, &no_core);
        const int code = check_here(file, config, stage);
        std::cout.flush();
        ::_exit(code);  // A thread may be stuck in the plugin.
    }
    const auto status = wait_for(child);
    if (!status) {
        std::cout << file << ": hung for " << kPatience.count() << " s while " << stage.text() << "\n";
        return 1;
    }
    if (WIFSIGNALED(*status)) {
        const int signal = WTERMSIG(*status);
        std::cout << file << ": crashed with SIG" << ::sigabbrev_np(signal) << " while " << stage.text()
                  << "\n";
        return 1;
    }
    return WEXITSTATUS(*status);
}

}  // namespace

Run plugin(CLI::App& command) {
    command.require_subcommand(1);
    CLI::App* check_command = command.add_subcommand(
        "check", "Load a plugin in a process of its own and try its factors on made-up customers");
    const auto file = std::make_shared<std::string>();
    check_command->add_option("FILE", *file, "The shared object, *.so")->required();
    return [file](const Config& config) { return check(*file, config); };
}

}  // namespace keepwell::api::commands
