#include "api/web_routes.hpp"

#include "api/static_files.hpp"
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

const StaticFiles& web_files() {
    static const StaticFiles files(embedded_web());
    return files;
}

Response with_policy(Response response) {
    response.headers.emplace_back("Content-Security-Policy", kAppPolicy);
    return response;
}

Response app(const Request& request) {
    const auto found = request.path_parameters.find("path");
    const std::string path = found == request.path_parameters.end() ? std::string{} : found->second;
    if (web_files().has(path)) return with_policy(web_files().send(path, request));
    const std::size_t last_slash = path.rfind('/');
    const bool names_a_file =
        path.find('.', last_slash == std::string::npos ? 0 : last_slash) != std::string::npos;
    if (names_a_file) throw Error{ErrorCode::kNotFound, "Not Found"};
    // A page of the app: its own router shows it.
    if (web_files().has("index.html")) return with_policy(web_files().send("index.html", request));
    throw Error{ErrorCode::kNotFound, "This program was built without the web app: run scripts/build"};
}

Response viewer_asset(const Request& request) {
    return with_policy(web_files().send("docs-assets/" + request.path_parameters.at("name"), request));
}

Response viewer(std::string_view body) {
    return {.content_type = "text/html; charset=utf-8",
            .body =
                "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Keepwell API</title>"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                "<link rel=\"icon\" href=\"/app/favicon.svg\">" +
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
    static const StaticFiles files(embedded_openapi());
    return with_policy(files.send("openapi.json", request));
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
