#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>

#include "api/app.hpp"
#include "api/commands/commands.hpp"
#include "api/commands/progress_bar.hpp"
#include "data/backup.hpp"
#include "data/database.hpp"
#include "data/migrations.hpp"

namespace keepwell::api::commands {

Run migrate(CLI::App&) {
    return [](const Config& config) {
        data::Database database({.url = config.database_url});
        const data::Migrated done = data::migrate(database);
        std::cout << "schema version " << done.version << ": " << done.applied.size()
                  << " migrations applied\n";
        return 0;
    };
}

Run recompute(CLI::App&) {
    return [](const Config& config) {
        App app(config);
        app.recalculation().start();
        ProgressBar bar("recompute");
        RecomputeService::Hooks hooks;
        hooks.in_transaction = [&](Repositories&, double percent) {
            bar.show(static_cast<std::int64_t>(percent), 100, "");
        };
        const auto result = app.recompute().run(hooks);
        bar.end();
        std::cout << "rescored " << result.accounts << " accounts in " << result.seconds << " s\n";
        if (result.is_complete) return 0;
        std::cout << "some could not be scored: they are tried again while keepwell serve or keepwell work "
                     "runs, see the log\n";
        return 1;
    };
}

Run backup(CLI::App& command) {
    const auto file = std::make_shared<std::string>();
    command.add_option("FILE", *file, "Where to write the backup; must not exist yet")->required();
    return [file](const Config& config) {
        data::Database database({.url = config.database_url});
        data::backup(database, *file);
        std::cout << "backup written to " << *file << "\n";
        return 0;
    };
}

Run restore(CLI::App& command) {
    const auto file = std::make_shared<std::string>();
    const auto overwrite = std::make_shared<bool>(false);
    command.add_option("FILE", *file, "A backup that `keepwell backup` has written")->required();
    command.add_flag("--overwrite", *overwrite, "Replace the data that are there");
    return [file, overwrite](const Config& config) {
        data::Database database({.url = config.database_url});
        data::restore(database, *file, *overwrite ? data::Overwrite::kYes : data::Overwrite::kNo);
        std::cout << "restored from " << *file << "\n";
        return 0;
    };
}

}  // namespace keepwell::api::commands
