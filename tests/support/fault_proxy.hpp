#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace keepwell::testing {

/// What a bad network does to what passes. A piece is what arrives at once.
struct NetworkFaults {
    std::chrono::milliseconds delay{0};  ///< Each piece waits for a random time up to this.
    double cut_request = 0;  ///< Chance of each piece towards the server to be the last, and to lose its end.
    double cut_answer = 0;   ///< Likewise of each piece towards the client.
};

/// Stands between a client and a server on 127.0.0.1 and misbehaves as it is told. Passes everything on
/// unchanged until then. Thread-safe.
class FaultProxy {
public:
    /// `seed` decides which pieces are hit, as far as the same pieces come.
    FaultProxy(std::uint16_t target, std::uint64_t seed);
    ~FaultProxy();
    FaultProxy(const FaultProxy&) = delete;
    FaultProxy& operator=(const FaultProxy&) = delete;

    std::uint16_t port() const { return port_; }
    /// Where connections go from now on, e.g. to a server that came back on another port.
    void forward_to(std::uint16_t target);
    void set(NetworkFaults faults);
    /// Passes nothing on until release(). Connections stay open, and whoever connects waits.
    void hold();
    void release();
    /// Resets every connection.
    void cut_all();

    std::int64_t connections() const { return connections_; }
    std::int64_t cuts() const { return cuts_; }

private:
    struct Stream;
    struct Link;
    using Moment = std::chrono::steady_clock::time_point;

    void loop();
    void wake() const;
    void accept();
    void receive(Stream& stream, double cut, const NetworkFaults& faults);
    void pass_on(Stream& stream, Moment now) const;
    void drop(Link& link, bool with_reset);
    int wait_ms(Moment now, bool is_holding) const;
    double chance() { return std::uniform_real_distribution<double>(0, 1)(random_); }

    int listener_ = -1;
    int wake_[2] = {-1, -1};
    std::uint16_t port_ = 0;
    std::atomic<std::uint16_t> target_;
    std::atomic<bool> stopping_{false};
    std::atomic<bool> holding_{false};
    std::atomic<bool> cutting_{false};
    std::atomic<std::int64_t> connections_{0};
    std::atomic<std::int64_t> cuts_{0};
    std::mutex mutex_;
    NetworkFaults faults_;
    // Of the thread alone.
    std::mt19937_64 random_;
    std::vector<std::unique_ptr<Link>> links_;
    std::thread thread_;
};

/// The port in `…@127.0.0.1:5432/name`, and the same URL with another one.
std::uint16_t port_in(const std::string& url);
std::string with_port(const std::string& url, std::uint16_t port);

/// What decides the faults of a run: another one each time, so that runs find more together than one does;
/// KEEPWELL_FAULT_SEED repeats one.
std::uint64_t fault_seed();

}  // namespace keepwell::testing
