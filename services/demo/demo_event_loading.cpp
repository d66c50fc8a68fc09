#include "services/demo/demo_event_loading.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "services/event_recording.hpp"

namespace keepwell {
namespace {

using namespace std::chrono_literals;

/// A transaction of some 20,000 events.
constexpr std::int64_t kCustomersAtOnce = 10;
/// The longest window that most factors look at: before, a score would say that everything is new.
constexpr std::chrono::days kFirstScoreAfter{29};
constexpr std::chrono::days kBetweenScores{3};
/// When the day's score of the past was calculated.
constexpr auto kEvening = 20h;
/// What the events take of the whole time, roughly.
constexpr std::int64_t kPercentOfEvents = 80;

struct Stored {
    CustomerId id;
    std::int64_t number = 0;
    Date since;               ///< Not scored before.
    bool is_account = false;  ///< Scored by its daily metrics.
};

/// As it came to be what it is, so that its revenue has a history.
CustomerId save(Repositories& in, const DemoEventPortfolio& portfolio, const DemoEventCustomer& customer) {
    const Date signup = customer.attributes.signup_date.value_or(portfolio.first_day());
    const Timestamp known = std::max(portfolio.first_day(), signup) + 0h;
    CustomerChange first = customer.attributes;
    if (customer.mrr_before) first.mrr = customer.mrr_before;
    const CustomerId id = in.customers.save(first, known).id;
    if (customer.mrr_since) in.customers.save(customer.attributes, *customer.mrr_since + kEvening);
    return id;
}

std::vector<Stored> save_customers(UnitOfWork& unit_of_work, const DemoEventPortfolio& portfolio) {
    return transact(unit_of_work, [&](Repositories& in) {
        std::vector<Stored> stored;
        for (std::int64_t number = 0; number < portfolio.customers(); ++number) {
            const DemoEventCustomer customer = portfolio.customer(number);
            stored.push_back({.id = save(in, portfolio, customer),
                              .number = number,
                              .since = customer.attributes.signup_date.value_or(portfolio.first_day()),
                              .is_account = customer.is_account});
        }
        return stored;
    });
}

std::int64_t record(UnitOfWork& unit_of_work, const DemoEventPortfolio& portfolio,
                    std::span<const Stored> customers, Timestamp now) {
    std::vector<CustomerEvent> events;
    for (const Stored& customer : customers) {
        for (CustomerEvent& event : portfolio.events(customer.number)) {
            if (event.occurred_at > now) break;
            event.customer_id = customer.id;
            events.push_back(std::move(event));
        }
    }
    return transact(unit_of_work,
                    [&](Repositories& in) { return EventRecording::record(in, events, now).added; });
}

/// The scores of one day of those that were customers then.
void score(UnitOfWork& unit_of_work, const HealthScoring& scoring, std::span<const Stored> customers,
           Timestamp moment) {
    std::vector<CustomerId> ids;
    for (const Stored& customer : customers) {
        if (!customer.is_account && customer.since <= day_of(moment)) ids.push_back(customer.id);
    }
    std::sort(ids.begin(), ids.end());
    unit_of_work.run([&](Repositories& in) { scoring.refresh(in, ids, moment); });
}

}  // namespace

DemoEventsLoaded load_demo_events(UnitOfWork& unit_of_work, const HealthScoring& scoring,
                                  const DemoEventPortfolio& portfolio, Timestamp now,
                                  const std::function<void(std::int64_t)>& progress) {
    const std::vector<Stored> customers = save_customers(unit_of_work, portfolio);
    DemoEventsLoaded loaded{.customers = static_cast<std::int64_t>(customers.size())};
    if (customers.empty()) return loaded;
    for (std::size_t done = 0; done < customers.size();) {
        const std::size_t count = std::min<std::size_t>(kCustomersAtOnce, customers.size() - done);
        loaded.events += record(unit_of_work, portfolio, std::span{customers}.subspan(done, count), now);
        done += count;
        progress(static_cast<std::int64_t>(done) * kPercentOfEvents / loaded.customers);
    }
    const Date first = portfolio.first_day() + kFirstScoreAfter;
    const Timestamp last = std::min(now, Timestamp{portfolio.last_day() + kEvening});
    for (Date day = first; day < portfolio.last_day(); day += kBetweenScores) {
        score(unit_of_work, scoring, customers, day + kEvening);
        const auto done = (day - first).count();
        const auto all = (portfolio.last_day() - first).count();
        progress(kPercentOfEvents + done * (100 - kPercentOfEvents) / all);
    }
    score(unit_of_work, scoring, customers, last);
    progress(100);
    return loaded;
}

}  // namespace keepwell
