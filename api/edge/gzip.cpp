#include "api/edge/gzip.hpp"

#include <zlib.h>

#include <array>
#include <new>

#include "api/edge/refused.hpp"
#include "api/edge/text.hpp"

namespace keepwell::api {
namespace {

constexpr int kGzipWindow = 15 + 16;  // zlib's way to say "gzip, the largest window".
constexpr int kMemoryLevel = 8;

/// Of "gzip;q=0.5": whether the weight is above zero.
bool is_wanted(std::string_view parameters) {
    const auto q = parameters.find("q=");
    if (q == std::string_view::npos) {
        return true;
    }
    const auto weight = trimmed(parameters.substr(q + 2));
    return weight.find_first_of("123456789") != std::string_view::npos;
}

}  // namespace

bool accepts_gzip(std::string_view accept_encoding) {
    bool any = false;
    while (!accept_encoding.empty()) {
        const auto item = next_item(accept_encoding);
        const auto semicolon = item.find(';');
        const auto coding = trimmed(item.substr(0, semicolon));
        const bool wanted = semicolon == std::string_view::npos || is_wanted(item.substr(semicolon));
        if (equal_ignoring_case(coding, "gzip") || equal_ignoring_case(coding, "x-gzip")) {
            return wanted;
        }
        any = any || (coding == "*" && wanted);
    }
    return any;
}

bool is_compressible_type(std::string_view content_type) {
    const auto type = lower_case(trimmed(content_type.substr(0, content_type.find(';'))));
    return type.starts_with("text/") || type.ends_with("json") || type.ends_with("xml") ||
           type == "application/javascript" || type == "application/yaml" ||
           type == "application/manifest+json";
}

std::string gzipped(std::string_view bytes) {
    z_stream stream{};
    if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, kGzipWindow, kMemoryLevel, Z_DEFAULT_STRATEGY) !=
        Z_OK) {
        throw std::bad_alloc();
    }
    std::string result(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(result.data());
    stream.avail_out = static_cast<uInt>(result.size());
    deflate(&stream, Z_FINISH);
    result.resize(stream.total_out);
    deflateEnd(&stream);
    return result;
}

struct GzipReader::Stream {
    z_stream z{};
    bool ended = false;
    std::array<char, 32 * 1024> out{};
};

GzipReader::GzipReader() : stream_(std::make_unique<Stream>()) {
    if (inflateInit2(&stream_->z, kGzipWindow) != Z_OK) {
        throw std::bad_alloc();
    }
}

GzipReader::~GzipReader() {
    inflateEnd(&stream_->z);
}

void GzipReader::write(std::string_view bytes, const std::function<void(std::string_view)>& take) {
    auto& [z, ended, out] = *stream_;
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    z.avail_in = static_cast<uInt>(bytes.size());
    do {
        if (ended) {
            if (z.avail_in == 0) {
                return;
            }
            inflateReset(&z);  // RFC 1952, 2.2: a file may have several members.
            ended = false;
        }
        z.next_out = reinterpret_cast<Bytef*>(out.data());
        z.avail_out = static_cast<uInt>(out.size());
        const int result = inflate(&z, Z_NO_FLUSH);
        if (result == Z_MEM_ERROR) {
            throw std::bad_alloc();
        }
        if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) {
            throw Refused(400, "The body is not gzip, though its Content-Encoding says so.");
        }
        ended = result == Z_STREAM_END;
        take({out.data(), out.size() - z.avail_out});
    } while (z.avail_in > 0 || (!ended && z.avail_out == 0));
}

void GzipReader::finish() const {
    if (!stream_->ended) {
        throw Refused(400, "The gzip body is cut off.");
    }
}

}  // namespace keepwell::api
