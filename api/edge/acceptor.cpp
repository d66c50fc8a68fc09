#include "api/edge/acceptor.hpp"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>

#include <array>
#include <cerrno>
#include <memory>
#include <system_error>

namespace keepwell::api {
namespace {

constexpr int kBacklog = 1024;
constexpr int kPauseMs = 100;  // While the machine is out of descriptors or memory.

struct FreeAddresses {
    void operator()(addrinfo* addresses) const { ::freeaddrinfo(addresses); }
};

[[noreturn]] void cannot_listen(const std::string& where, int error) {
    throw std::system_error(error, std::generic_category(), "cannot listen on " + where);
}

UniqueFd listen_on(const addrinfo& address) {
    UniqueFd socket(::socket(address.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const int yes = 1;
    if (!socket || ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 ||
        ::bind(socket.get(), address.ai_addr, address.ai_addrlen) != 0 ||
        ::listen(socket.get(), kBacklog) != 0) {
        const int error = errno;
        socket.reset();
        errno = error;
    }
    return socket;
}

std::uint16_t port_of(int socket) {
    sockaddr_storage address{};
    socklen_t length = sizeof address;
    ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length);
    // The port is at the same place in both families.
    return ntohs(reinterpret_cast<const sockaddr_in*>(&address)->sin_port);
}

}  // namespace

Acceptor::Acceptor(const std::string& host, std::uint16_t port)
    : stop_event_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
    const std::string where = host + ":" + std::to_string(port);
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    if (const int error = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
        error != 0) {
        throw std::system_error(std::make_error_code(std::errc::address_not_available),
                                "cannot listen on " + where + " (" + ::gai_strerror(error) + ")");
    }
    const std::unique_ptr<addrinfo, FreeAddresses> addresses(found);
    for (const addrinfo* address = found; address != nullptr && !socket_; address = address->ai_next) {
        socket_ = listen_on(*address);
    }
    if (!socket_ || !stop_event_) {
        cannot_listen(where, errno);
    }
    port_ = port_of(socket_.get());
}

Acceptor::~Acceptor() {
    stop();
}

void Acceptor::start(std::function<void(NewClient)> take) {
    take_ = std::move(take);
    thread_ = std::thread([this] { run(); });
    ::pthread_setname_np(thread_.native_handle(), "accept");
}

void Acceptor::stop() {
    if (thread_.joinable()) {
        ::eventfd_write(stop_event_.get(), 1);
        thread_.join();
    }
    socket_.reset();
}

void Acceptor::run() {
    std::array<pollfd, 2> waited{{{stop_event_.get(), POLLIN, 0}, {socket_.get(), POLLIN, 0}}};
    bool pauses = false;
    for (;;) {
        // A descriptor that stays readable because accept() fails would make this loop spin.
        ::poll(waited.data(), pauses ? 1 : 2, pauses ? kPauseMs : -1);
        if ((waited[0].revents & POLLIN) != 0) {
            return;
        }
        pauses = !accept_waiting();
    }
}

/// False when the machine has nothing left to accept with.
bool Acceptor::accept_waiting() {
    for (;;) {
        NewClient client;
        socklen_t length = sizeof client.address;
        client.socket = UniqueFd(::accept4(socket_.get(), reinterpret_cast<sockaddr*>(&client.address),
                                           &length, SOCK_NONBLOCK | SOCK_CLOEXEC));
        if (!client.socket) {
            if (errno == EAGAIN || errno == EWOULDBLOCK) {
                return true;
            }
            if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
                return false;
            }
            continue;  // This client has given up already.
        }
        const int yes = 1;
        ::setsockopt(client.socket.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        take_(std::move(client));
    }
}

}  // namespace keepwell::api
