#include "api/static_files.hpp"

#include <array>
#include <cstdint>
#include <cstdio>
#include <mutex>

#include "api/edge/gzip.hpp"
#include "domain/error.hpp"

namespace keepwell::api {
namespace {

constexpr std::size_t kWorthCompressing = 1024;

std::string content_type_of(std::string_view path) {
    struct Type {
        std::string_view ending;
        const char* type;
    };
    static constexpr std::array kTypes{
        Type{".html", "text/html; charset=utf-8"},
        Type{".js", "text/javascript; charset=utf-8"},
        Type{".css", "text/css; charset=utf-8"},
        Type{".svg", "image/svg+xml"},
        Type{".json", "application/json"},
        Type{".woff2", "font/woff2"},
        Type{".png", "image/png"},
        Type{".ico", "image/x-icon"},
        Type{".txt", "text/plain; charset=utf-8"},
        Type{".webmanifest", "application/manifest+json"},
    };
    for (const Type& row : kTypes) {
        if (path.ends_with(row.ending)) return row.type;
    }
    return "application/octet-stream";
}

/// Names with a content hash never change; the rest is asked for again.
std::string cache_policy_of(std::string_view path) {
    return path.starts_with("assets/") ? "public, max-age=31536000, immutable" : "no-cache";
}

std::string etag_of(std::string_view bytes) {
    std::uint64_t hash = 14695981039346656037ULL;  // FNV-1a
    for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211ULL;
    std::array<char, 24> text{};
    // Weak: the gzip form goes by the same tag.
    std::snprintf(text.data(), text.size(), "W/\"%016llx\"", static_cast<unsigned long long>(hash));
    return text.data();
}

}  // namespace

struct StaticFiles::File {
    std::string_view bytes;
    std::string content_type;
    std::string cache_policy;
    std::string etag;
    bool is_compressible = false;
    std::once_flag compressed;
    std::string gzip;
};

StaticFiles::StaticFiles(std::span<const EmbeddedFile> files) {
    for (const EmbeddedFile& embedded : files) {
        auto file = std::make_unique<File>();
        file->bytes = embedded.bytes;
        file->content_type = content_type_of(embedded.path);
        file->cache_policy = cache_policy_of(embedded.path);
        file->etag = etag_of(embedded.bytes);
        file->is_compressible =
            is_compressible_type(file->content_type) && embedded.bytes.size() >= kWorthCompressing;
        files_.emplace(embedded.path, std::move(file));
    }
}

StaticFiles::~StaticFiles() = default;

bool StaticFiles::has(std::string_view path) const {
    return files_.find(path) != files_.end();
}

Response StaticFiles::send(std::string_view path, const Request& request) const {
    const auto found = files_.find(path);
    if (found == files_.end()) throw Error{ErrorCode::kNotFound, "Not Found"};
    File& file = *found->second;
    Response response;
    response.headers = {{"Cache-Control", file.cache_policy}, {"ETag", file.etag}};
    response.compressible = false;
    if (request.header("if-none-match") == file.etag) {
        response.status = 304;
        return response;
    }
    response.content_type = file.content_type;
    response.fixed_body = file.bytes;
    if (!file.is_compressible) return response;
    response.headers.emplace_back("Vary", "Accept-Encoding");
    if (!accepts_gzip(request.header("accept-encoding"))) return response;
    std::call_once(file.compressed, [&] { file.gzip = gzipped(file.bytes); });
    response.fixed_body = file.gzip;
    response.headers.emplace_back("Content-Encoding", "gzip");
    return response;
}

}  // namespace keepwell::api
