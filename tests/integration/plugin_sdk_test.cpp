#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "plugins/host/plugin_host.hpp"
#include "tests/support/http_client.hpp"

namespace keepwell::plugins {
namespace {

using keepwell::testing::TemporaryFolder;

const std::filesystem::path kSource{KEEPWELL_SOURCE_DIR};

std::string content(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// Runs a script with `home` as its home, and the program that is tested in its path. What it said, when it
/// failed.
std::string failure_of(const std::string& script, const TemporaryFolder& home) {
    const auto file = home.path() / "script";
    std::ofstream(file) << "set -euo pipefail\n" << script;
    const std::string program_folder = std::filesystem::path{KEEPWELL_BINARY}.parent_path().string();
    const std::string log = (home.path() / "log").string();
    const std::string command = "cd " + kSource.string() + " && HOME=" + home.path().string() +
                                " PATH=" + program_folder + ":$PATH bash " + file.string() + " >" + log +
                                " 2>&1";
    const int status = std::system(command.c_str());  // NOLINT(bugprone-command-processor): our own script.
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? std::string{} : "failed:\n" + content(log);
}

/// The blocks of a page that are meant to be run as they stand, in their order.
std::string commands_of(const std::filesystem::path& page) {
    const std::string text = content(page);
    const std::string opening = "```bash\n";
    std::string commands;
    for (std::size_t at = text.find(opening); at != std::string::npos; at = text.find(opening, at)) {
        at += opening.size();
        const std::size_t end = text.find("\n```\n", at);
        commands += text.substr(at, end - at) + "\n";
        at = end;
    }
    return commands;
}

Plugin load(const std::filesystem::path& file) {
    FactorRegistry registry = builtin_factors();
    return PluginHost(registry, {}).load_file(file);
}

}  // namespace

TEST_CASE("a plugin is built outside of the tree against the SDK that the build installs, and loads") {
    const TemporaryFolder home;
    const std::string build = std::filesystem::path{KEEPWELL_PLUGINS}.parent_path().string();
    CHECK(failure_of("cmake --install " + build + " --component sdk --prefix ~/sdk\n" +
                         "cp -r plugins/nps_trend ~/nps_trend\n"
                         "cmake -S ~/nps_trend -B ~/build -DCMAKE_PREFIX_PATH=$HOME/sdk "
                         "-DCMAKE_DISABLE_FIND_PACKAGE_Catch2=ON -DCMAKE_CXX_FLAGS='-Wall -Wextra -Wpedantic "
                         "-Wconversion -Wshadow -Werror'\n"
                         "cmake --build ~/build\n",
                     home) == "");
    CHECK_FALSE(std::filesystem::exists(home.path() / "sdk" / "lib" / "keepwell"));
    const Plugin plugin = load(home.path() / "build" / "nps_trend.so");
    CHECK(plugin.reason.empty());
    CHECK(plugin.factors == std::vector<std::string>{"nps_trend"});
}

TEST_CASE("the commands of the page on writing a factor work as they stand", "[slow]") {
    const TemporaryFolder home;
    const std::string commands = commands_of(kSource / "docs/howto/write-a-factor.md");
    CHECK_THAT(commands, Catch::Contains("keepwell plugin check") && Catch::Contains("ctest"));
    CHECK(failure_of(commands, home) == "");
    const Plugin plugin = load(home.path() / "keepwell-plugins" / "login_recency.so");
    CHECK(plugin.reason.empty());
    CHECK(plugin.factors == std::vector<std::string>{"login_recency"});
}

}  // namespace keepwell::plugins
