#include "data/database.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include "data/postgresql/postgresql_session.hpp"
#include "data/session_pool.hpp"
#include "data/sqlite/sqlite_session.hpp"
#include "domain/error.hpp"

namespace keepwell::data {
namespace {

constexpr std::string_view kSqlite = "sqlite:///";

bool is_postgresql(std::string_view url) {
    return url.starts_with("postgresql://") || url.starts_with("postgres://");
}

[[noreturn]] void refuse(const std::string& why) {
    throw Error(ErrorCode::kInvalid, "DATABASE_URL: " + why);
}

std::string path_of(const std::string& url) {
    if (!url.starts_with(kSqlite)) {
        refuse("use sqlite:///relative.db, sqlite:////absolute/path.db or postgresql://user@host/database");
    }
    const std::string path = url.substr(kSqlite.size());
    if (path.empty() || path.ends_with('/')) refuse("name a file after sqlite:///");
    if (path.find_first_of("\"\n") != std::string::npos) {
        refuse("the path of a SQLite file can't hold quotes or line breaks");
    }
    const std::filesystem::path folder = std::filesystem::absolute(path).parent_path();
    if (!std::filesystem::is_directory(folder)) {
        refuse("the folder " + folder.string() + " doesn't exist; create it first");
    }
    return path;
}

/// An @ of the password would make the rest of it the host.
void check_authority(const std::string& url) {
    const std::size_t begin = url.find("://") + 3;
    const std::size_t end = std::min(url.find_first_of("/?", begin), url.size());
    if (std::count(url.begin() + static_cast<std::ptrdiff_t>(begin),
                   url.begin() + static_cast<std::ptrdiff_t>(end), '@') > 1) {
        refuse("write an @ in the user's name or password as %40 (and / as %2F, : as %3A, % as %25)");
    }
}

/// What libpq should do unless the URL says otherwise: a host that doesn't answer must not hang a request.
std::string with_defaults(std::string url) {
    for (const std::string_view parameter :
         {"connect_timeout=5", "tcp_user_timeout=30000", "fallback_application_name=keepwell"}) {
        const std::string_view name = parameter.substr(0, parameter.find('='));
        if (url.find(name) != std::string::npos) continue;
        url += url.find('?') == std::string::npos ? '?' : '&';
        url += parameter;
    }
    return url;
}

}  // namespace

struct Database::Pools {
    PostgresqlSettings settings;
    std::optional<SessionPool> readers;
    std::optional<SessionPool> writer;
};

Database::Database(DatabaseOptions options)
    : options_(std::move(options)), pools_(std::make_unique<Pools>()) {
    if (options_.sessions == 0) throw Error(ErrorCode::kInvalid, "A database needs at least one session.");
    if (is_postgresql(options_.url)) {
        check_authority(options_.url);
        pools_->settings = {with_defaults(options_.url), options_.transaction_pooler,
                            options_.statement_timeout};
        pools_->readers.emplace(options_.sessions, options_.lease_timeout, [this](soci::session& connection) {
            return std::make_unique<PostgresqlSession>(connection, pools_->settings);
        });
        return;
    }
    sqlite_path_ = path_of(options_.url);
    const auto make = [this](SqliteSession::Mode mode) {
        return [this, mode](soci::session& connection) {
            return std::make_unique<SqliteSession>(connection, sqlite_path_, mode, options_.busy_timeout);
        };
    };
    pools_->readers.emplace(options_.sessions, options_.lease_timeout, make(SqliteSession::Mode::kReader));
    pools_->writer.emplace(1, options_.lease_timeout, make(SqliteSession::Mode::kWriter));
}

Database::~Database() = default;

Dialect Database::dialect() const {
    return sqlite_path_.empty() ? Dialect::kPostgresql : Dialect::kSqlite;
}

std::string Database::description() const {
    if (dialect() == Dialect::kSqlite) return "SQLite file " + sqlite_path_;
    const std::string& url = options_.url;
    const std::size_t start = url.find("://") + 3;
    const std::size_t end = std::min(url.find('?', start), url.size());
    const std::size_t at = url.rfind('@', end);
    const std::size_t host = at == std::string::npos || at < start ? start : at + 1;
    return "PostgreSQL at " + url.substr(host, end - host);
}

SessionPool& Database::readers() {
    return *pools_->readers;
}

SessionPool& Database::writers() {
    return pools_->writer ? *pools_->writer : *pools_->readers;
}

}  // namespace keepwell::data
