#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "api/edge/refused.hpp"
#include "api/edge/request_head.hpp"

using namespace keepwell::api;

namespace {

constexpr Limits kLimits;

/// Whether the bytes are a head when they arrive in two pieces; what follows a head is left over.
bool is_head(std::string_view first, std::string_view second) {
    HeadReader reader(kLimits);
    try {
        if (!reader.feed(first) && !reader.feed(second)) {
            return false;
        }
        const auto head = reader.take();
        if (head.content_length && head.is_chunked) {
            std::abort();
        }
        for (const auto& segment : head.target.segments) {
            if (segment == "..") {
                std::abort();
            }
        }
        return true;
    } catch (const Refused&) {
        return false;
    }
}

}  // namespace

/// How the bytes are cut into pieces must not change what they mean. The first byte says where to cut.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) {
        return 0;
    }
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::size_t cut = data[0] % bytes.size();
    if (is_head(bytes, {}) != is_head(bytes.substr(0, cut), bytes.substr(cut))) {
        std::abort();
    }
    try {
        parse_request_head(bytes, kLimits);
    } catch (const Refused&) {
        return 0;
    }
    return 0;
}
