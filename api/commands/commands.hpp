#pragma once

#include <functional>
#include <string>
#include <vector>

#include "api/config.hpp"

namespace CLI {
class App;
}

/// One file per command: it declares its flags and what to do. The returned function runs it with the
/// settings and gives the exit code; it may throw Error, which main() shows.
namespace keepwell::api::commands {

using Run = std::function<int(const Config&)>;

Run serve(CLI::App& command);
Run work(CLI::App& command);
Run migrate(CLI::App& command);
Run import(CLI::App& command);
Run recompute(CLI::App& command);
Run routes(CLI::App& command);
Run demo(CLI::App& command);
Run backup(CLI::App& command);
Run restore(CLI::App& command);
Run scorecard(CLI::App& command);
Run plugin(CLI::App& command);

}  // namespace keepwell::api::commands
