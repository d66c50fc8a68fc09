#include "tests/support/http_client.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>
#include <utility>

#include "api/edge/text.hpp"

namespace keepwell::testing {
namespace {

/// No answer may show what the program is made of, whatever it was asked.
void refuse_leaks(const Reply& reply) {
    const std::string type = reply.header("content-type");
    const bool is_data = type.find("json") != std::string::npos || type.find("csv") != std::string::npos;
    if (!is_data) return;  // The web app's files are programs themselves.
    for (const char* word :
         {"SELECT", "INSERT", "UPDATE ", "sqlite", "SQLSTATE", "PG::", "what():", "exception", "std::"}) {
        if (reply.body.find(word) != std::string::npos)
            throw std::runtime_error("an answer gives away '" + std::string{word} +
                                     "': " + reply.body.substr(0, 500));
    }
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "keepwell-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
        throw std::runtime_error("no temporary folder");
    }
    path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::size_t TemporaryFolder::files() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path_), {}));
}

std::string Reply::header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? "" : found->second;
}

RawClient::RawClient(std::uint16_t port, int receive_buffer)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (receive_buffer > 0) {
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    }
    const int yes = 1;  // Every piece goes out at once, as the tests say.
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    const timeval patience{10, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(socket_);
        throw std::runtime_error("cannot connect");
    }
}

RawClient::~RawClient() {
    if (socket_ >= 0) {
        ::close(socket_);
    }
}

RawClient::RawClient(RawClient&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), buffer_(std::move(other.buffer_)), ended_(other.ended_) {}

bool RawClient::send(std::string_view bytes) const {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void RawClient::end_sending() const {
    ::shutdown(socket_, SHUT_WR);
}

void RawClient::reset() {
    const linger at_once{1, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    ::close(std::exchange(socket_, -1));
}

bool RawClient::fill(std::chrono::steady_clock::time_point deadline) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    pollfd waited{socket_, POLLIN, 0};
    if (ended_ || left.count() <= 0 || ::poll(&waited, 1, static_cast<int>(left.count())) <= 0) {
        return false;
    }
    char bytes[65536];
    const ssize_t received = ::recv(socket_, bytes, sizeof bytes, 0);
    if (received <= 0) {
        ended_ = true;
        return false;
    }
    buffer_.append(bytes, static_cast<std::size_t>(received));
    return true;
}

Reply RawClient::receive(std::chrono::milliseconds patience, bool without_body) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    std::size_t head_end = 0;
    while ((head_end = buffer_.find("\r\n\r\n")) == std::string::npos) {
        if (!fill(deadline)) {
            return {};
        }
    }
    Reply reply;
    reply.status = std::stoi(buffer_.substr(9, 3));
    for (auto line = buffer_.find("\r\n") + 2; line < head_end + 2;) {
        const auto end = buffer_.find("\r\n", line);
        const auto colon = buffer_.find(": ", line);
        reply.headers.emplace(api::lower_case(buffer_.substr(line, colon - line)),
                              buffer_.substr(colon + 2, end - colon - 2));
        line = end + 2;
    }
    buffer_.erase(0, head_end + 4);
    const auto length = reply.header("content-length");
    const std::size_t size = without_body || length.empty() ? 0 : std::stoul(length);
    while (buffer_.size() < size && fill(deadline)) {
    }
    if (buffer_.size() < size) {
        return {};
    }
    reply.body = buffer_.substr(0, size);
    buffer_.erase(0, size);
    refuse_leaks(reply);
    return reply;
}

std::vector<Reply> RawClient::receive_all(std::chrono::milliseconds patience) {
    std::vector<Reply> replies;
    for (;;) {
        auto reply = receive(patience);
        if (reply.status == 0) {
            return replies;
        }
        replies.push_back(std::move(reply));
    }
}

bool RawClient::is_closed(std::chrono::milliseconds patience) {
    const bool something = !buffer_.empty() || fill(std::chrono::steady_clock::now() + patience);
    return !something && ended_;
}

std::size_t RawClient::swallow(std::size_t bytes, std::chrono::milliseconds patience) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    std::size_t swallowed = std::exchange(buffer_, {}).size();
    while (swallowed < bytes && fill(deadline)) {
        swallowed += std::exchange(buffer_, {}).size();
    }
    return swallowed;
}

Reply ask(std::uint16_t port, std::string_view request) {
    RawClient client(port);
    client.send(request);
    return client.receive();
}

std::string get(std::string_view target, std::string_view headers) {
    std::string request = "GET ";
    return request.append(target).append(" HTTP/1.1\r\nHost: a\r\n").append(headers).append("\r\n");
}

std::string post(std::string_view target, std::string_view body, std::string_view headers) {
    std::string request = "POST ";
    request.append(target)
        .append(" HTTP/1.1\r\nHost: a\r\nContent-Length: ")
        .append(std::to_string(body.size()));
    return request.append("\r\n").append(headers).append("\r\n").append(body);
}

}  // namespace keepwell::testing
