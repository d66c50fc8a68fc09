#include "api/edge/output_queue.hpp"

#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace keepwell::api {
namespace {

constexpr std::size_t kJoined = 4 * 1024;  // Up to here copying beats a second entry for the kernel.
constexpr std::size_t kPiecesAtOnce = 16;

}  // namespace

std::string_view OutputQueue::Piece::rest() const {
    const std::string_view all = owned.empty() ? fixed : owned;
    return all.substr(static_cast<std::size_t>(done));
}

void OutputQueue::push(Piece piece) {
    if (piece.size == 0) {
        return;
    }
    size_ += piece.size;
    memory_ += piece.owned.size();
    pieces_.push_back(std::move(piece));
}

void OutputQueue::push(std::string bytes) {
    Piece piece;
    piece.size = bytes.size();
    piece.owned = std::move(bytes);
    push(std::move(piece));
}

void OutputQueue::push(WireResponse response) {
    if (response.body.size() <= kJoined) {
        response.head.append(response.body);
        response.body.clear();
    }
    push(std::move(response.head));
    push(std::move(response.body));
    Piece piece;
    piece.fixed = response.fixed;
    piece.file = std::move(response.file);
    piece.size = piece.file ? response.file_bytes : piece.fixed.size();
    push(std::move(piece));
}

OutputQueue::State OutputQueue::send_to(int socket, std::size_t budget, std::uint64_t& sent) {
    std::size_t turn = 0;
    while (!pieces_.empty()) {
        if (turn >= budget) {
            return State::kMore;
        }
        const long bytes = pieces_.front().file ? send_file(socket, budget - turn) : send_memory(socket);
        if (bytes < 0) {
            if (errno == EINTR) {
                continue;
            }
            return errno == EAGAIN || errno == EWOULDBLOCK ? State::kBlocked : State::kFailed;
        }
        if (bytes == 0) {
            return State::kFailed;  // The file has become shorter than its Content-Length.
        }
        advance(static_cast<std::uint64_t>(bytes));
        turn += static_cast<std::size_t>(bytes);
        sent += static_cast<std::uint64_t>(bytes);
    }
    return State::kEmpty;
}

long OutputQueue::send_memory(int socket) {
    std::array<iovec, kPiecesAtOnce> parts{};
    std::size_t count = 0;
    for (auto piece = pieces_.begin(); piece != pieces_.end() && !piece->file && count < parts.size();
         ++piece) {
        const auto rest = piece->rest();
        parts[count++] = {const_cast<char*>(rest.data()), rest.size()};
    }
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = count;
    return ::sendmsg(socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
}

long OutputQueue::send_file(int socket, std::size_t budget) {
    auto& piece = pieces_.front();
    auto offset = static_cast<off_t>(piece.done);
    const auto length = std::min<std::uint64_t>(piece.size - piece.done, budget);
    return ::sendfile(socket, piece.file.get(), &offset, static_cast<std::size_t>(length));
}

void OutputQueue::advance(std::uint64_t bytes) {
    size_ -= bytes;
    while (bytes > 0) {
        auto& piece = pieces_.front();
        const auto step = std::min(bytes, piece.size - piece.done);
        piece.done += step;
        bytes -= step;
        if (!piece.owned.empty()) {
            memory_ -= step;
        }
        if (piece.done == piece.size) {
            pieces_.pop_front();
        }
    }
}

}  // namespace keepwell::api
