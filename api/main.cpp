#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

#include "api/commands/commands.hpp"
#include "api/config.hpp"
#include "api/log.hpp"
#include "domain/error.hpp"

extern char** environ;

namespace {

using namespace keepwell;
using namespace keepwell::api;

Variables environment() {
    Variables variables;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string text = *entry;
        const std::size_t equals = text.find('=');
        if (equals != std::string::npos) variables[text.substr(0, equals)] = text.substr(equals + 1);
    }
    return variables;
}

Variables env_file() {
    std::ifstream file(".env");
    return parse_env_text(std::string{std::istreambuf_iterator<char>{file}, {}});
}

struct Command {
    const char* name;
    const char* description;
    commands::Run (*declare)(CLI::App&);
};

constexpr Command kCommands[]{
    {"serve", "Serve the API and the web app until stopped", commands::serve},
    {"work", "Calculate scores and run jobs for the nodes that serve, without serving", commands::work},
    {"migrate", "Bring the database to this version's schema (serve does it too)", commands::migrate},
    {"import", "Import a CSV file of daily account metrics", commands::import},
    {"recompute", "Calculate all health scores anew", commands::recompute},
    {"routes", "Print the route table", commands::routes},
    {"demo", "Fill the database with a made-up portfolio", commands::demo},
    {"scorecard", "Ask whether a scorecard tells who leaves", commands::scorecard},
    {"backup", "Write a backup of the database, while it is in use", commands::backup},
    {"restore", "Put a backup in the place of the database", commands::restore},
    {"plugin", "Look at a plugin before it is used", commands::plugin},
};

}  // namespace

int main(int argc, char** argv) {
    // A file that may not grow any more is an error like a full disk, not the end of the program.
    std::signal(SIGXFSZ, SIG_IGN);
    start_plain_logging();
    CLI::App program{"Keepwell: which customers are healthy, which are about to leave, and why."};
    program.set_version_flag("--version", KEEPWELL_VERSION);
    program.require_subcommand(1);
    Variables flags;
    std::map<std::string, commands::Run> runs;
    for (const Command& row : kCommands) {
        CLI::App* command = program.add_subcommand(row.name, row.description);
        runs.emplace(row.name, row.declare(*command));
        for (const Setting& setting : settings()) {
            command
                ->add_option_function<std::string>(
                    flag_name(setting),
                    [&flags, &setting](const std::string& value) {
                        flags[std::string{setting.name}] = value;
                    },
                    std::string{setting.description})
                ->group("Settings (also from the environment and .env)");
        }
    }
    CLI11_PARSE(program, argc, argv);
    try {
        const Config config = read_config({env_file(), environment(), flags});
        return runs.at(program.get_subcommands().front()->get_name())(config);
    } catch (const Error& error) {
        std::cerr << "keepwell: " << error.what() << "\n";
        for (const FieldError& field : error.fields()) {
            if (error.code() == ErrorCode::kUnreadable)
                std::cerr << "  " << field.pointer << ": " << field.message << "\n";
        }
        return error.code() == ErrorCode::kUnavailable ? 75 : 2;
    } catch (const std::exception& failure) {
        std::cerr << "keepwell: " << failure.what() << "\n";
        return 1;
    }
}
