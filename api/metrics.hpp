#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "api/route.hpp"

namespace keepwell::api {

/// What Prometheus scrapes. Thread-safe after construction.
class Metrics {
public:
    /// One series per route, so that nothing is looked up per request.
    explicit Metrics(const std::vector<Route>& routes);
    ~Metrics();

    /// `route` null: a request without one.
    void observe(const Route* route, int status, std::chrono::nanoseconds took, int queries,
                 std::chrono::nanoseconds database);
    /// Adds a gauge that is asked when scraped. Before serving only.
    void add_gauge(const std::string& name, const std::string& help, std::function<double()> value);
    /// Adds a counter that is asked when scraped; what it answers never falls. Before serving only.
    void add_counter(const std::string& name, const std::string& help, std::function<double()> value);
    /// Adds a histogram of seconds that something waited in the background, and answers what puts a value
    /// into it. Before serving only.
    std::function<void(double)> add_histogram(const std::string& name, const std::string& help);
    /// In the Prometheus text format.
    std::string text() const;

private:
    struct Series;
    std::unique_ptr<Series> series_;
};

}  // namespace keepwell::api
