#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace keepwell::api {

/// Takes the chunked coding off a body that arrives in pieces of any size.
class ChunkedBody {
public:
    /// Takes bytes off the front of `bytes` and returns the next payload among them; empty when there was
    /// none, with `bytes` used up or the body ended. Throws Refused (400).
    std::string_view next(std::string_view& bytes);
    /// Whether the last chunk and the trailers after it are through.
    bool has_ended() const { return state_ == State::kEnd; }

private:
    enum class State {
        kSize,
        kExtension,
        kSizeEnd,
        kData,
        kDataCr,
        kDataLf,
        kTrailerStart,
        kTrailer,
        kTrailerLf,
        kLastLf,
        kEnd
    };

    void step(char c);
    void read_size(char c);
    void count_overhead();

    State state_ = State::kSize;
    std::uint64_t size_ = 0;  ///< What is left of the current chunk.
    int digits_ = 0;
    std::size_t overhead_ = 0;  ///< Bytes of extensions and trailers so far.
};

}  // namespace keepwell::api
