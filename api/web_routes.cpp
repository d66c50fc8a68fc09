#include "api/web_routes.hpp"

#include <array>
#include <cstdio>

#include "domain/embedded_file.hpp"
#include "domain/error.hpp"

namespace keepwell {
std::span<const EmbeddedFile> embedded_web();
std::span<const EmbeddedFile> embedded_openapi();
}  // namespace keepwell

namespace keepwell::api {
namespace {

constexpr const char* kAppPolicy =
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
/// Redoc draws with styles that it makes and searches in a worker that it makes.
constexpr const char* kViewerPolicy =
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; worker-src blob:; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

const EmbeddedFile* find(std::span<const EmbeddedFile> files, std::string_view path) {
    for (const EmbeddedFile& file : files) {
        if (file.path == path) return &file;
    }
    return nullptr;
}

std::string content_type(std::string_view path) {
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
std::string cache_policy(std::string_view path) {
    return path.starts_with("assets/") ? "public, max-age=31536000, immutable" : "no-cache";
}

std::string etag(std::string_view bytes) {
    std::uint64_t hash = 14695981039346656037ULL;  // FNV-1a
    for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211ULL;
    std::array<char, 24> text{};
    std::snprintf(text.data(), text.size(), "\"%016llx\"", static_cast<unsigned long long>(hash));
    return text.data();
}

Response send_file(const EmbeddedFile& file, const Request& request) {
    Response response;
    response.headers = {{"Cache-Control", cache_policy(file.path)}, {"Content-Security-Policy", kAppPolicy}};
    const std::string tag = etag(file.bytes);
    response.headers.emplace_back("ETag", tag);
    if (request.header("if-none-match") == tag) {
        response.status = 304;
        return response;
    }
    response.content_type = content_type(file.path);
    response.fixed_body = file.bytes;
    return response;
}

Response app(const Request& request) {
    const auto found = request.path_parameters.find("path");
    const std::string path = found == request.path_parameters.end() ? std::string{} : found->second;
    if (const EmbeddedFile* file = find(embedded_web(), path)) return send_file(*file, request);
    const bool names_a_file =
        path.find('.', path.rfind('/') == std::string::npos ? 0 : path.rfind('/')) != std::string::npos;
    if (names_a_file) throw Error{ErrorCode::kNotFound, "Not Found"};
    // A page of the app: its own router shows it.
    if (const EmbeddedFile* index = find(embedded_web(), "index.html")) return send_file(*index, request);
    throw Error{ErrorCode::kNotFound, "This program was built without the web app: run scripts/build"};
}

Response viewer_asset(const Request& request) {
    const EmbeddedFile* file = find(embedded_web(), "docs-assets/" + request.path_parameters.at("name"));
    if (file == nullptr) throw Error{ErrorCode::kNotFound, "Not Found"};
    return send_file(*file, request);
}

Response viewer(std::string_view body) {
    return {.content_type = "text/html; charset=utf-8",
            .body =
                "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Keepwell API</title>"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">" +
                std::string{body} + "</html>",
            .headers = {{"Content-Security-Policy", kViewerPolicy}, {"Cache-Control", "no-cache"}}};
}

Response swagger(const Request&) {
    return viewer(
        "<link rel=\"stylesheet\" href=\"/docs/assets/docs.css\">"
        "<link rel=\"stylesheet\" href=\"/docs/assets/swagger-ui.css\"></head><body><div "
        "id=\"swagger-ui\"></div>"
        "<script src=\"/docs/assets/swagger-ui-bundle.js\"></script><script "
        "src=\"/docs/assets/swagger-start.js\"></script></body>");
}

Response redoc(const Request&) {
    return viewer(
        "<link rel=\"stylesheet\" href=\"/docs/assets/docs.css\"></head><body><div "
        "id=\"redoc\"></div><script src=\"/docs/assets/redoc.standalone.js\"></script>"
        "<script src=\"/docs/assets/redoc-start.js\"></script></body>");
}

Response openapi(const Request& request) {
    const EmbeddedFile* file = find(embedded_openapi(), "openapi.json");
    if (file == nullptr) throw Error{ErrorCode::kNotFound, "Not Found"};
    return send_file(*file, request);
}

Route public_file(std::string path, Handler handle) {
    return {.method = Method::kGet,
            .path = std::move(path),
            .access = Access::kPublic,
            .audited = Audited::kNo,
            .idempotent = Idempotent::kByNature,
            .body = Body::kNone,
            .runs = Runs::kInline,
            .handle = std::move(handle),
            .parameters = {}};
}

}  // namespace

std::vector<Route> web_routes() {
    std::vector<Route> routes{
        public_file("/openapi.json", openapi),
        public_file("/docs", swagger),
        public_file("/redoc", redoc),
        public_file("/docs/assets/{name}", viewer_asset),
    };
    // The app's own links carry filters in their query; the server doesn't read them.
    for (const char* path : {"/app/", "/app/{path...}"}) {
        Route route = public_file(path, app);
        route.parameters = {"*"};
        routes.push_back(std::move(route));
    }
    return routes;
}

}  // namespace keepwell::api
