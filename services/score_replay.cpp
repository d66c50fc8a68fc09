#include "services/score_replay.hpp"

#include <algorithm>

#include "services/scored_customer.hpp"

namespace keepwell {
namespace {

/// How many days of activity, over all customers, are held at once.
constexpr std::int64_t kDaysHeld = 10'000;
constexpr std::int64_t kLargestBatch = 200;
/// With raw events, of which each customer may have many.
constexpr std::int64_t kRawBatch = 5;
constexpr std::int64_t kRawEvents = 2'000;
constexpr std::int64_t kRowsAtOnce = 5'000;
constexpr Date kEndOfTime = std::chrono::year{9999} / 12 / 31;

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

std::vector<CustomerId> ids_of(const std::vector<Customer>& customers) {
    std::vector<CustomerId> ids;
    for (const Customer& customer : customers) ids.push_back(customer.id);
    return ids;
}

std::int64_t batch_of(const ReplayPlan& plan) {
    if (plan.needs.raw_events) return kRawBatch;
    if (plan.days.empty()) return kLargestBatch;
    const std::int64_t days = (plan.days.back() - plan.days.front()).count() + plan.needs.window_days;
    return std::clamp<std::int64_t>(kDaysHeld / std::max<std::int64_t>(days, 1), 1, kLargestBatch);
}

}  // namespace

ReplayInput::ReplayInput(Repositories& in, std::shared_ptr<const Scorecards> cards,
                         std::vector<Customer> customers, std::span<const Date> days,
                         const FactorNeeds& needs)
    : cards_(std::move(cards)), customers_(std::move(customers)) {
    if (customers_.empty() || days.empty()) return;
    const std::chrono::days before{std::max(needs.window_days, 1) - 1};
    if (needs.activity || needs.raw_events)
        activity_ = in.activity.load(ids_of(customers_), days.front() - before, days.back());
    if (needs.metrics) read_metrics(in, days.back());
    if (needs.raw_events) read_events(in, days, needs.window_days);
    read_connected(in, days);
}

void ReplayInput::read_metrics(Repositories& in, Date until) {
    // Rows of others in between are read and left out: they are few, for ids follow one another.
    CustomerId customer{customers_.front().id.value - 1};
    Date date = kEndOfTime;
    while (true) {
        const auto rows = in.daily_metrics.scan(customer, date, kRowsAtOnce);
        for (const DailyMetrics& row : rows) {
            const auto here =
                std::lower_bound(customers_.begin(), customers_.end(), row.customer_id,
                                 [](const Customer& one, CustomerId id) { return one.id < id; });
            if (here != customers_.end() && here->id == row.customer_id && row.date <= until)
                metrics_.push_back(row);
        }
        if (std::ssize(rows) < kRowsAtOnce || rows.back().customer_id > customers_.back().id) return;
        customer = rows.back().customer_id;
        date = rows.back().date;
    }
}

void ReplayInput::read_events(Repositories& in, std::span<const Date> days, int window_days) {
    for (const Date day : days) {
        auto events = in.events.scan(ids_of(customers_), Timestamp{day - std::chrono::days{window_days - 1}},
                                     Timestamp{day + std::chrono::days{1}}, kRawEvents);
        for (CustomerEvent& event : events)
            events_[{event.customer_id.value, day}].push_back(std::move(event));
    }
}

void ReplayInput::read_connected(Repositories& in, std::span<const Date> days) {
    const auto seen = in.activity.seen_types();
    for (const Customer& customer : customers_)
        for (const Date day : days) connected_[{folded_segment(customer.segment), day}];
    for (auto& [key, types] : connected_) {
        for (const auto& type : seen)
            if (type.folded_segment == key.first && type.first_day <= key.second)
                types.insert(type.event_type);
    }
}

Date ReplayInput::known_from(const Customer& customer) const {
    Date first = day_of(customer.created_at);
    const auto event = activity_.first_days.find(customer.id.value);
    if (event != activity_.first_days.end()) first = std::min(first, event->second);
    const auto rows = stretch(metrics_, customer.id);
    return rows.empty() ? first : std::min(first, rows.front().date);
}

/// The newest row up to the day, alone: nobody looks at trends here.
std::span<const DailyMetrics> ReplayInput::metrics(CustomerId id, Date day) const {
    const auto rows = stretch(metrics_, id);
    const auto end = std::partition_point(rows.begin(), rows.end(),
                                          [&](const DailyMetrics& row) { return row.date <= day; });
    return end == rows.begin() ? std::span<const DailyMetrics>{} : std::span{std::prev(end), end};
}

std::span<const DailyActivity> ReplayInput::activity(CustomerId id, Date day) const {
    const auto days = stretch(activity_.activity, id);
    const auto end = std::partition_point(days.begin(), days.end(),
                                          [&](const DailyActivity& entry) { return entry.day <= day; });
    return {days.begin(), end};
}

HealthScore ReplayInput::calculate(const WeightedCalculator& card, const Customer& customer, Date day,
                                   const std::map<std::string, PreviousFactor>& previous,
                                   const HealthOverride* override) const {
    ScoredCustomer scored =
        scored_customer(customer, cards_->expected_api_calls(folded_segment(customer.segment)));
    scored.known_since = known_from(customer);
    ActivityWindow window{.days = activity(customer.id, day),
                          .events = {},
                          .connected = &connected_.at({folded_segment(customer.segment), day})};
    const auto first = activity_.first_days.find(customer.id.value);
    if (first != activity_.first_days.end() && first->second <= day) window.first_day = first->second;
    if (const auto events = events_.find({customer.id.value, day}); events != events_.end())
        window.events = events->second;
    HealthScore score = card.calculate(
        {.metrics = metrics(customer.id, day), .as_of = day, .customer = &scored, .activity = &window},
        previous, override);
    score.customer_id = customer.id;
    return score;
}

void replay(UnitOfWork& unit_of_work, ScorecardBook& book, const ReplayPlan& plan, const ReplayHooks& hooks,
            const std::function<void(const ReplayInput&)>& use) {
    const std::int64_t batch = batch_of(plan);
    const auto total = static_cast<double>(
        query(unit_of_work, [&](Repositories& in) { return in.customers.count(plan.whose); }));
    CustomerId after{0};
    std::int64_t seen = 0;
    while (true) {
        std::unique_ptr<ReplayInput> input;
        std::int64_t read = 0;
        const CustomerId last = query(unit_of_work, [&](Repositories& in) {
            auto customers = in.customers.list_after(plan.whose, after, batch * plan.every);
            read = std::ssize(customers);
            const CustomerId end = customers.empty() ? after : customers.back().id;
            std::int64_t number = seen;
            std::erase_if(customers, [&](const Customer&) { return number++ % plan.every != 0; });
            input = std::make_unique<ReplayInput>(in, book.current(in), std::move(customers), plan.days,
                                                  plan.needs);
            return end;
        });
        if (last == after) return;
        use(*input);
        after = last;
        seen += read;
        hooks.checkpoint();
        hooks.progress(std::min(99.0, 100 * static_cast<double>(seen) / std::max(total, 1.0)));
    }
}

}  // namespace keepwell
