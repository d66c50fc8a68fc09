#include "tests/support/fault_proxy.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <stdexcept>
#include <string>

namespace keepwell::testing {
namespace {

constexpr std::size_t kPiece = 16'384;
/// Nothing to wait for but the sockets: look again now and then all the same.
constexpr int kIdleMs = 200;

sockaddr_in local_address(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

/// -1 when nobody listens there.
int connect_to(std::uint16_t port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = local_address(port);
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return socket;
    ::close(socket);
    return -1;
}

void send_at_once(int socket) {
    const int yes = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

void close_socket(int socket, bool with_reset) {
    const linger at_once{1, 0};
    if (with_reset) ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    ::close(socket);
}

}  // namespace

/// One direction of a connection.
struct FaultProxy::Stream {
    int from;
    int to;
    std::string piece{};
    Moment due{};
    bool has_ended = false;     ///< Nothing more will come.
    bool is_cut = false;        ///< The piece is the last, and the connection's end.
    bool is_broken = false;     ///< The other side takes nothing more.
    bool has_told_end = false;  ///< The end was passed on.

    bool wants_to_read() const { return piece.empty() && !has_ended; }
    bool is_done() const { return piece.empty() && (is_cut || has_told_end); }
};

struct FaultProxy::Link {
    Link(int client, int server) : request{client, server}, answer{server, client} {}

    Stream request;
    Stream answer;
    bool is_open = true;

    bool is_over() const {
        const bool is_hurt = request.is_broken || answer.is_broken ||
                             (request.is_cut && request.piece.empty()) ||
                             (answer.is_cut && answer.piece.empty());
        return is_hurt || (request.is_done() && answer.is_done());
    }
};

FaultProxy::FaultProxy(std::uint16_t target, std::uint64_t seed)
    : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)), target_(target), random_(seed) {
    sockaddr_in address = local_address(0);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener_, generic, size) != 0 || ::listen(listener_, 128) != 0 ||
        ::getsockname(listener_, generic, &size) != 0 || ::pipe(wake_) != 0) {
        ::close(listener_);
        throw std::runtime_error("the proxy cannot listen");
    }
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { loop(); });
}

FaultProxy::~FaultProxy() {
    stopping_ = true;
    wake();
    thread_.join();
    for (const int descriptor : {listener_, wake_[0], wake_[1]}) ::close(descriptor);
}

void FaultProxy::forward_to(std::uint16_t target) {
    target_ = target;
}

void FaultProxy::set(NetworkFaults faults) {
    const std::lock_guard lock(mutex_);
    faults_ = faults;
}

void FaultProxy::hold() {
    holding_ = true;
    wake();
}

void FaultProxy::release() {
    holding_ = false;
    wake();
}

void FaultProxy::cut_all() {
    cutting_ = true;
    wake();
}

void FaultProxy::wake() const {
    const char byte = 0;
    static_cast<void>(!::write(wake_[1], &byte, 1));
}

void FaultProxy::accept() {
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) return;
    const int server = connect_to(target_);
    if (server < 0) {
        close_socket(client, true);
        return;
    }
    send_at_once(client);
    send_at_once(server);
    ++connections_;
    links_.push_back(std::make_unique<Link>(client, server));
}

