#include "services/recalculation_worker.hpp"

#include <rapidjson/document.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_map>

#include "domain/error.hpp"
#include "services/job_worker.hpp"
#include "services/json_writer.hpp"

namespace keepwell {
namespace {

constexpr std::string_view kJobType = "recalculate";
constexpr int kMaximumAttempts = 8;
/// Customers that nobody hears of are scored in these first hours of a day, not all at once.
constexpr std::chrono::seconds kSpread = std::chrono::hours{3};

/// 1 s, 2 s, 4 s … 5 min.
std::chrono::seconds pause_before(int attempt) {
    return std::min(std::chrono::seconds{300}, std::chrono::seconds{1 << std::clamp(attempt - 1, 0, 9)});
}

/// Some moment of the next day, the same one for all that are stored together.
Timestamp next_turn(Timestamp now, CustomerId customer) {
    constexpr std::uint64_t kGoldenRatio = 0x9E3779B97F4A7C15;
    const auto hash = (static_cast<std::uint64_t>(customer.value) * kGoldenRatio) >> 32U;
    const auto offset = static_cast<std::int64_t>(hash % static_cast<std::uint64_t>(kSpread.count()));
    return Timestamp{day_of(now) + std::chrono::days{1}} + std::chrono::seconds{offset};
}

std::vector<CustomerId> sorted_ids(std::span<const Recalculation> claims) {
    std::vector<CustomerId> ids;
    for (const Recalculation& claim : claims) ids.push_back(claim.customer_id);
    std::sort(ids.begin(), ids.end());
    return ids;
}

/// Adds the time that it lives to a total of nanoseconds.
class Stopwatch {
public:
    explicit Stopwatch(std::atomic<std::int64_t>& total) : total_(total) {}
    ~Stopwatch() { total_ += (std::chrono::steady_clock::now() - begin_).count(); }
    Stopwatch(const Stopwatch&) = delete;
    Stopwatch& operator=(const Stopwatch&) = delete;

private:
    std::atomic<std::int64_t>& total_;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

std::string payload(CustomerId id) {
    JsonWriter json;
    json.begin_object().member("customer_id", id.value).end_object();
    return json.take();
}

CustomerId customer_of(const Job& job) {
    rapidjson::Document json;
    json.Parse(job.payload.c_str(), job.payload.size());
    if (json.HasParseError() || !json.IsObject() || !json.HasMember("customer_id") ||
        !json["customer_id"].IsInt64()) {
        throw Error{ErrorCode::kInvalid, "the job names no customer"};
    }
    return {json["customer_id"].GetInt64()};
}

}  // namespace

RecalculationWorker::RecalculationWorker(UnitOfWork& unit_of_work, const HealthScoring& scoring,
                                         const Clock& clock, Options options)
    : unit_of_work_(unit_of_work), scoring_(scoring), clock_(clock), options_(std::move(options)) {}

RecalculationWorker::~RecalculationWorker() {
    stop();
}

void RecalculationWorker::run_in(JobWorker& worker) {
    worker.add(std::string{kJobType}, [this](const Job& job, JobRun&) {
        const CustomerId id = customer_of(job);
        unit_of_work_.run([&](Repositories& in) {
            const std::array ids{id};
            if (in.customers.existing(ids).empty())
                throw Error{ErrorCode::kNotFound, "the customer has been removed"};
            in.recalculations.request(ids, clock_.now(), clock_.now());
        });
        wake();
        return payload(id);
    });
}

void RecalculationWorker::start() {
    for (int number = 0; number < options_.threads; ++number)
        threads_.emplace_back([this, number] { loop(number); });
}

void RecalculationWorker::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    work_.notify_all();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
}

void RecalculationWorker::wake() {
    {
        const std::lock_guard lock(mutex_);
        if (wake_at_) return;
        wake_at_ = std::chrono::steady_clock::now() + kRecalculationDelay;
    }
    work_.notify_one();
}

RecalculationWorker::Stats RecalculationWorker::stats() const {
    return {.calculated = calculated_,
            .failed = failed_,
            .given_up = given_up_,
            .loading = std::chrono::nanoseconds{loading_},
            .storing = std::chrono::nanoseconds{storing_}};
}

void RecalculationWorker::loop(int number) {
    const std::string owner = options_.owner + "/" + std::to_string(number);
    bool fails = false;
    while (!stopping_) {
        std::int64_t claimed = 0;
        try {
            claimed = run_batch(owner);
            fails = false;
        } catch (const std::exception& failure) {
            if (!fails) spdlog::warn("scores can't be calculated for now: {}", failure.what());
            fails = true;
        }
        if (claimed == options_.batch) work_.notify_one();  // There is more than one thread can do.
        if (claimed > 0) continue;
        std::unique_lock lock(mutex_);
        // One thread looks for what other processes have asked for; the rest wait until there is much to do.
        const auto now = std::chrono::steady_clock::now();
        const auto look_at = now + (number == 0 ? options_.poll : options_.poll * 20);
        if (!stopping_) work_.wait_until(lock, std::min(look_at, wake_at_.value_or(look_at)));
        if (const auto due = wake_at_) work_.wait_until(lock, *due, [&] { return stopping_.load(); });
        wake_at_.reset();
    }
}

std::int64_t RecalculationWorker::run_batch() {
    return run_batch(options_.owner + "/caller-" + std::to_string(++callers_));
}

std::int64_t RecalculationWorker::run_batch(const std::string& owner) {
    const auto claims = transact(unit_of_work_, [&](Repositories& in) {
        return in.recalculations.claim(owner, clock_.now(), options_.lease, options_.batch);
    });
    if (!claims.empty()) score(claims, owner);
    return std::ssize(claims);
}

void RecalculationWorker::score(Claims claims, const std::string& owner) {
    std::string why;
    try {
        score_and_store(claims, owner);
        return;
    } catch (const Error& error) {
        why = error.what();
        if (error.code() == ErrorCode::kUnavailable) {
            // Nobody's data are at fault, so nobody is given up for it.
            put_off(claims, owner, why);
            return;
        }
    } catch (const std::exception& failure) {
        if (claims.size() == 1)
            spdlog::error("customer {} can't be scored: {}", claims.front().customer_id.value,
                          failure.what());
        why = "internal error; see the log of the server";
    }
    if (claims.size() > 1) {
        // One that can't be scored must not hold the others up.
        const std::size_t half = claims.size() / 2;
        score(claims.first(half), owner);
        score(claims.subspan(half), owner);
        return;
    }
    if (claims.front().attempts >= kMaximumAttempts) {
        give_up(claims.front(), owner, why);
    } else {
        put_off(claims, owner, why);
    }
}

void RecalculationWorker::score_and_store(Claims claims, const std::string& owner) {
    std::vector<CustomerHealth> healths;
    {
        const Stopwatch watch(loading_);
        const auto ids = sorted_ids(claims);
        healths =
            query(unit_of_work_, [&](Repositories& in) { return scoring_.score(in, ids, clock_.now()); });
    }
    const Stopwatch watch(storing_);
    const auto held = transact(unit_of_work_, [&](Repositories& in) {
        const Timestamp now = clock_.now();
        const auto held_ids = in.recalculations.hold(claims, owner);
        const std::set<CustomerId> holds(held_ids.begin(), held_ids.end());
        const auto is_held = [&](CustomerId id) { return holds.contains(id); };
        std::vector<Recalculation> still;
        std::copy_if(claims.begin(), claims.end(), std::back_inserter(still),
                     [&](const Recalculation& claim) { return is_held(claim.customer_id); });
        std::vector<CustomerHealth> theirs;
        std::copy_if(healths.begin(), healths.end(), std::back_inserter(theirs),
                     [&](const CustomerHealth& health) { return is_held(health.id); });
        const auto again = scoring_.store(in, theirs, now);
        if (!again.empty()) in.recalculations.request(again, now, now);
        finish(in, still, theirs, owner, now);
        return still;
    });
    calculated_ += std::ssize(held);
    const Timestamp now = clock_.now();
    for (const Recalculation& claim : held) {
        if (claim.requested_at)
            observe_lag_(std::chrono::duration<double>(now - *claim.requested_at).count());
    }
}

void RecalculationWorker::finish(Repositories& in, Claims held, std::span<const CustomerHealth> healths,
                                 const std::string& owner, Timestamp now) const {
    if (held.empty()) return;
    const Timestamp next = next_turn(now, held.front().customer_id);
    std::unordered_map<std::int64_t, Timestamp> earlier;
    for (const CustomerHealth& health : healths) {
        if (health.override_expires && *health.override_expires < next)
            earlier.emplace(health.id.value, *health.override_expires);
    }
    std::map<Timestamp, std::vector<Recalculation>> turns;
    for (const Recalculation& claim : held) {
        const auto found = earlier.find(claim.customer_id.value);
        turns[found == earlier.end() ? next : found->second].push_back(claim);
    }
    for (const auto& [turn, claims] : turns)
        in.recalculations.finish(claims, owner, turn, now + options_.again);
}

void RecalculationWorker::put_off(Claims claims, const std::string& owner, const std::string& why) {
    failed_ += std::ssize(claims);
    const int attempts = std::max_element(claims.begin(), claims.end(),
                                          [](const Recalculation& left, const Recalculation& right) {
                                              return left.attempts < right.attempts;
                                          })
                             ->attempts;
    const Timestamp run_at = clock_.now() + pause_before(attempts);
    // If not even that can be written, the lease runs out.
    unit_of_work_.run([&](Repositories& in) { in.recalculations.retry(claims, owner, why, run_at); });
}

void RecalculationWorker::give_up(const Recalculation& claim, const std::string& owner,
                                  const std::string& why) {
    const std::span one{&claim, 1};
    const bool buried = transact(unit_of_work_, [&](Repositories& in) {
        const Timestamp now = clock_.now();
        if (in.recalculations.hold(one, owner).empty()) return false;
        in.jobs.bury({.type = std::string{kJobType},
                      .payload = payload(claim.customer_id),
                      .run_at = now,
                      .max_attempts = 1,
                      .dedupe_key = {}},
                     why, now);
        in.recalculations.finish(one, owner, next_turn(now, claim.customer_id), now + options_.again);
        return true;
    });
    if (buried) ++given_up_;
}

}  // namespace keepwell
