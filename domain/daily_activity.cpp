#include "domain/daily_activity.hpp"

#include <cmath>
#include <limits>
#include <tuple>

#include "domain/activity_rules.hpp"

namespace keepwell {
namespace {

constexpr std::string_view kOther = "~other";

std::string_view name_of(std::string_view key) {
    return key.substr(0, key.find('=') + 1);  // With its '=', so that no name is the beginning of another.
}

bool is_bounded_by_itself(std::string_view name) {
    return name == "session_seconds=";
}

bool is_known(const ActivityRules& rules, std::string_view name) {
    return is_among(rules.numbers, name) || is_among(rules.texts, name) || is_among(rules.left_out, name);
}

double bounded_sum(double left, double right) {
    constexpr double kLargest = std::numeric_limits<double>::max();
    return std::clamp(left + right, -kLargest, kLargest);
}

template <typename Value, typename Compare>
void take_newer(Value& mine, Timestamp& mine_at, const Value& other, Timestamp other_at, Compare is_less) {
    if (mine_at < other_at || (mine_at == other_at && is_less(mine, other))) {
        mine = other;
        mine_at = other_at;
    }
}

bool is_less_final(const std::string& left, const std::string& right) {
    const auto rank = [](const std::string& status) {
        return std::pair{status == "resolved" || status == "closed", std::string_view(status)};
    };
    return rank(left) < rank(right);
}

/// Removes the last one of the attributes that the type doesn't know, once there are too many.
void bound_numbers(DailyActivity& activity, const ActivityRules& rules) {
    if (activity.sums.size() <= kMaximumUnknownAttributes) return;
    std::size_t unknown = 0;
    auto last = activity.sums.end();
    for (auto sum = activity.sums.begin(); sum != activity.sums.end(); ++sum) {
        if (is_known(rules, sum->first)) continue;
        ++unknown;
        last = sum;
    }
    if (unknown <= kMaximumUnknownAttributes) return;
    activity.last.erase(last->first);
    activity.sums.erase(last);
}

using Keys = std::map<std::string, std::int64_t, std::less<>>;
using KeyRange = std::pair<Keys::iterator, Keys::iterator>;

KeyRange keys_of(Keys& keys, std::string_view name) {
    const auto begin = keys.lower_bound(name);
    auto end = begin;
    while (end != keys.end() && end->first.starts_with(name)) ++end;
    return {begin, end};
}

/// Moves the last value of an attribute that has too many to the others.
void bound_values(Keys& keys, std::string_view name, KeyRange range) {
    std::size_t values = 0;
    auto last = range.second;
    for (auto key = range.first; key != range.second; ++key) {
        if (std::string_view(key->first).substr(name.size()) == kOther) continue;
        ++values;
        last = key;
    }
    if (values <= kMaximumKeysPerAttribute) return;
    const std::int64_t times = last->second;
    std::string other(name);
    keys.erase(last);
    keys[other.append(kOther)] += times;
}

/// Removes the last attribute that the type doesn't know, once there are too many.
void bound_names(Keys& keys, const ActivityRules& rules) {
    std::size_t unknown = 0;
    KeyRange last{keys.end(), keys.end()};
    for (auto key = keys.begin(); key != keys.end();) {
        const std::string_view name = name_of(key->first);
        const KeyRange range = keys_of(keys, name);
        if (!is_known(rules, name.substr(0, name.size() - 1))) {
            ++unknown;
            last = range;
        }
        key = range.second;
    }
    if (unknown > kMaximumUnknownAttributes) keys.erase(last.first, last.second);
}

}  // namespace

void TicketState::merge(const TicketState& other) {
    at = std::max(at, other.at);
    opened_at = std::min(opened_at, other.opened_at);
    take_newer(priority, priority_at, other.priority, other.priority_at, std::less<>{});
    take_newer(status, status_at, other.status, other.status_at, is_less_final);
    take_newer(type, type_at, other.type, other.type_at, std::less<>{});
    take_newer(satisfaction, satisfaction_at, other.satisfaction, other.satisfaction_at, std::less<>{});
    take_newer(resolution_time, resolution_time_at, other.resolution_time, other.resolution_time_at,
               std::less<>{});
}

void DailyActivity::add_number(std::string_view name, double value, Timestamp at) {
    auto sum = sums.find(name);
    if (sum != sums.end()) {
        sum->second = bounded_sum(sum->second, value);
        LastValue& newest = last[std::string(name)];
        take_newer(newest.value, newest.at, value, at, std::less<>{});
        return;
    }
    sums.emplace(name, value);
    last.emplace(name, LastValue{value, at});
    bound_numbers(*this, activity_rules_of(event_type));
}

void DailyActivity::count_key(std::string key, std::int64_t times) {
    const auto [mine, is_new] = keys.emplace(std::move(key), 0);
    mine->second += times;
    if (!is_new || keys.size() <= kMaximumUnknownAttributes) return;
    const std::string name(name_of(mine->first));
    const KeyRange range = keys_of(keys, name);
    const bool is_new_name = std::next(range.first) == range.second;
    if (is_new_name) {
        bound_names(keys, activity_rules_of(event_type));
    } else if (!is_bounded_by_itself(name)) {
        bound_values(keys, name, range);
    }
}

void DailyActivity::add_ticket(const std::string& id, const TicketState& state) {
    const auto [mine, is_new] = tickets.emplace(id, state);
    if (!is_new) {
        mine->second.merge(state);
    } else if (tickets.size() > kMaximumTicketsPerDay) {
        tickets.erase(std::prev(tickets.end()));
    }
}

void DailyActivity::add(const CustomerEvent& event) {
    const ActivityRules& rules = activity_rules_of(event_type);
    ++count;
    last_at = count == 1 ? event.occurred_at : std::max(last_at, event.occurred_at);
    for (const auto& [name, value] : event.attributes) {
        if (name.size() > kMaximumAttributeNameBytes ||
            name.find_first_of(std::string_view("=\0", 2)) != std::string::npos ||
            is_among(rules.left_out, name)) {
            continue;
        }
        const auto* text = std::get_if<std::string>(&value);
        if (text == nullptr || is_among(rules.numbers, name)) {
            if (const auto number = number_in(event.attributes, name)) {
                add_number(name, *number, event.occurred_at);
            }
        } else if (!text->empty() && (rules.counts_other_texts || is_among(rules.texts, name))) {
            const bool folded = rules.type == "payment" && name == "status";
            count_key(name + '=' + (folded ? folded_key_text(*text) : key_text(*text)), 1);
        }
    }
    if (rules.derive != nullptr) rules.derive(*this, event);
}

void DailyActivity::merge(const DailyActivity& other) {
    if (other.count == 0) return;
    last_at = count == 0 ? other.last_at : std::max(last_at, other.last_at);
    count += other.count;
    for (const auto& [name, value] : other.sums) {
        const auto newest = other.last.find(name);
        if (newest == other.last.end()) {
            double& sum = sums[name];
            sum = bounded_sum(sum, value);
        } else if (const auto mine = sums.find(name); mine != sums.end()) {
            mine->second = bounded_sum(mine->second, value);
            LastValue& my_last = last[name];
            take_newer(my_last.value, my_last.at, newest->second.value, newest->second.at, std::less<>{});
        } else {
            add_number(name, value, newest->second.at);
            if (const auto added = last.find(name); added != last.end()) added->second = newest->second;
        }
    }
    for (const auto& [key, times] : other.keys) count_key(key, times);
    for (const auto& [id, ticket] : other.tickets) add_ticket(id, ticket);
}

std::vector<DailyActivity> roll_up(std::vector<const CustomerEvent*> events) {
    const auto key = [](const CustomerEvent& event) {
        return std::tuple(event.customer_id, day_of(event.occurred_at), std::string_view(event.type));
    };
    std::sort(events.begin(), events.end(), [&](const CustomerEvent* left, const CustomerEvent* right) {
        return key(*left) < key(*right);
    });
    std::vector<DailyActivity> rolled;
    for (const CustomerEvent* event : events) {
        if (rolled.empty() || std::tuple(rolled.back().customer_id, rolled.back().day,
                                         std::string_view(rolled.back().event_type)) != key(*event)) {
            rolled.push_back({.customer_id = event->customer_id,
                              .day = day_of(event->occurred_at),
                              .event_type = event->type});
        }
        rolled.back().add(*event);
    }
    return rolled;
}

std::vector<DailyActivity> roll_up(std::span<const CustomerEvent> events) {
    std::vector<const CustomerEvent*> pointers;
    pointers.reserve(events.size());
    for (const CustomerEvent& event : events) pointers.push_back(&event);
    return roll_up(std::move(pointers));
}

}  // namespace keepwell
