#include "services/scoring_input.hpp"

#include <algorithm>

#include "domain/assignment.hpp"
#include "services/scored_customer.hpp"

namespace keepwell {
namespace {

/// Enough for the trends of the metrics factors, whose window is 30 days.
constexpr std::int64_t kTrendRows = 31;
constexpr std::int64_t kRawEvents = 10'000;
constexpr Date kBeginningOfTime = std::chrono::year{1970} / 1 / 1;

/// The stretch of one customer in rows that are sorted by customer.
template <typename Row>
std::span<const Row> stretch(const std::vector<Row>& rows, CustomerId id) {
    struct ByCustomer {
        bool operator()(const Row& row, CustomerId other) const { return row.customer_id < other; }
        bool operator()(CustomerId other, const Row& row) const { return other < row.customer_id; }
    };
    const auto [begin, end] = std::equal_range(rows.begin(), rows.end(), id, ByCustomer{});
    return {begin, end};
}

}  // namespace

ScoringInput::ScoringInput(Repositories& in, std::shared_ptr<const Scorecards> cards,
                           std::span<const CustomerId> ids, const Moment& moment, RowsRead metrics)
    : cards_(std::move(cards)), moment_(moment), customers_(in.customers.find_all(ids)) {
    const std::chrono::days window{cards_->window_days() - 1};
    activity_ = in.activity.load(ids, moment.as_of - window, moment.as_of);
    read_metrics(in, metrics);
    read_events(in);
    read_seen_types(in);
    overrides_ = in.overrides.valid(ids, moment.overrides);
}

void ScoringInput::read_metrics(Repositories& in, RowsRead metrics) {
    std::vector<CustomerId> ids;
    for (const Customer& customer : customers_) {
        const WeightedCalculator* card = customer.scorecard ? cards_->find(*customer.scorecard) : nullptr;
        if (card == nullptr || card->needs().metrics) ids.push_back(customer.id);
    }
    if (ids.empty()) return;
    metrics_ = metrics == RowsRead::kLatest ? in.daily_metrics.latest(ids, moment_.metrics_until)
                                            : in.daily_metrics.history(ids.front(), kBeginningOfTime,
                                                                       moment_.metrics_until, kTrendRows);
}

void ScoringInput::read_events(Repositories& in) {
    std::vector<CustomerId> ids;
    int window = 1;
    for (const Customer& customer : customers_) {
        const auto name = scorecard(customer);
        const WeightedCalculator* card = name ? cards_->find(*name) : nullptr;
        if (card == nullptr || !card->needs().raw_events) continue;
        ids.push_back(customer.id);
        window = std::max(window, card->needs().window_days);
    }
    if (ids.empty()) return;
    events_ = in.events.scan(ids, Timestamp{moment_.as_of - std::chrono::days{window - 1}},
                             Timestamp{moment_.as_of + std::chrono::days{1}}, kRawEvents);
    std::stable_sort(events_.begin(), events_.end(),
                     [](const CustomerEvent& left, const CustomerEvent& right) {
                         return left.customer_id < right.customer_id;
                     });
}

void ScoringInput::read_seen_types(Repositories& in) {
    for (const Customer& customer : customers_) seen_[folded_segment(customer.segment)];
    for (auto& type : in.activity.seen_types()) {
        const auto segment = seen_.find(type.folded_segment);
        if (segment != seen_.end() && type.first_day <= moment_.as_of)
            segment->second.insert(std::move(type.event_type));
    }
}

std::span<const DailyMetrics> ScoringInput::metrics(CustomerId id) const {
    return stretch(metrics_, id);
}
std::span<const DailyActivity> ScoringInput::days(CustomerId id) const {
    return stretch(activity_.activity, id);
}
std::span<const CustomerEvent> ScoringInput::events(CustomerId id) const {
    return stretch(events_, id);
}

std::optional<Date> ScoringInput::first_day(CustomerId id) const {
    const auto found = activity_.first_days.find(id.value);
    return found == activity_.first_days.end() ? std::nullopt : std::optional{found->second};
}

const std::set<std::string, std::less<>>& ScoringInput::connected(const Customer& customer) const {
    return seen_.at(folded_segment(customer.segment));
}

const HealthOverride* ScoringInput::override_of(CustomerId id) const {
    const auto found = std::find_if(overrides_.begin(), overrides_.end(),
                                    [&](const HealthOverride& row) { return row.customer_id == id; });
    return found == overrides_.end() ? nullptr : &*found;
}

ScoredCustomer ScoringInput::scored(const Customer& customer) const {
    return scored_customer(customer, cards_->expected_api_calls(folded_segment(customer.segment)));
}

std::optional<std::string> ScoringInput::scorecard(const Customer& customer) const {
    if (customer.scorecard) return customer.scorecard;
    const bool has_rows = !metrics(customer.id).empty();
    const bool has_events = first_day(customer.id).has_value();
    if (!has_rows && !has_events) return std::nullopt;
    if (const auto rule = assigned_scorecard(cards_->rules(), scored(customer), moment_.as_of)) {
        const WeightedCalculator* card = cards_->find(*rule);
        if (card != nullptr && !card->scorecard().retired) return rule;
    }
    return has_rows && !has_events ? metrics_scorecard().name : activity_scorecard().name;
}

}  // namespace keepwell
