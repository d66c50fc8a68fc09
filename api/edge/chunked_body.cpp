#include "api/edge/chunked_body.hpp"

#include <algorithm>

#include "api/edge/refused.hpp"

namespace keepwell::api {
namespace {

constexpr std::size_t kOverheadBytes = 8 * 1024;
constexpr int kSizeDigits = 15;  // Never overflows 64 bits.

[[noreturn]] void malformed() {
    throw Refused(400, "The chunked body is malformed.");
}

bool is_text(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= 0x20 && byte != 0x7F) || c == '\t';
}

}  // namespace

std::string_view ChunkedBody::next(std::string_view& bytes) {
    while (!bytes.empty() && state_ != State::kEnd) {
        if (state_ == State::kData) {
            const auto length = static_cast<std::size_t>(std::min<std::uint64_t>(size_, bytes.size()));
            const auto payload = bytes.substr(0, length);
            bytes.remove_prefix(length);
            size_ -= length;
            if (size_ == 0) {
                state_ = State::kDataCr;
            }
            return payload;
        }
        step(bytes[0]);
        bytes.remove_prefix(1);
    }
    return {};
}

void ChunkedBody::step(char c) {
    const auto expect = [&](char wanted, State next) {
        if (c != wanted) {
            malformed();
        }
        state_ = next;
    };
    switch (state_) {
        case State::kSize:
            read_size(c);
            return;
        case State::kExtension:
            if (c == '\r') {
                state_ = State::kSizeEnd;
            } else {
                is_text(c) ? count_overhead() : malformed();
            }
            return;
        case State::kSizeEnd:
            expect('\n', size_ > 0 ? State::kData : State::kTrailerStart);
            digits_ = 0;
            return;
        case State::kDataCr:
            return expect('\r', State::kDataLf);
        case State::kDataLf:
            return expect('\n', State::kSize);
        case State::kTrailerStart:
            if (c == '\r') {
                state_ = State::kLastLf;
                return;
            }
            state_ = State::kTrailer;
            [[fallthrough]];
        case State::kTrailer:
            if (c == '\r') {
                state_ = State::kTrailerLf;
            } else {
                is_text(c) ? count_overhead() : malformed();
            }
            return;
        case State::kTrailerLf:
            return expect('\n', State::kTrailerStart);
        case State::kLastLf:
            return expect('\n', State::kEnd);
        case State::kData:
        case State::kEnd:
            return;
    }
}

void ChunkedBody::read_size(char c) {
    int digit = -1;
    if (c >= '0' && c <= '9') {
        digit = c - '0';
    } else if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')) {
        digit = (c | 0x20) - 'a' + 10;
    }
    if (digit >= 0) {
        if (++digits_ > kSizeDigits) {
            malformed();
        }
        size_ = size_ * 16 + static_cast<std::uint64_t>(digit);
    } else if (digits_ == 0) {
        malformed();
    } else if (c == '\r') {
        state_ = State::kSizeEnd;
    } else if (c == ';') {
        state_ = State::kExtension;
    } else {
        malformed();
    }
}

void ChunkedBody::count_overhead() {
    if (++overhead_ > kOverheadBytes) {
        throw Refused(400, "The chunked body has too much beside its data.");
    }
}

}  // namespace keepwell::api
