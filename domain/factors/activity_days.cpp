#include "domain/factors/activity_days.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace keepwell::factors {

std::optional<std::string> unknown_because(const FactorInput& input, std::string_view event_type,
                                           std::string_view things) {
    if (input.activity == nullptr || input.customer == nullptr) return "Not scored by events";
    if (!input.activity->is_connected(event_type))
        return "No " + std::string{things} + " have been received from any customer of this segment yet";
    const bool is_silent = !input.activity->first_day || *input.activity->first_day > input.as_of;
    const Date since = input.customer->signup_date.value_or(input.customer->known_since);
    if (is_silent && input.as_of - since < kTooYoung) return "Too new to tell: no events yet";
    return std::nullopt;
}

std::map<std::string, std::int64_t, std::less<>> most_frequent(const Counts& counts, std::size_t limit) {
    std::vector<std::pair<std::string_view, std::int64_t>> ordered(counts.begin(), counts.end());
    std::stable_sort(ordered.begin(), ordered.end(),
                     [](const auto& left, const auto& right) { return left.second > right.second; });
    if (ordered.size() > limit) ordered.resize(limit);
    std::map<std::string, std::int64_t, std::less<>> kept;
    for (const auto& [value, count] : ordered) kept.emplace(value, count);
    return kept;
}

ActivityDays::ActivityDays(const FactorInput& input, std::string_view event_type, int window_days) {
    const Date first = input.as_of - std::chrono::days{window_days - 1};
    middle_ = first + std::chrono::days{window_days / 2};
    if (input.activity == nullptr) return;
    const auto days = input.activity->days;
    auto day = std::partition_point(days.begin(), days.end(),
                                    [&](const DailyActivity& entry) { return entry.day < first; });
    for (; day != days.end() && day->day <= input.as_of; ++day)
        if (day->event_type == event_type) days_.push_back(&*day);
}

std::int64_t ActivityDays::events() const {
    std::int64_t total = 0;
    for (const DailyActivity* day : days_) total += day->count;
    return total;
}

double ActivityDays::sum(std::string_view attribute) const {
    double total = 0;
    for (const DailyActivity* day : days_)
        if (const auto found = day->sums.find(attribute); found != day->sums.end()) total += found->second;
    return total;
}

Counts ActivityDays::counts(std::string_view attribute) const {
    const std::string prefix = std::string{attribute} + "=";
    Counts counts;
    for (const DailyActivity* day : days_) {
        for (auto key = day->keys.lower_bound(prefix);
             key != day->keys.end() && key->first.starts_with(prefix); ++key)
            counts[std::string_view{key->first}.substr(prefix.size())] += key->second;
    }
    return counts;
}

std::optional<double> ActivityDays::last(std::string_view attribute) const {
    const LastValue* newest = nullptr;
    for (const DailyActivity* day : days_) {
        const auto found = day->last.find(attribute);
        if (found != day->last.end() && (newest == nullptr || newest->at <= found->second.at))
            newest = &found->second;
    }
    return newest == nullptr ? std::nullopt : std::optional{newest->value};
}

ActivityDays ActivityDays::later_half() const {
    ActivityDays half;
    std::copy_if(days_.begin(), days_.end(), std::back_inserter(half.days_),
                 [&](const DailyActivity* day) { return day->day >= middle_; });
    return half;
}

ActivityDays ActivityDays::earlier_half() const {
    ActivityDays half;
    std::copy_if(days_.begin(), days_.end(), std::back_inserter(half.days_),
                 [&](const DailyActivity* day) { return day->day < middle_; });
    return half;
}

std::optional<Trend> trend_between(double earlier, double later, Direction direction) {
    return trend_of_halves(std::array{earlier, later}, direction);
}

double share(double value) {
    return value > 0 ? std::min(1.0, value) : 0;
}

std::string counted(std::int64_t number, std::string_view one, std::string_view many) {
    if (number == 0) return "No " + std::string{many};
    return std::to_string(number) + " " + std::string{number == 1 ? one : many};
}

std::string short_decimal(double value) {
    const auto tenths = std::llround(value * 10);
    const std::string whole = std::to_string(tenths / 10);
    const auto rest = std::abs(tenths % 10);
    return rest == 0 ? whole : whole + "." + std::to_string(rest);
}

}  // namespace keepwell::factors
