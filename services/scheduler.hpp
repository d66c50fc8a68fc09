#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "domain/unit_of_work.hpp"

namespace keepwell {

/// Work that is done once for all nodes, by the clock. Everything in it may be done twice without harm,
/// because a node that stands still for longer than its lease goes on when it wakes up.
struct ScheduledTask {
    std::string name;
    std::chrono::seconds every{};
    /// Does a part of the work in a transaction of its own; true while there is more to do now.
    std::function<bool(Repositories&, Timestamp now)> step;
};

/// A thread that is elected among all nodes by a lease and runs tasks when their time has come.
class Scheduler {
public:
    struct Options {
        std::string owner;  ///< Unique among all nodes on this database.
        std::chrono::milliseconds lease{30'000};
        std::chrono::milliseconds look{5'000};  ///< How often to look; far less than the lease.
    };

    Scheduler(UnitOfWork& unit_of_work, const Clock& clock, Options options);
    /// As stop().
    ~Scheduler();

    /// Before start().
    void add(ScheduledTask task);
    void start();
    /// Ends after the step that is running and leaves the office to another node.
    void stop();

    /// One look: takes or keeps the lease and runs what is due. False when another node has the lease.
    bool look();

private:
    struct Planned {
        ScheduledTask task;
        std::optional<Timestamp> last{};  ///< Since this node is in office.
    };

    void loop();
    bool hold();
    bool run(Planned& planned);

    UnitOfWork& unit_of_work_;
    const Clock& clock_;
    Options options_;
    std::vector<Planned> tasks_;
    std::optional<std::int64_t> epoch_;  ///< While in office.
    std::thread thread_;
    std::mutex mutex_;
    std::condition_variable stop_;
    bool stopping_ = false;
};

/// What keeps the stored data in order: closes silent sessions, makes the partitions of the months to come,
/// removes events that are older than `event_retention` and jobs that have ended.
std::vector<ScheduledTask> housekeeping(std::chrono::days event_retention);

}  // namespace keepwell
