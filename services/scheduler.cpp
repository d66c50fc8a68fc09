#include "services/scheduler.hpp"

#include <spdlog/spdlog.h>

#include <utility>

namespace keepwell {
namespace {

constexpr std::string_view kLease = "scheduler";
constexpr std::int64_t kStepRows = 5'000;
constexpr std::chrono::days kEndedJobs{7};
/// Room for events of this month and the next two, which are at most a day ahead.
constexpr std::chrono::months kMonthsAhead{2};

Date first_of_month(Date day) {
    const std::chrono::year_month_day date{day};
    return date.year() / date.month() / 1;
}

Date months_after(Date first, std::chrono::months months) {
    return std::chrono::year_month_day{first} + months;
}

}  // namespace

Scheduler::Scheduler(UnitOfWork& unit_of_work, const Clock& clock, Options options)
    : unit_of_work_(unit_of_work), clock_(clock), options_(std::move(options)) {}

Scheduler::~Scheduler() {
    stop();
}

void Scheduler::add(ScheduledTask task) {
    tasks_.push_back({.task = std::move(task)});
}

void Scheduler::start() {
    thread_ = std::thread([this] { loop(); });
}

void Scheduler::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    stop_.notify_all();
    if (!thread_.joinable()) return;
    thread_.join();
    if (!epoch_) return;
    try {
        unit_of_work_.run([&](Repositories& in) { in.leases.release(kLease, options_.owner); });
    } catch (const std::exception& failure) {
        spdlog::warn("the scheduler's lease can't be given up, it runs out: {}", failure.what());
    }
}

void Scheduler::loop() {
    bool fails = false;
    while (true) {
        try {
            look();
            fails = false;
        } catch (const std::exception& failure) {
            if (!fails) spdlog::warn("scheduled work can't be done for now: {}", failure.what());
            fails = true;
        }
        std::unique_lock lock(mutex_);
        if (stop_.wait_for(lock, options_.look, [&] { return stopping_; })) return;
    }
}

bool Scheduler::hold() {
    const auto epoch = transact(unit_of_work_, [&](Repositories& in) {
        return in.leases.acquire(kLease, options_.owner, clock_.now(), options_.lease);
    });
    if (epoch && epoch != epoch_) {
        // In office anew: what the last owner did is not known.
        for (Planned& planned : tasks_) planned.last.reset();
        spdlog::debug("this node is the scheduler (epoch {})", *epoch);
    }
    epoch_ = epoch;
    return epoch.has_value();
}

bool Scheduler::look() {
    if (!hold()) return false;
    for (Planned& planned : tasks_) {
        if (planned.last && clock_.now() - *planned.last < planned.task.every) continue;
        if (!run(planned)) return epoch_.has_value();
    }
    return true;
}

/// False when it is time to stop, or another node has taken over.
bool Scheduler::run(Planned& planned) {
    const Timestamp now = clock_.now();
    planned.last = now;
    try {
        while (transact(unit_of_work_, [&](Repositories& in) { return planned.task.step(in, now); })) {
            {
                const std::lock_guard lock(mutex_);
                if (stopping_) return false;
            }
            if (!hold()) return false;
            planned.last = now;
        }
    } catch (const std::exception& failure) {
        // The other tasks need not wait for this one.
        spdlog::error("scheduled work \"{}\" failed, next try in {} s: {}", planned.task.name,
                      planned.task.every.count(), failure.what());
    }
    return true;
}

std::vector<ScheduledTask> housekeeping(std::chrono::days event_retention) {
    using namespace std::chrono_literals;
    return {
        {.name = "close silent sessions",
         .every = 1min,
         .step =
             [](Repositories& in, Timestamp now) {
                 return in.sessions.close_silent(now - kSessionSilence, kStepRows) >= kStepRows;
             }},
        {.name = "prepare the partitions of events",
         .every = 1h,
         .step =
             [](Repositories& in, Timestamp now) {
                 const Date month = first_of_month(day_of(now));
                 in.events.prepare_months(month, months_after(month, kMonthsAhead));
                 return false;
             }},
        {.name = "remove events beyond retention",
         .every = 1h,
         .step =
             [event_retention](Repositories& in, Timestamp now) {
                 const Date before = day_of(now) - event_retention;
                 return in.events.remove_before(Timestamp{before}, kStepRows) > 0;
             }},
        {.name = "remove sums of events beyond retention",
         .every = 1h,
         .step =
             [event_retention](Repositories& in, Timestamp now) {
                 return in.activity.remove_before(day_of(now) - event_retention, kStepRows) >= kStepRows;
             }},
        {.name = "remove jobs that have ended",
         .every = 1h,
         .step =
             [](Repositories& in, Timestamp now) {
                 return in.jobs.remove_ended(now - kEndedJobs, kStepRows) >= kStepRows;
             }},
    };
}

}  // namespace keepwell
