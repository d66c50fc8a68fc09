#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "keepwell_input.hpp"

/// For tests of factors: an input made by hand.
namespace keepwell::sdk {

/// Owns what input() shows. Set up first, then ask: `TestInput(day).custom("tier", "gold").input()`.
class TestInput {
public:
    explicit TestInput(Day as_of) {
        table_.struct_size = sizeof table_;
        table_.as_of = as_of;
        table_.wants_explanation = 1;
        customer_.struct_size = sizeof customer_;
        customer_.id = 1;
        customer_.known_since = as_of - 365;
        customer_.name = text("Acme");
        customer_.segment = text("enterprise");
        customer_.region = text("");
        customer_.plan = text("");
        customer_.expected_api_calls = 1000;
        table_.customer = &customer_;
    }
    TestInput(const TestInput&) = delete;
    TestInput& operator=(const TestInput&) = delete;

    TestInput& custom(std::string_view name, std::string_view value) {
        custom_.push_back({text(name), text(value)});
        return *this;
    }
    TestInput& plan(std::string_view name) {
        customer_.plan = text(name);
        return *this;
    }
    TestInput& signup_day(Day day) {
        customer_.has_signup_day = 1;
        customer_.signup_day = day;
        return *this;
    }
    /// Events of this type come from somebody of the segment.
    TestInput& connected(std::string_view event_type) {
        connected_.push_back(text(event_type));
        return *this;
    }
    TestInput& first_day(Day day) {
        table_.has_first_day = 1;
        table_.first_day = day;
        return *this;
    }
    TestInput& metrics(const keepwell_metrics& row) {
        metrics_.push_back(row);
        return *this;
    }

    using Keys = std::vector<std::pair<std::string, std::int64_t>>;
    using Sums = std::vector<std::pair<std::string, double>>;
    /// A day's events of one type. Keys as `user=ann`. In the order of the days.
    TestInput& activity(Day day, std::string_view event_type, std::int64_t count, const Keys& keys = {},
                        const Sums& sums = {}) {
        keepwell_activity row{};
        row.day = day;
        row.event_type = text(event_type);
        row.count = count;
        row.last_at = (std::int64_t{day} + 1) * 86'400'000'000 - 1;
        keys_.emplace_back();
        for (const auto& [name, times] : keys) keys_.back().push_back({text(name), times});
        row.keys = array(keys_.back());
        sums_.emplace_back();
        last_.emplace_back();
        for (const auto& [name, value] : sums) {
            sums_.back().push_back({text(name), value});
            last_.back().push_back({text(name), value / static_cast<double>(count), row.last_at});
        }
        row.sums = array(sums_.back());
        row.last = array(last_.back());
        row.tickets = {nullptr, 0, sizeof(keepwell_ticket)};
        activity_.push_back(row);
        return *this;
    }

    /// Valid until this is changed or gone.
    Input input() {
        customer_.custom = array(custom_);
        table_.metrics = array(metrics_);
        table_.activity = array(activity_);
        table_.connected = array(connected_);
        table_.events = {nullptr, 0, sizeof(keepwell_event)};
        return Input(table_);
    }

private:
    keepwell_text text(std::string_view bytes) {
        texts_.emplace_back(bytes);
        return {texts_.back().c_str(), texts_.back().size()};
    }
    template <typename Item>
    static keepwell_array array(const std::vector<Item>& items) {
        return {items.data(), items.size(), sizeof(Item)};
    }

    std::deque<std::string> texts_;  // Its strings stay where they are.
    std::deque<std::vector<keepwell_count>> keys_;
    std::deque<std::vector<keepwell_sum>> sums_;
    std::deque<std::vector<keepwell_last>> last_;
    std::vector<keepwell_pair> custom_;
    std::vector<keepwell_metrics> metrics_;
    std::vector<keepwell_activity> activity_;
    std::vector<keepwell_text> connected_;
    keepwell_customer customer_{};
    keepwell_input table_{};
};

}  // namespace keepwell::sdk
