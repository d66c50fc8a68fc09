#include "tests/integration/edge_fixture.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <utility>

#include "api/edge/text.hpp"

namespace keepwell::testing {
namespace {

using api::Access;
using api::Audited;
using api::Body;
using api::Idempotent;
using api::Method;
using api::Request;
using api::Response;
using api::Route;
using api::Runs;

Response text(std::string body) {
    Response response;
    response.content_type = "text/plain";
    response.body = std::move(body);
    return response;
}

std::size_t number(const Request& request, std::string_view name) {
    return std::stoul(request.parameter(name).value_or("0"));
}

Response tagged(const Request& request) {
    return text(request.segments.at(1) + std::string(number(request, "pad"), '.'));
}

Response decoded(const Request& request) {
    std::string all = request.path;
    for (const auto& segment : request.segments) {
        all.append("|").append(segment);
    }
    for (const auto& [name, value] : request.query) {
        all.append("&").append(name).append("=").append(value);
    }
    return text(all);
}

Response upload(const Request& request) {
    if (!request.spilled) {
        return text("memory " + std::to_string(request.body.size()));
    }
    return text("file " + std::to_string(std::filesystem::file_size(request.spilled->path())));
}

Route row(Method method, Body body, Runs runs, api::Handler handle) {
    return Route{
        method, "", Access::kPublic, Audited::kNo, Idempotent::kByNature, body, runs, std::move(handle), {}};
}

Route get_row(api::Handler handle, Runs runs = Runs::kInline) {
    return row(Method::kGet, Body::kNone, runs, std::move(handle));
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

EdgeServer::EdgeServer(api::Limits limits, int io_threads, int waiting_threads) {
    static const std::string fixed(300'000, 'f');
    const auto echo = [](const Request& request) { return text(request.body); };
    const auto file_path = file();
    routes_ = {
        {"hello", get_row([](const Request&) { return text("hello"); })},
        {"hello",
         row(Method::kDelete, Body::kNone, Runs::kInline, [](const Request&) { return text("gone"); })},
        {"tag", get_row(tagged)},
        {"wait", get_row(tagged, Runs::kWaits)},
        {"sleep", get_row(
                      [](const Request& request) {
                          std::this_thread::sleep_for(std::chrono::milliseconds(number(request, "ms")));
                          return text("slept");
                      },
                      Runs::kWaits)},
        {"big",
         get_row([](const Request& request) { return text(std::string(number(request, "mb") << 20, 'b')); })},
        {"text", get_row([](const Request&) {
             std::string words;
             while (words.size() < 6'000) {
                 words.append("all work and no play ");
             }
             return text(words);
         })},
        {"fixed", get_row([](const Request&) {
             Response response = text("");
             response.fixed_body = fixed;
             response.compressible = false;
             return response;
         })},
        {"file", get_row([file_path](const Request&) {
             Response response;
             response.content_type = "application/octet-stream";
             response.file = file_path;
             return response;
         })},
        {"empty", get_row([](const Request&) {
             Response response = text("never sent");
             response.status = 204;
             return response;
         })},
        {"split", get_row([](const Request&) {
             Response response = text("split");
             response.headers = {
                 {"X-Evil", "a\r\nSet-Cookie: b"}, {"X-Bad Name", "c"}, {"Content-Length", "999"}};
             return response;
         })},
        {"target", get_row(decoded)},
        {"json", row(Method::kPost, Body::kJson, Runs::kInline, echo)},
        {"json", row(Method::kPut, Body::kJson, Runs::kWaits, echo)},
        {"batch", row(Method::kPost, Body::kBatch, Runs::kInline, echo)},
        {"upload", row(Method::kPost, Body::kUpload, Runs::kWaits, upload)},
    };
    api::HttpServer::Options options;
    options.port = 0;
    options.io_threads = io_threads;
    options.waiting_threads = waiting_threads;
    options.spill_folder = folder_.path();
    options.limits = limits;
    server_ = std::make_unique<api::HttpServer>(options, hooks());
}

EdgeServer::~EdgeServer() = default;

api::HttpHooks EdgeServer::hooks() {
    return {
        .match = [this](Request& request) { return match(request); },
        .respond =
            [](const Route* route, const Request& request, const std::vector<Method>& allowed) {
                if (route != nullptr) {
                    return route->handle(request);
                }
                Response response = text("no row");
                const int otherwise = request.method == Method::kOptions ? 204 : 405;
                response.status = allowed.empty() ? 404 : otherwise;
                return response;
            },
        .refuse =
            [](int status, std::string_view detail) {
                Response response = text(std::string(detail));
                response.status = status;
                return response;
            },
    };
}

api::HttpHooks::Match EdgeServer::match(const Request& request) const {
    api::HttpHooks::Match found;
    for (const auto& [first, route] : routes_) {
        if (!request.segments.empty() && request.segments[0] == first) {
            if (route.method == request.method) {
                found.route = &route;
            }
            found.allowed.push_back(route.method);
        }
    }
    if (found.route != nullptr) {
        found.allowed.clear();
    }
    return found;
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
