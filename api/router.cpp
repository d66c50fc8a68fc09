#include "api/router.hpp"

#include <algorithm>
#include <stdexcept>

namespace keepwell::api {
namespace {

bool is_parameter(std::string_view segment) {
    return segment.starts_with('{') && segment.ends_with('}');
}
bool is_rest(std::string_view segment) {
    return is_parameter(segment) && segment.ends_with("...}");
}

std::string parameter_name(std::string_view segment) {
    const std::size_t tail = is_rest(segment) ? 4 : 1;
    return std::string{segment.substr(1, segment.size() - 1 - tail)};
}

}  // namespace

Router::Router(std::vector<Route> routes) : routes_(std::move(routes)) {
    for (std::size_t i = 0; i < routes_.size(); ++i) {
        auto segments = split(routes_[i].path);
        auto row = std::find_if(rows_.begin(), rows_.end(),
                                [&](const Row& known) { return known.segments == segments; });
        if (row == rows_.end())
            row = rows_.insert(rows_.end(), {.segments = std::move(segments), .routes = {}});
        for (const std::size_t other : row->routes) {
            if (routes_[other].method == routes_[i].method)
                throw std::logic_error("two routes for " + routes_[i].path);
        }
        row->routes.push_back(i);
    }
}

std::vector<std::string> Router::split(std::string_view path) {
    std::vector<std::string> segments;
    if (path.starts_with('/')) path.remove_prefix(1);
    while (!path.empty()) {
        const std::size_t slash = path.find('/');
        segments.emplace_back(path.substr(0, slash));
        if (slash == std::string_view::npos) return segments;
        path.remove_prefix(slash + 1);
        if (path.empty()) segments.emplace_back();
    }
    return segments;
}

std::optional<std::size_t> Router::fit(const Row& row, const std::vector<std::string>& segments) {
    const bool takes_rest = !row.segments.empty() && is_rest(row.segments.back());
    if (takes_rest ? segments.size() < row.segments.size() : segments.size() != row.segments.size())
        return std::nullopt;
    std::size_t fixed = 0;
    bool still_fixed = true;
    for (std::size_t i = 0; i < row.segments.size(); ++i) {
        if (is_parameter(row.segments[i])) {
            if (segments[i].empty() && !is_rest(row.segments[i])) return std::nullopt;
            still_fixed = false;
        } else if (row.segments[i] != segments[i]) {
            return std::nullopt;
        } else if (still_fixed) {
            ++fixed;
        }
    }
    return fixed * 2 + (takes_rest ? 0 : 1);
}

Router::Match Router::match(Method method, const std::vector<std::string>& segments) const {
    const Row* best = nullptr;
    std::size_t best_fit = 0;
    for (const Row& row : rows_) {
        const auto exactness = fit(row, segments);
        if (exactness && (best == nullptr || *exactness > best_fit)) {
            best = &row;
            best_fit = *exactness;
        }
    }
    Match match;
    if (best == nullptr) return match;
    for (const std::size_t index : best->routes) {
        match.allowed.push_back(routes_[index].method);
        if (routes_[index].method == method) match.route = &routes_[index];
    }
    for (std::size_t i = 0; i < best->segments.size(); ++i) {
        const std::string& segment = best->segments[i];
        if (!is_parameter(segment)) continue;
        std::string value = segments[i];
        for (std::size_t rest = i + 1; is_rest(segment) && rest < segments.size(); ++rest)
            value += "/" + segments[rest];
        match.parameters.emplace(parameter_name(segment), std::move(value));
    }
    return match;
}

}  // namespace keepwell::api
