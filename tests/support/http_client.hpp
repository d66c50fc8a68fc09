#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

/// What tests need to talk to a server as a client that may misbehave.
namespace keepwell::testing {

/// A folder of its own, gone with this.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }
    std::size_t files() const;

private:
    std::filesystem::path path_;
};

struct Reply {
    int status = 0;                                   ///< 0: none came.
    std::multimap<std::string, std::string> headers;  ///< Names in lower case.
    std::string body;

    std::string header(const std::string& name) const;
};

/// A socket that sends what it is told and reads with a deadline.
class RawClient {
public:
    explicit RawClient(std::uint16_t port, int receive_buffer = 0);
    ~RawClient();
    RawClient(RawClient&& other) noexcept;
    RawClient& operator=(RawClient&&) = delete;

    /// False when the server no longer takes it.
    bool send(std::string_view bytes) const;
    void end_sending() const;
    /// Closes with a reset instead of an orderly end.
    void reset();
    /// The next reply. `without_body`: the answer to a HEAD.
    Reply receive(std::chrono::milliseconds patience = std::chrono::seconds(10), bool without_body = false);
    /// All replies until the server closes or there is nothing for `patience`.
    std::vector<Reply> receive_all(std::chrono::milliseconds patience);
    /// Whether the server closes (end or reset) within `patience`, with nothing further sent.
    bool is_closed(std::chrono::milliseconds patience = std::chrono::seconds(10));
    /// Reads and throws away so many bytes; how many came.
    std::size_t swallow(std::size_t bytes, std::chrono::milliseconds patience);
    const std::string& unread() const { return buffer_; }

private:
    bool fill(std::chrono::steady_clock::time_point deadline);

    int socket_ = -1;
    std::string buffer_;
    bool ended_ = false;
};

/// One request on a connection of its own.
Reply ask(std::uint16_t port, std::string_view request);
/// `GET target` with a Host header and those further header lines.
std::string get(std::string_view target, std::string_view headers = "");
std::string post(std::string_view target, std::string_view body, std::string_view headers = "");

/// What `condition` says once it is true or `patience` is over.
template <typename Condition>
bool eventually(Condition condition, std::chrono::milliseconds patience = std::chrono::seconds(10));

}  // namespace keepwell::testing

template <typename Condition>
bool keepwell::testing::eventually(Condition condition, std::chrono::milliseconds patience) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) {
            return false;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
}
