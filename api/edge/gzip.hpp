#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace keepwell::api {

/// Whether an Accept-Encoding header (all of its values, joined by commas) takes gzip.
bool accepts_gzip(std::string_view accept_encoding);
/// Whether a body of that media type shrinks.
bool is_compressible_type(std::string_view content_type);
/// At the quickest level; its gain over none is most of what there is to gain.
std::string gzipped(std::string_view bytes);

/// Undoes gzip as it arrives, in constant memory.
class GzipReader {
public:
    GzipReader();
    ~GzipReader();
    GzipReader(const GzipReader&) = delete;
    GzipReader& operator=(const GzipReader&) = delete;

    /// Hands what `bytes` inflate to, in pieces, to `take`. Throws Refused (400) when it is no gzip.
    void write(std::string_view bytes, const std::function<void(std::string_view)>& take);
    /// Throws Refused (400) when the stream is cut off.
    void finish() const;

private:
    struct Stream;
    std::unique_ptr<Stream> stream_;
};

}  // namespace keepwell::api