void FaultProxy::receive(Stream& stream, double cut, const NetworkFaults& faults) {
    stream.piece.resize(kPiece);
    const ssize_t size = ::recv(stream.from, stream.piece.data(), kPiece, MSG_DONTWAIT);
    stream.piece.resize(static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (size <= 0) {
        stream.has_ended = true;
        return;
    }
    stream.due = std::chrono::steady_clock::now();
    if (faults.delay.count() > 0)
        stream.due += std::chrono::duration_cast<std::chrono::microseconds>(faults.delay * chance());
    if (cut > 0 && chance() < cut) {
        stream.is_cut = true;
        stream.has_ended = true;
        stream.piece.resize(static_cast<std::size_t>(static_cast<double>(size) * chance()));
        ++cuts_;
    }
}

void FaultProxy::pass_on(Stream& stream, Moment now) const {
    if (!stream.piece.empty() && stream.due <= now) {
        const ssize_t sent =
            ::send(stream.to, stream.piece.data(), stream.piece.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent > 0) stream.piece.erase(0, static_cast<std::size_t>(sent));
        if (sent < 0 && errno != EAGAIN && errno != EINTR) {
            stream.piece.clear();
            stream.is_broken = true;
        }
    }
    if (stream.has_ended && stream.piece.empty() && !stream.has_told_end) {
        ::shutdown(stream.to, SHUT_WR);
        stream.has_told_end = true;
    }
}

void FaultProxy::drop(Link& link, bool with_reset) {
    close_socket(link.request.from, with_reset);
    close_socket(link.request.to, with_reset);
    link.is_open = false;
}

int FaultProxy::wait_ms(Moment now, bool is_holding) const {
    if (is_holding) return kIdleMs;
    auto next = now + std::chrono::milliseconds{kIdleMs};
    for (const auto& link : links_) {
        for (const Stream* stream : {&link->request, &link->answer}) {
            if (!stream->piece.empty() && stream->due > now) next = std::min(next, stream->due);
        }
    }
    return static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(next - now).count());
}

void FaultProxy::loop() {
    while (!stopping_) {
        const bool is_holding = holding_;
        NetworkFaults faults;
        {
            const std::lock_guard lock(mutex_);
            faults = faults_;
        }
        auto now = std::chrono::steady_clock::now();
        // While holding, nothing is read either: what is sent fills the kernel's buffers, as on a dead line.
        std::vector<pollfd> waited{{wake_[0], POLLIN, 0}, {is_holding ? -1 : listener_, POLLIN, 0}};
        for (const auto& link : links_) {
            const auto interest = [&](const Stream& in, const Stream& out) {
                const bool has_to_send = !out.piece.empty() && out.due <= now;
                return static_cast<short>((in.wants_to_read() ? POLLIN : 0) | (has_to_send ? POLLOUT : 0));
            };
            const short client = interest(link->request, link->answer);
            const short server = interest(link->answer, link->request);
            waited.push_back({is_holding || client == 0 ? -1 : link->request.from, client, 0});
            waited.push_back({is_holding || server == 0 ? -1 : link->answer.from, server, 0});
        }
        ::poll(waited.data(), waited.size(), wait_ms(now, is_holding));
        if ((waited[0].revents & POLLIN) != 0) {
            char bytes[64];
            static_cast<void>(!::read(wake_[0], bytes, sizeof bytes));
        }
        now = std::chrono::steady_clock::now();
        const bool is_cutting = cutting_.exchange(false);
        for (std::size_t i = 0; i < links_.size(); ++i) {
            Link& link = *links_[i];
            if (is_cutting) {
                ++cuts_;
                drop(link, true);
                continue;
            }
            if (is_holding) continue;
            if (waited[2 + 2 * i].revents != 0 && link.request.wants_to_read())
                receive(link.request, faults.cut_request, faults);
            if (waited[3 + 2 * i].revents != 0 && link.answer.wants_to_read())
                receive(link.answer, faults.cut_answer, faults);
            pass_on(link.request, now);
            pass_on(link.answer, now);
            // Half of the cut connections end in good order, the others with a reset.
            if (link.is_over()) drop(link, (link.request.is_cut || link.answer.is_cut) && chance() < 0.5);
        }
        std::erase_if(links_, [](const auto& link) { return !link->is_open; });
        if (!is_holding && (waited[1].revents & POLLIN) != 0) accept();
    }
    for (const auto& link : links_) drop(*link, true);
}

std::uint16_t port_in(const std::string& url) {
    return static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
}

std::string with_port(const std::string& url, std::uint16_t port) {
    const std::size_t colon = url.rfind(':');
    return url.substr(0, colon + 1) + std::to_string(port) + url.substr(url.find('/', colon));
}

std::uint64_t fault_seed() {
    if (const char* given = std::getenv("KEEPWELL_FAULT_SEED")) return std::stoull(given);
    return std::random_device{}() % 1'000'000;
}

}  // namespace keepwell::testing
