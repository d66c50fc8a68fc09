#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>

#include "api/app.hpp"
#include "api/commands/commands.hpp"
#include "api/commands/progress_bar.hpp"
#include "domain/error.hpp"
#include "services/demo/demo_csv.hpp"
#include "services/demo/demo_event_loading.hpp"

namespace keepwell::api::commands {
namespace {

struct Options {
    std::int64_t customers = 500;
    std::int64_t event_customers = 120;
    std::int64_t days = 180;
    std::uint64_t seed = 1;
    std::string csv;
    std::string last_day;
    bool if_empty = false;
    bool list_stories = false;
};

void write_to(const std::filesystem::path& path, const DemoPortfolio& portfolio) {
    std::ofstream file(path, std::ios::binary);
    write_csv(portfolio, [&](std::string_view text) {
        file.write(text.data(), static_cast<std::streamsize>(text.size()));
    });
    if (!file.flush())
        throw Error{ErrorCode::kUnavailable, path.string() + " can't be written: is the disk full?"};
}

/// The portfolio takes the way of any other file, so that the demo shows what an import does.
Import import_portfolio(App& app, const Config& config, const DemoPortfolio& portfolio) {
    const auto path =
        std::filesystem::path{config.data_dir} / ("demo-" + std::to_string(::getpid()) + ".csv");
    write_to(path, portfolio);
    ProgressBar bar("demo data");
    Import done;
    try {
        done = app.imports().import_file(path, false, [&](const Import& now) {
            bar.show(now.bytes_done, now.content_length, std::to_string(now.counts.rows_read) + " rows");
        });
    } catch (...) {
        std::filesystem::remove(path);
        throw;
    }
    bar.end();
    std::filesystem::remove(path);
    return done;
}

DemoEventsLoaded load_events(App& app, const DemoEventPortfolio& portfolio) {
    ProgressBar bar("demo events");
    const DemoEventsLoaded loaded =
        load_demo_events(app.unit_of_work(), app.scoring(), portfolio, SystemClock{}.now(),
                         [&](std::int64_t percent) { bar.show(percent, 100, ""); });
    bar.end();
    return loaded;
}

template <typename Story>
void list_story(Story story, const std::string& name) {
    std::cout << to_string(story) << ": " << name << " (" << description(story) << ")\n";
}

void list_stories(const DemoPortfolio& portfolio, const DemoEventPortfolio& event_portfolio) {
    for (const auto& planted : portfolio.planted())
        list_story(planted.story, portfolio.account(planted.number).attributes.name);
    for (std::int64_t number = 0; number < event_portfolio.customers(); ++number) {
        const DemoEventCustomer customer = event_portfolio.customer(number);
        if (customer.story != DemoEventStory::kOrdinary)
            list_story(customer.story, *customer.attributes.name);
    }
}

}  // namespace

Run demo(CLI::App& command) {
    const auto options = std::make_shared<Options>();
    command.add_option("--customers", options->customers, "How many customers")->capture_default_str();
    command
        .add_option("--event-customers", options->event_customers,
                    "How many customers with 90 days of events, scored by them")
        ->capture_default_str();
    command.add_option("--days", options->days, "How many days of history")->capture_default_str();
    command.add_option("--seed", options->seed, "Same seed, same portfolio")->capture_default_str();
    command.add_option("--last-day", options->last_day,
                       "Last day of the history, YYYY-MM-DD; today if not given");
    command.add_option("--csv", options->csv, "Write the portfolio to this CSV file instead of the database");
    command.add_flag("--if-empty", options->if_empty, "Do nothing when there are customers already");
    command.add_flag("--stories", options->list_stories, "List the customers with a planted story");
    return [options](const Config& config) {
        const auto last_day = options->last_day.empty() ? std::optional{day_of(SystemClock{}.now())}
                                                        : parse_date(options->last_day);
        if (!last_day) throw Error{ErrorCode::kInvalid, "--last-day must be a day, YYYY-MM-DD"};
        const DemoPortfolio portfolio(options->seed, options->customers, options->days, *last_day);
        const DemoEventPortfolio event_portfolio(options->seed, options->event_customers, portfolio);
        if (options->list_stories) {
            list_stories(portfolio, event_portfolio);
            return 0;
        }
        if (!options->csv.empty()) {
            write_to(options->csv, portfolio);
            return 0;
        }
        App app(config);
        if (options->if_empty && !app.is_empty()) {
            std::cout << "there are customers already: nothing to do\n";
            return 0;
        }
        const Import done = import_portfolio(app, config, portfolio);
        std::cout << done.counts.accounts_created << " accounts with " << done.counts.metrics_created
                  << " days of metrics are there";
        const DemoEventsLoaded loaded = load_events(app, event_portfolio);
        std::cout << ", and " << loaded.customers << " customers with " << loaded.events
                  << " events; see /app/\n";
        return 0;
    };
}

}  // namespace keepwell::api::commands
