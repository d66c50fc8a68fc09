#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "keepwell_day.hpp"
#include "keepwell_plugin.h"

/// What a factor sees, as views: cheap to copy, and gone when score() returns.
namespace keepwell::sdk {

inline std::string_view view(const keepwell_text& text) {
    return {text.data, text.size};
}

/// An array of the boundary as a range of `View`, each made from an `Item`.
template <typename View, typename Item>
class List {
public:
    class iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = View;
        using difference_type = std::ptrdiff_t;
        using pointer = void;
        using reference = View;

        iterator(const keepwell_array* array, std::size_t index) : array_(array), index_(index) {}
        View operator*() const { return View(*KEEPWELL_ITEM(Item, *array_, index_)); }
        iterator& operator++() {
            ++index_;
            return *this;
        }
        iterator operator++(int) {
            iterator before = *this;
            ++index_;
            return before;
        }
        bool operator==(const iterator& other) const { return index_ == other.index_; }
        bool operator!=(const iterator& other) const { return index_ != other.index_; }

    private:
        const keepwell_array* array_;
        std::size_t index_;
    };

    explicit List(const keepwell_array& array) : array_(&array) {}
    iterator begin() const { return {array_, 0}; }
    iterator end() const { return {array_, array_->count}; }
    std::size_t size() const { return array_->count; }
    bool empty() const { return array_->count == 0; }
    View operator[](std::size_t index) const { return View(*KEEPWELL_ITEM(Item, *array_, index)); }
    View back() const { return (*this)[size() - 1]; }

private:
    const keepwell_array* array_;
};

/// What was measured on one day.
struct Metrics {
    explicit Metrics(const keepwell_metrics& row)
        : day(row.day),
          daily_active_users(row.daily_active_users),
          feature_adoption_rate(row.feature_adoption_rate),
          support_tickets_open(row.support_tickets_open),
          nps_score(row.has_nps_score != 0 ? std::optional<double>{row.nps_score} : std::nullopt),
          login_frequency(row.login_frequency),
          arr(row.arr) {}

    Day day;
    std::int64_t daily_active_users;
    double feature_adoption_rate;  ///< 0 to 1.
    std::int64_t support_tickets_open;
    std::optional<double> nps_score;  ///< −100 to 100.
    double login_frequency;           ///< 0 to 1.
    double arr;
};

/// The newest state of a support ticket on a day.
struct Ticket {
    explicit Ticket(const keepwell_ticket& row)
        : id(view(row.id)),
          priority(view(row.priority)),
          status(view(row.status)),
          type(view(row.type)),
          at(row.at),
          opened_at(row.opened_at),
          satisfaction(row.has_satisfaction != 0 ? std::optional<double>{row.satisfaction} : std::nullopt),
          resolution_time(row.has_resolution_time != 0 ? std::optional<double>{row.resolution_time}
                                                       : std::nullopt) {}

    std::string_view id;
    std::string_view priority;
    std::string_view status;
    std::string_view type;
    std::int64_t at;
    std::int64_t opened_at;
    std::optional<double> satisfaction;     ///< 1 to 5.
    std::optional<double> resolution_time;  ///< Seconds.
};

/// What a customer did on one day by one type of events.
class Activity {
public:
    /// A text that an attribute had on that day, and how often.
    struct Value {
        std::string_view text;
        std::int64_t count;
    };

    explicit Activity(const keepwell_activity& row) : row_(&row) {}

    Day day() const { return row_->day; }
    std::string_view event_type() const { return view(row_->event_type); }
    std::int64_t count() const { return row_->count; }
    std::int64_t last_at() const { return row_->last_at; }
    /// Of an attribute that is a number; empty when no event of the day had it.
    std::optional<double> sum(std::string_view attribute) const {
        for (std::size_t i = 0; i < row_->sums.count; ++i) {
            const auto* sum = KEEPWELL_ITEM(keepwell_sum, row_->sums, i);
            if (view(sum->name) == attribute) return sum->value;
        }
        return std::nullopt;
    }
    /// The last value of the day; empty when no event had it.
    std::optional<double> last(std::string_view attribute) const {
        for (std::size_t i = 0; i < row_->last.count; ++i) {
            const auto* last = KEEPWELL_ITEM(keepwell_last, row_->last, i);
            if (view(last->name) == attribute) return last->value;
        }
        return std::nullopt;
    }
    /// The texts of an attribute, at most 100; what was beyond counts as `~other`.
    std::vector<Value> values(std::string_view attribute) const {
        std::vector<Value> found;
        for (std::size_t i = 0; i < row_->keys.count; ++i) {
            const auto* key = KEEPWELL_ITEM(keepwell_count, row_->keys, i);
            const std::string_view name = view(key->name);
            if (name.size() > attribute.size() && name.substr(0, attribute.size()) == attribute &&
                name[attribute.size()] == '=')
                found.push_back({name.substr(attribute.size() + 1), key->count});
        }
        return found;
    }
    List<Ticket, keepwell_ticket> tickets() const { return List<Ticket, keepwell_ticket>(row_->tickets); }

private:
    const keepwell_activity* row_;
};

