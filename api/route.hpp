#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace keepwell::api {

/// HEAD is asked of the GET row; the edge leaves the body out.
enum class Method {
    kGet,
    kPost,
    kPut,
    kPatch,
    kDelete,
    kOptions,  ///< No row has it: it is answered without one, from the methods that the path has.
};

std::string_view to_string(Method method);

/// Who may call a route.
enum class Access {
    kPublic,
    kViewer,
    kCsm,
    kAdmin,
    kMetrics,  ///< An admin, or the bearer of METRICS_TOKEN.
};

/// Whether a call leaves a row in the audit log.
enum class Audited { kNo, kYes };

/// Whether a repeated call does the work twice.
enum class Idempotent {
    kByNature,  ///< Reading, or writing the same again changes nothing.
    kByKey,     ///< Creates something: `Idempotency-Key` makes a repeat answer as the first did.
};

/// What body a route takes; the edge refuses the rest before a byte of it is kept.
enum class Body {
    kNone,
    kJson,    ///< Limit Limits::json_bytes, in memory.
    kBatch,   ///< Limit Limits::batch_bytes, in memory.
    kUpload,  ///< Limit Limits::upload_bytes; spilled to a file once it outgrows memory.
};

/// Where the handler runs. kWaits is for what may take more than some milliseconds: it gets a thread of the
/// waiting pool, so that other connections of the same I/O thread go on.
enum class Runs { kInline, kWaits };

/// A value that must be given: leaving the field out of a `Route{...}` does not compile.
template <typename T>
class Required {
public:
    constexpr Required(T value) : value_(value) {}   // NOLINT(google-explicit-constructor)
    constexpr operator T() const { return value_; }  // NOLINT(google-explicit-constructor)

private:
    T value_;
};

/// A body that did not stay in memory. The file is removed when the last owner of this lets go, unless it was
/// kept.
class SpilledBody {
public:
    explicit SpilledBody(std::filesystem::path path) : path_(std::move(path)) {}
    ~SpilledBody();
    SpilledBody(const SpilledBody&) = delete;
    SpilledBody& operator=(const SpilledBody&) = delete;

    const std::filesystem::path& path() const { return path_; }
    /// Moves the file to `target` (same file system: a rename, else a copy) and gives up ownership of it.
    /// Throws std::filesystem::filesystem_error; the file is then still owned here.
    void keep_as(const std::filesystem::path& target);

private:
    std::filesystem::path path_;
};

/// Who is calling. In development on loopback: `local`, an admin.
struct Principal {
    std::string name = "anonymous";
    Access role = Access::kPublic;  ///< The most this caller may: kViewer, kCsm or kAdmin.
    std::string refusal;            ///< Why the caller is nobody; empty when that is no question.
};

/// A request as the edge has framed and decoded it. Header names are lower case.
struct Request {
    Method method = Method::kGet;
    std::string path;  ///< Percent-decoded, without the query. `*` for `OPTIONS *`.
    /// The path split at '/' and only then decoded, so that %2F stays inside its segment. Match on this. "/"
    /// has none; "/a/" has "a" and "". Never "." or "..", no NUL, always UTF-8 (as is the query).
    std::vector<std::string> segments;
    std::map<std::string, std::string> path_parameters;        ///< By name, percent-decoded.
    std::vector<std::pair<std::string, std::string>> query;    ///< In order, percent-decoded, '+' is a space.
    std::vector<std::pair<std::string, std::string>> headers;  ///< In order; repeated names stay repeated.
    std::string body;                                          ///< Empty when `spilled`.
    std::shared_ptr<SpilledBody> spilled;                      ///< Set when the body is in a file.
    std::string request_id;
    std::string remote_address;
    Principal principal;

    /// The first header of that (lower-case) name; empty when there is none.
    std::string_view header(std::string_view name) const;
    /// The first query parameter of that name.
    std::optional<std::string> parameter(std::string_view name) const;
};

struct Response {
    int status = 200;
    std::string content_type = "application/json";
    std::string body;
    /// The edge adds Date, Content-Length, Content-Type, Connection, Vary and Allow where they belong; its
    /// own framing headers are ignored here, and no value can carry a line break.
    std::vector<std::pair<std::string, std::string>> headers{};
    /// Bytes that outlive the response (embedded files); sent instead of `body` when not empty. Not copied,
    /// unless they are compressed: give what is compressed already, with its Content-Encoding, where it
    /// matters.
    std::string_view fixed_body{};
    /// A file that is sent instead of a body, with back-pressure and flat memory. Never compressed.
    std::optional<std::filesystem::path> file{};
    /// Lets go of the file once it is open to be sent; for one that exists for this response alone.
    std::shared_ptr<SpilledBody> file_owner{};
    /// False for what is compressed already or must not be.
    bool compressible = true;
};

using Handler = std::function<Response(const Request&)>;

/// A row of the route table. Handlers return; only the edge sends. `{name}` in the path is one segment, a
/// last segment `{name...}` takes the rest of the path. Fixed segments win over parameters.
struct Route {
    Required<Method> method;
    std::string path;
    Required<Access> access;
    Required<Audited> audited;
    Required<Idempotent> idempotent;
    Required<Body> body;
    Required<Runs> runs;
    Handler handle;
    /// Query parameters that the route knows; any other is refused with 422. A single "*": pages, which read
    /// their query themselves.
    std::vector<std::string> parameters;
};

}  // namespace keepwell::api
