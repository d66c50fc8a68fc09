#include "tests/support/postgresql_server.hpp"

#include <cstdio>
#include <stdexcept>

namespace keepwell::testing {
namespace {

/// What the script prints, but for the line break.
std::string run_script(const std::string& action, const std::filesystem::path& folder) {
    const std::string command = KEEPWELL_SOURCE_DIR "/scripts/postgres " + action + " " + folder.string();
    std::FILE* output = ::popen(command.c_str(), "r");
    if (output == nullptr) throw std::runtime_error("cannot run scripts/postgres");
    std::string text;
    for (int letter = std::fgetc(output); letter != EOF; letter = std::fgetc(output))
        text += static_cast<char>(letter);
    if (::pclose(output) != 0) throw std::runtime_error("scripts/postgres " + action + " fails: " + text);
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
}

}  // namespace

PostgresqlServer::PostgresqlServer() {
    start();
}

PostgresqlServer::~PostgresqlServer() {
    try {
        stop();
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "%s\n", failure.what());
    }
}

void PostgresqlServer::start() {
    const std::string url = run_script("start", folder_.path());
    if (!url_.empty() && url != url_) throw std::runtime_error("the server came back elsewhere: " + url);
    url_ = url;
}

void PostgresqlServer::stop() const {
    run_script("stop", folder_.path());
}

}  // namespace keepwell::testing
