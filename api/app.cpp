#include "api/app.hpp"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <filesystem>
#include <functional>
#include <optional>
#include <random>

#include "api/account_routes.hpp"
#include "api/customer_routes.hpp"
#include "api/dashboard_routes.hpp"
#include "api/event_routes.hpp"
#include "api/event_type_routes.hpp"
#include "api/health_routes.hpp"
#include "api/http_server.hpp"
#include "api/ingest_routes.hpp"
#include "api/job_routes.hpp"
#include "api/middleware.hpp"
#include "api/operation_routes.hpp"
#include "api/playbook_routes.hpp"
#include "api/plugin_routes.hpp"
#include "api/portfolio_routes.hpp"
#include "api/scorecard_body.hpp"
#include "api/scorecard_routes.hpp"
#include "api/segment_routes.hpp"
#include "api/spill_folder.hpp"
#include "api/web_routes.hpp"
#include "data/database.hpp"
#include "data/migrations.hpp"
#include "data/soci_unit_of_work.hpp"
#include "domain/error.hpp"
#include "plugins/host/plugin_host.hpp"
#include "services/account_service.hpp"
#include "services/assignment_job.hpp"
#include "services/customer_service.hpp"
#include "services/event_service.hpp"
#include "services/health_service.hpp"
#include "services/job_service.hpp"
#include "services/job_worker.hpp"
#include "services/playbook_service.hpp"
#include "services/portfolio_service.hpp"
#include "services/scheduler.hpp"
#include "services/segment_service.hpp"

namespace keepwell::api {
namespace {

template <typename... Groups>
std::vector<Route> concat(Groups&&... groups) {
    std::vector<Route> all;
    (all.insert(all.end(), groups.begin(), groups.end()), ...);
    return all;
}

data::DatabaseOptions database_options(const Config& config) {
    data::DatabaseOptions options;
    options.url = config.database_url;
    options.sessions = static_cast<std::size_t>(config.database_connections);
    options.transaction_pooler = config.database_pooler == "transaction";
    return options;
}

/// DATA_DIR with its folders, or what is wrong with it.
std::filesystem::path prepare_imports_folder(const Config& config) {
    const auto folder = std::filesystem::path{config.data_dir} / "imports";
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    if (!failure && ::access(folder.c_str(), W_OK | X_OK) != 0)
        failure.assign(errno, std::generic_category());
    if (failure) {
        throw Error{ErrorCode::kInvalid, "DATA_DIR: " + folder.string() +
                                             " can't be written: " + failure.message() +
                                             "; name a folder that this user may write to"};
    }
    return folder;
}

/// Unique among the processes that share a database.
std::string worker_name() {
    std::random_device random;
    return "worker-" + std::to_string(::getpid()) + "-" + std::to_string(random());
}

const SystemClock kSystemClock;

}  // namespace

// Members are built in the order in which they are declared and destroyed in reverse: the server stops before
// the services it calls go away.
struct App::Parts {
    Parts(const Config& app_config, const Clock& app_clock) : config(app_config), clock(app_clock) {}

