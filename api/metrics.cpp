#include "api/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <array>
#include <map>
#include <mutex>

#include "api/router.hpp"

namespace keepwell::api {
namespace {

/// Of what is done in the background.
const prometheus::Histogram::BucketBoundaries kLagSeconds{0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 3600};
const prometheus::Histogram::BucketBoundaries kSeconds{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                       0.1,    0.25,  0.5,    1,     2.5,  5,     10};

struct RouteSeries {
    std::array<prometheus::Counter*, 6> by_class{};  ///< Of 1xx … 5xx.
    prometheus::Histogram* seconds = nullptr;
    prometheus::Counter* queries = nullptr;
    prometheus::Counter* database_seconds = nullptr;
};

}  // namespace

struct Metrics::Series {
    struct AskedGauge {
        prometheus::Gauge* gauge;
        std::function<double()> value;
    };
    prometheus::Registry registry;
    std::map<const Route*, RouteSeries> routes;
    struct AskedCounter {
        prometheus::Counter* counter;
        std::function<double()> value;
    };
    std::vector<AskedGauge> gauges;
    std::vector<AskedCounter> counters;
    std::mutex scraping;  ///< Two scrapes at once would both add what a counter has grown by.
};

Metrics::Metrics(const std::vector<Route>& routes) : series_(std::make_unique<Series>()) {
    auto& registry = series_->registry;
    auto& requests = prometheus::BuildCounter()
                         .Name("keepwell_http_requests_total")
                         .Help("Requests answered, by route and class of status")
                         .Register(registry);
    auto& seconds = prometheus::BuildHistogram()
                        .Name("keepwell_http_request_seconds")
                        .Help("Time from the complete request to its answer")
                        .Register(registry);
    auto& queries = prometheus::BuildCounter()
                        .Name("keepwell_database_queries_total")
                        .Help("Statements that requests have run")
                        .Register(registry);
    auto& database = prometheus::BuildCounter()
                         .Name("keepwell_database_seconds_total")
                         .Help("Time that requests have waited for the database")
                         .Register(registry);
    const auto add = [&](const Route* route, const std::string& method, const std::string& path) {
        RouteSeries row;
        for (std::size_t status_class = 1; status_class < row.by_class.size(); ++status_class) {
            row.by_class[status_class] = &requests.Add(
                {{"method", method}, {"route", path}, {"status", std::to_string(status_class) + "xx"}});
        }
        const std::map<std::string, std::string> labels{{"method", method}, {"route", path}};
        row.seconds = &seconds.Add(labels, kSeconds);
        row.queries = &queries.Add(labels);
        row.database_seconds = &database.Add(labels);
        series_->routes.emplace(route, row);
    };
    for (const Route& route : routes) add(&route, std::string{to_string(route.method)}, route.path);
    add(nullptr, "other", "none");
}

Metrics::~Metrics() = default;

void Metrics::observe(const Route* route, int status, std::chrono::nanoseconds took, int queries,
                      std::chrono::nanoseconds database) {
    const auto found = series_->routes.find(route);
    const RouteSeries& row = found == series_->routes.end() ? series_->routes.at(nullptr) : found->second;
    const auto status_class = static_cast<std::size_t>(status / 100);
    if (status_class >= 1 && status_class < row.by_class.size()) row.by_class[status_class]->Increment();
    row.seconds->Observe(std::chrono::duration<double>(took).count());
    if (queries > 0) {
        row.queries->Increment(queries);
        row.database_seconds->Increment(std::chrono::duration<double>(database).count());
    }
}

void Metrics::add_gauge(const std::string& name, const std::string& help, std::function<double()> value) {
    auto& gauge = prometheus::BuildGauge().Name(name).Help(help).Register(series_->registry).Add({});
    series_->gauges.push_back({.gauge = &gauge, .value = std::move(value)});
}

void Metrics::add_counter(const std::string& name, const std::string& help, std::function<double()> value) {
    auto& counter = prometheus::BuildCounter().Name(name).Help(help).Register(series_->registry).Add({});
    series_->counters.push_back({.counter = &counter, .value = std::move(value)});
}

std::function<void(double)> Metrics::add_histogram(const std::string& name, const std::string& help) {
    auto& histogram =
        prometheus::BuildHistogram().Name(name).Help(help).Register(series_->registry).Add({}, kLagSeconds);
    return [&histogram](double seconds) { histogram.Observe(seconds); };
}

std::string Metrics::text() const {
    const std::lock_guard lock(series_->scraping);
    for (const Series::AskedCounter& asked : series_->counters)
        asked.counter->Increment(asked.value() - asked.counter->Value());
    for (const Series::AskedGauge& asked : series_->gauges) asked.gauge->Set(asked.value());
    return prometheus::TextSerializer().Serialize(series_->registry.Collect());
}

}  // namespace keepwell::api
