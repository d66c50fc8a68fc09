#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>

#include "api/app.hpp"
#include "api/commands/commands.hpp"
#include "api/commands/progress_bar.hpp"

namespace keepwell::api::commands {
namespace {

constexpr std::int64_t kShownErrors = 20;

void report(App& app, const Import& import) {
    const ImportCounts& counts = import.counts;
    std::cout << (import.dry_run ? "checked " : "imported ") << counts.rows_read - counts.rows_rejected
              << " rows";
    if (!import.dry_run) {
        std::cout << ": " << counts.accounts_created << " accounts created, " << counts.accounts_updated
                  << " updated, " << counts.metrics_created << " days of metrics created, "
                  << counts.metrics_updated << " updated";
    }
    std::cout << "\n";
    if (counts.rows_rejected == 0) return;
    std::cout << counts.rows_rejected << " rows were rejected:\n";
    const auto errors = app.imports().errors(import.id, kShownErrors);
    for (const ImportError& error : errors) {
        std::cout << "  line " << error.line << (error.column.empty() ? "" : ", " + error.column) << ": "
                  << error.message << "\n";
    }
    if (std::ssize(errors) == kShownErrors)
        std::cout << "  … all of them: GET /api/imports/" << import.id.value << "/errors\n";
}

}  // namespace

Run import(CLI::App& command) {
    const auto file = std::make_shared<std::string>();
    const auto dry_run = std::make_shared<bool>(false);
    command.add_option("FILE", *file, "A CSV file of daily account metrics")->required();
    command.add_flag("--dry-run", *dry_run, "Check the file and write nothing");
    return [file, dry_run](const Config& config) {
        App app(config);
        ProgressBar bar(*file);
        const Import done = app.imports().import_file(*file, *dry_run, [&](const Import& now) {
            bar.show(now.bytes_done, now.content_length, std::to_string(now.counts.rows_read) + " rows");
        });
        bar.end();
        report(app, done);
        return 0;
    };
}

}  // namespace keepwell::api::commands
