#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/route.hpp"

namespace keepwell::api {

/// Finds the row for a decoded path. Filled once, then only read: thread-safe.
class Router {
public:
    /// Throws std::logic_error when two rows claim the same method and path.
    explicit Router(std::vector<Route> routes);

    struct Match {
        const Route* route = nullptr;
        std::vector<Method> allowed;  ///< Methods that the path has; empty: no such path.
        std::map<std::string, std::string> parameters;
    };
    /// `segments` are those of the path, each percent-decoded on its own.
    Match match(Method method, const std::vector<std::string>& segments) const;
    /// Splits a decoded path; "/" has no segments, a trailing "/" leaves an empty last one.
    static std::vector<std::string> split(std::string_view path);

    const std::vector<Route>& routes() const { return routes_; }

private:
    struct Row {
        std::vector<std::string> segments;  ///< A parameter is `{name}`, the last may be `{name...}`.
        std::vector<std::size_t> routes;
    };
    /// How exactly a row fits: the position of its first parameter, the later the better; empty: not at all.
    static std::optional<std::size_t> fit(const Row& row, const std::vector<std::string>& segments);

    std::vector<Route> routes_;
    std::vector<Row> rows_;
};

}  // namespace keepwell::api