    Config config;
    const Clock& clock;
    // Before anything that has threads or sessions: a plugin is tried in a copy of this process first.
    FactorRegistry factors = builtin_factors();
    plugins::PluginHost plugins{
        factors, {.time = std::chrono::milliseconds{config.plugin_time_limit_ms}}, config.plugin_dir};
    data::Database database{database_options(config)};
    data::Migrated migrated = data::migrate(database);
    data::SociUnitOfWork unit_of_work{database};
    ScorecardBook book{factors};
    HealthScoring scoring{book};
    AccountScoring row_scoring{book, scoring, clock};
    RecalculationWorker recalculation{
        unit_of_work, scoring, clock, {.threads = config.workers, .owner = worker_name()}};
    JobWorker worker{unit_of_work, clock, {.threads = config.job_threads, .owner = worker_name()}};
    ImportService imports{unit_of_work, row_scoring, clock, {.folder = prepare_imports_folder(config)}};
    RecomputeService recompute{unit_of_work, row_scoring, recalculation, clock};
    HealthService health{unit_of_work, book, scoring, factors, clock};
    Scheduler scheduler{unit_of_work, clock, {.owner = worker_name()}};
    AccountService accounts{unit_of_work, row_scoring, scoring, clock};
    PortfolioService portfolio{unit_of_work, clock};
    PlaybookService playbooks{unit_of_work, clock};
    JobService jobs{unit_of_work, clock};
    ScorecardService scorecards{unit_of_work, factors, clock, [this] { worker.wake(); }};
    ScorecardPreview preview{unit_of_work, book, factors, clock, read_scorecard_json};
    ScorecardBacktest backtest{unit_of_work, book, clock};
    AssignmentJobs assignments{unit_of_work, clock};
    EventTypeService event_types{unit_of_work};
    SegmentService segments{unit_of_work};
    CustomerService customers{unit_of_work, clock, [this] { recalculation.wake(); }};
    EventService events{unit_of_work,
                        event_types,
                        clock,
                        [this] { recalculation.wake(); },
                        {.retention = std::chrono::days{config.event_retention_days}}};
    std::atomic<bool> draining{false};
    Metrics* scraped = nullptr;
    Router router{concat(operation_routes({.check_database = [this] { check_database(); },
                                           .is_draining = [this] { return draining.load(); },
                                           .metrics_text = [this] { return scraped->text(); }}),
                         web_routes(), ingest_routes(imports, worker),
                         job_routes(jobs, worker, imports, recompute), account_routes(accounts),
                         health_routes(health), portfolio_routes(portfolio),
                         playbook_routes(playbooks, accounts), customer_routes(customers),
                         event_routes(events), event_type_routes(event_types), segment_routes(segments),
                         dashboard_routes(portfolio), scorecard_routes(scorecards, preview, backtest, worker),
                         plugin_routes([this] { return plugins.status(); }))};
    Metrics metrics{router.routes()};
    Middleware middleware{router, AccessPolicy{config}, metrics};
    std::optional<SpillFolder> spill;
    std::unique_ptr<HttpServer> server;