/// One event, for factors that need raw ones.
class Event {
public:
    explicit Event(const keepwell_event& row) : row_(&row) {}

    std::int64_t id() const { return row_->id; }
    std::string_view type() const { return view(row_->type); }
    std::int64_t occurred_at() const { return row_->occurred_at; }
    std::int64_t received_at() const { return row_->received_at; }
    Day day() const { return day_of(row_->occurred_at); }
    std::string_view json() const { return view(row_->data); }
    /// Empty when the attribute is missing or of another type.
    std::optional<double> number(std::string_view name) const {
        const keepwell_attribute* attribute = find(name, KEEPWELL_NUMBER);
        return attribute != nullptr ? std::optional<double>{attribute->number} : std::nullopt;
    }
    std::optional<std::string_view> text(std::string_view name) const {
        const keepwell_attribute* attribute = find(name, KEEPWELL_TEXT);
        return attribute != nullptr ? std::optional<std::string_view>{view(attribute->text)} : std::nullopt;
    }
    std::optional<bool> flag(std::string_view name) const {
        const keepwell_attribute* attribute = find(name, KEEPWELL_FLAG);
        return attribute != nullptr ? std::optional<bool>{attribute->flag != 0} : std::nullopt;
    }

private:
    const keepwell_attribute* find(std::string_view name, int kind) const {
        for (std::size_t i = 0; i < row_->attributes.count; ++i) {
            const auto* attribute = KEEPWELL_ITEM(keepwell_attribute, row_->attributes, i);
            if (attribute->kind == kind && view(attribute->name) == name) return attribute;
        }
        return nullptr;
    }

    const keepwell_event* row_;
};

class Customer {
public:
    explicit Customer(const keepwell_customer& row) : row_(&row) {}

    std::int64_t id() const { return row_->id; }
    std::string_view name() const { return view(row_->name); }
    std::string_view segment() const { return view(row_->segment); }
    std::string_view region() const { return view(row_->region); }
    std::string_view plan() const { return view(row_->plan); }
    double mrr() const { return row_->mrr; }
    Day known_since() const { return row_->known_since; }
    double expected_api_calls() const { return row_->expected_api_calls; }
    std::optional<Day> signup_day() const {
        return row_->has_signup_day != 0 ? std::optional<Day>{row_->signup_day} : std::nullopt;
    }
    /// A custom attribute.
    std::optional<std::string_view> custom(std::string_view name) const {
        for (std::size_t i = 0; i < row_->custom.count; ++i) {
            const auto* pair = KEEPWELL_ITEM(keepwell_pair, row_->custom, i);
            if (view(pair->name) == name) return view(pair->value);
        }
        return std::nullopt;
    }

private:
    const keepwell_customer* row_;
};

class Input {
public:
    explicit Input(const keepwell_input& input) : input_(&input) {}

    /// The day that is scored.
    Day as_of() const { return input_->as_of; }
    /// Empty where a lone row of metrics is scored.
    std::optional<Customer> customer() const {
        if (input_->customer == nullptr) return std::nullopt;
        return Customer(*input_->customer);
    }
    /// Oldest first; the last one is scored.
    List<Metrics, keepwell_metrics> metrics() const {
        return List<Metrics, keepwell_metrics>(input_->metrics);
    }
    /// By day, then type: the factor's window; support_ticket also of all days before it.
    List<Activity, keepwell_activity> activity() const {
        return List<Activity, keepwell_activity>(input_->activity);
    }
    /// Of one type, the days from `from` to `until`.
    std::vector<Activity> activity(std::string_view event_type, Day from, Day until) const {
        std::vector<Activity> found;
        for (const Activity row : activity()) {
            if (row.day() >= from && row.day() <= until && row.event_type() == event_type)
                found.push_back(row);
        }
        return found;
    }
    /// Oldest first; empty unless the factor needs raw events.
    List<Event, keepwell_event> events() const { return List<Event, keepwell_event>(input_->events); }
    /// Whether anybody of this customer's segment has ever sent events of that type: when not, silence says
    /// nothing.
    bool is_connected(std::string_view event_type) const {
        for (std::size_t i = 0; i < input_->connected.count; ++i) {
            if (view(*KEEPWELL_ITEM(keepwell_text, input_->connected, i)) == event_type) return true;
        }
        return false;
    }
    /// The first day with any event of this customer; empty: none yet.
    std::optional<Day> first_day() const {
        return input_->has_first_day != 0 ? std::optional<Day>{input_->first_day} : std::nullopt;
    }
    /// When false, only score and value are looked at: description, trend and details may be left out.
    bool wants_explanation() const { return input_->wants_explanation != 0; }

private:
    const keepwell_input* input_;
};

}  // namespace keepwell::sdk