    void check_database() {
        unit_of_work.read([](Repositories& in) { in.portfolio.data_version(); });
    }
    double plugins_that_are(PluginStatus status) const {
        const auto all = plugins.status();
        return static_cast<double>(std::count_if(
            all.begin(), all.end(), [&](const Plugin& plugin) { return plugin.status == status; }));
    }
    void add_gauges();
    void store_builtin();
};

void App::Parts::add_gauges() {
    scraped = &metrics;
    metrics.add_gauge("keepwell_jobs_due", "Jobs that wait for a worker", [this] {
        return static_cast<double>(
            query(unit_of_work, [&](Repositories& in) { return in.jobs.count_due(clock.now()); }));
    });
    metrics.add_gauge("keepwell_jobs_running", "Jobs that run in this process",
                      [this] { return static_cast<double>(worker.stats().running); });
    metrics.add_gauge("keepwell_jobs_succeeded", "Jobs that this process has ended well",
                      [this] { return static_cast<double>(worker.stats().succeeded); });
    metrics.add_gauge("keepwell_jobs_failed", "Jobs that this process has given up",
                      [this] { return static_cast<double>(worker.stats().failed); });
    metrics.add_gauge("keepwell_plugins_loaded", "Plugins whose factors are asked",
                      [this] { return plugins_that_are(PluginStatus::kLoaded); });
    metrics.add_gauge("keepwell_plugins_refused", "Files of PLUGIN_DIR that could not be used",
                      [this] { return plugins_that_are(PluginStatus::kRefused); });
    metrics.add_gauge("keepwell_plugins_disabled", "Plugins that misbehaved and are asked no more",
                      [this] { return plugins_that_are(PluginStatus::kDisabled); });
    metrics.add_gauge("keepwell_recalculations_due", "Customers that are due to be scored", [this] {
        return static_cast<double>(query(
            unit_of_work, [&](Repositories& in) { return in.recalculations.backlog(clock.now()).due; }));
    });
    metrics.add_gauge("keepwell_recalculation_lag_seconds",
                      "Age of the oldest request for a score that none has followed yet", [this] {
                          const auto oldest = query(unit_of_work, [&](Repositories& in) {
                                                  return in.recalculations.backlog(clock.now());
                                              }).oldest_request;
                          if (!oldest) return 0.0;
                          return std::max(0.0, std::chrono::duration<double>(clock.now() - *oldest).count());
                      });
    metrics.add_counter("keepwell_customers_scored_total", "Customers that this process has scored",
                        [this] { return static_cast<double>(recalculation.stats().calculated); });
    metrics.add_counter("keepwell_customers_scored_failures_total",
                        "Calculations that failed in this process and are tried again",
                        [this] { return static_cast<double>(recalculation.stats().failed); });
    metrics.add_counter("keepwell_customers_scored_given_up_total",
                        "Calculations that this process has given up as dead jobs",
                        [this] { return static_cast<double>(recalculation.stats().given_up); });
    recalculation.observe_lag(
        metrics.add_histogram("keepwell_event_to_score_seconds",
                              "Time from the first request, such as an event, to the stored score"));
    metrics.add_gauge("keepwell_http_connections", "Connections that are open", [this] {
        return server ? static_cast<double>(server->stats().connections_open) : 0.0;
    });
    metrics.add_gauge("keepwell_http_refused",
                      "Requests that the edge refused as malformed, too large or too slow",
                      [this] { return server ? static_cast<double>(server->stats().refused_total) : 0.0; });
}

/// The library and the scorecards as data, for a database that lacks them.
void App::Parts::store_builtin() {
    playbooks.add_builtin();
    unit_of_work.run([&](Repositories& in) {
        for (const Scorecard& card : {metrics_scorecard(), activity_scorecard()}) {
            if (!in.scorecards.find(card.name)) in.scorecards.add(card, clock.now());
        }
    });
}

App::App(const Config& config) : App(config, kSystemClock) {}

App::App(const Config& config, const Clock& clock) : parts_(std::make_unique<Parts>(config, clock)) {
    parts_->add_gauges();
    parts_->store_builtin();
    parts_->imports.run_in(parts_->worker);
    parts_->recompute.run_in(parts_->worker);
    parts_->recalculation.run_in(parts_->worker);
    for (ScheduledTask& task : housekeeping(std::chrono::days{config.event_retention_days}))
        parts_->scheduler.add(std::move(task));
    parts_->preview.run_in(parts_->worker);
    parts_->backtest.run_in(parts_->worker);
    parts_->assignments.run_in(parts_->worker);
}

App::~App() {
    drain(std::chrono::milliseconds{0});
    parts_->server.reset();
}

void App::serve() {
    Parts& parts = *parts_;
    parts.imports.remove_orphans();
    parts.spill.emplace(std::filesystem::path{parts.config.data_dir} / "spill");
    Limits limits;
    limits.upload_bytes = static_cast<std::uint64_t>(parts.config.upload_limit_mb) * 1'000'000;
    const Middleware& middleware = parts.middleware;
    HttpHooks hooks{
        .match = [&middleware](Request& request) { return middleware.match(request); },
        .respond =
            [&middleware](const Route* route, const Request& request, const std::vector<Method>& allowed) {
                return middleware.respond(route, request, allowed);
            },
        .refuse = [&middleware](int status,
                                std::string_view detail) { return middleware.refuse(status, detail); }};
    parts.server = std::make_unique<HttpServer>(
        HttpServer::Options{.host = parts.config.api_host,
                            .port = static_cast<std::uint16_t>(parts.config.api_port),
                            .io_threads = parts.config.http_threads,
                            .waiting_threads = 16,
                            .spill_folder = parts.spill->path(),
                            .limits = limits},
        std::move(hooks));
    work();
}

void App::work() {
    parts_->worker.start();
    parts_->recalculation.start();
    parts_->scheduler.start();
}

std::uint16_t App::port() const {
    return parts_->server->port();
}

bool App::drain(std::chrono::milliseconds patience) {
    parts_->draining = true;
    // First the worker, so that requests that wait for a job are answered with 202 instead of being cut off.
    parts_->worker.stop();
    parts_->recalculation.stop();
    parts_->scheduler.stop();
    return parts_->server == nullptr || parts_->server->drain(patience);
}

const std::vector<Route>& App::routes() const {
    return parts_->router.routes();
}
UnitOfWork& App::unit_of_work() {
    return parts_->unit_of_work;
}
ImportService& App::imports() {
    return parts_->imports;
}
const HealthScoring& App::scoring() {
    return parts_->scoring;
}
RecalculationWorker& App::recalculation() {
    return parts_->recalculation;
}
RecomputeService& App::recompute() {
    return parts_->recompute;
}
ScorecardBacktest& App::backtest() {
    return parts_->backtest;
}

bool App::is_empty() {
    return query(parts_->unit_of_work,
                 [](Repositories& in) { return in.customers.list_ids(CustomerId{0}, 1).empty(); });
}

}  // namespace keepwell::api
