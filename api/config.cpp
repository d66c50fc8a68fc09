#include "api/config.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

#include "domain/error.hpp"

namespace keepwell::api {
namespace {

Setting text(std::string_view name, std::string Config::*field, std::string_view description,
             bool is_secret = false) {
    return {name, description, is_secret, [field](const Config& config) { return config.*field; },
            [field](Config& config, const std::string& value) {
                config.*field = value;
                return std::string{};
            }};
}

Setting choice(std::string_view name, std::string Config::*field, std::vector<std::string> choices,
               std::string_view description) {
    return {name, description, false, [field](const Config& config) { return config.*field; },
            [field, choices = std::move(choices)](Config& config, const std::string& value) {
                if (std::find(choices.begin(), choices.end(), value) == choices.end()) {
                    std::string known;
                    for (const std::string& one : choices) known += (known.empty() ? "" : ", ") + one;
                    return "must be one of " + known;
                }
                config.*field = value;
                return std::string{};
            }};
}

Setting number(std::string_view name, int Config::*field, int minimum, int maximum,
               std::string_view description) {
    return {name, description, false, [field](const Config& config) { return std::to_string(config.*field); },
            [=](Config& config, const std::string& value) {
                int parsed = 0;
                const auto [end, failure] =
                    std::from_chars(value.data(), value.data() + value.size(), parsed);
                if (failure != std::errc{} || end != value.data() + value.size() || parsed < minimum ||
                    parsed > maximum) {
                    return "must be a whole number from " + std::to_string(minimum) + " to " +
                           std::to_string(maximum);
                }
                config.*field = parsed;
                return std::string{};
            }};
}

std::string_view trim(std::string_view line) {
    while (!line.empty() && std::isspace(static_cast<unsigned char>(line.front()))) line.remove_prefix(1);
    while (!line.empty() && std::isspace(static_cast<unsigned char>(line.back()))) line.remove_suffix(1);
    return line;
}

}  // namespace

bool Config::is_loopback() const {
    return api_host == "localhost" || api_host == "::1" || api_host.starts_with("127.");
}

const std::vector<Setting>& settings() {
    static const std::vector<Setting> all{
        text("DATABASE_URL", &Config::database_url,
             "Where the data are: sqlite:///relative.db, sqlite:////absolute.db or "
             "postgresql://user:password@host/database"),
        choice("DATABASE_POOLER", &Config::database_pooler, {"session", "transaction"},
               "transaction when PostgreSQL is behind a pooler such as pgbouncer in transaction mode"),
        number("DATABASE_CONNECTIONS", &Config::database_connections, 1, 200,
               "Sessions kept open to the database"),
        text("API_HOST", &Config::api_host, "Address to listen on; other than loopback demands SECRET_KEY"),
        number("API_PORT", &Config::api_port, 0, 65535, "Port to listen on; 0 for any free one"),
        number("WS_PORT", &Config::ws_port, 0, 65535, "Port for WebSockets (planned); 0 is API_PORT + 1"),
        choice("ENVIRONMENT", &Config::environment, {"development", "production"},
               "development lets local requests in without signing in; production demands SECRET_KEY"),
        text("SECRET_KEY", &Config::secret_key,
             "Signs what proves who is calling; at least 32 random characters", true),
        text("ADMIN_TOKEN", &Config::admin_token,
             "Bearer token that may do everything, until there are users; at least 32 random characters",
             true),
        text("METRICS_TOKEN", &Config::metrics_token, "Bearer token that may read /metrics", true),
        choice("LOG_LEVEL", &Config::log_level, {"trace", "debug", "info", "warn", "error"},
               "How much is logged"),
        text("CORS_ORIGINS", &Config::cors_origins,
             "Origins of other web pages that may call the API, separated by commas"),
        number("RATE_LIMIT_PER_MINUTE", &Config::rate_limit_per_minute, 0, 1'000'000,
               "Requests per minute and caller (planned); 0 is no limit"),
        number("CACHE_TTL_MINUTES", &Config::cache_ttl_minutes, 0, 1440,
               "How long answers from outside may be kept (planned); own totals follow the data at once"),
        text("DATA_DIR", &Config::data_dir,
             "Folder for uploads until they are imported; several nodes share it"),
        number("HTTP_THREADS", &Config::http_threads, 1, 64, "Threads that read and answer requests"),
        number("JOB_THREADS", &Config::job_threads, 0, 64,
               "Threads that do background work; 0 for none in this process"),
        number("WORKERS", &Config::workers, 0, 64,
               "Threads that calculate health scores after events; 0 for none in this process"),
        number("EVENT_RETENTION_DAYS", &Config::event_retention_days, 31, 36'500,
               "Days after which events, and what was summed up of them, are removed"),
        number("UPLOAD_LIMIT_MB", &Config::upload_limit_mb, 1, 100'000, "Largest CSV upload in megabytes"),
        text("PLUGIN_DIR", &Config::plugin_dir,
             "Folder with further factors as plugins (*.so), read at start; empty for none"),
        number("PLUGIN_TIME_LIMIT_MS", &Config::plugin_time_limit_ms, 10, 60'000,
               "How long one call of a plugin may take; twice as long disables it"),
    };
    return all;
}

std::string flag_name(const Setting& setting) {
    std::string flag = "--";
    for (const char letter : setting.name) {
        flag += letter == '_' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    }
    return flag;
}

Variables parse_env_text(std::string_view text) {
    Variables variables;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = trim(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.starts_with("export ")) line = trim(line.substr(7));
        const std::size_t equals = line.find('=');
        if (line.empty() || line.front() == '#' || equals == std::string_view::npos) continue;
        std::string_view value = trim(line.substr(equals + 1));
        if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') &&
            value.back() == value.front()) {
            value = value.substr(1, value.size() - 2);
        }
        variables[std::string{trim(line.substr(0, equals))}] = value;
    }
    return variables;
}

Config read_config(const std::vector<Variables>& sources) {
    Config config;
    std::vector<FieldError> mistakes;
    for (const Setting& setting : settings()) {
        const std::string* value = nullptr;
        for (const Variables& source : sources) {
            if (const auto found = source.find(std::string{setting.name}); found != source.end())
                value = &found->second;
        }
        if (value == nullptr) continue;
        if (std::string mistake = setting.set(config, *value); !mistake.empty()) {
            mistakes.push_back({std::string{setting.name},
                                mistake + ", not \"" + (setting.is_secret ? "…" : *value) + "\""});
        }
    }
    if (!mistakes.empty()) {
        std::string text = "the settings can't be used:";
        for (const FieldError& mistake : mistakes) text += "\n  " + mistake.pointer + " " + mistake.message;
        throw Error{ErrorCode::kInvalid, text, std::move(mistakes)};
    }
    return config;
}

std::vector<std::string> start_refusals(const Config& config) {
    constexpr std::size_t kMinimumSecret = 32;
    const auto remedy = [](const std::string& name) {
        return "set " + name + " to at least 32 random characters, e.g. `openssl rand -hex 32`";
    };
    std::vector<std::string> refusals;
    const auto refuse_short = [&](const std::string& name, const std::string& secret) {
        if (!secret.empty() && secret.size() < kMinimumSecret)
            refusals.push_back(name + " is too short: " + remedy(name));
    };
    refuse_short("SECRET_KEY", config.secret_key);
    refuse_short("ADMIN_TOKEN", config.admin_token);
    if (!config.secret_key.empty()) return refusals;
    if (config.is_production())
        refusals.push_back("ENVIRONMENT=production needs a SECRET_KEY: " + remedy("SECRET_KEY"));
    if (!config.is_loopback()) {
        refusals.push_back("API_HOST=" + config.api_host +
                           " can be reached by others and needs a SECRET_KEY: " + remedy("SECRET_KEY") +
                           ", or listen on 127.0.0.1");
    }
    return refusals;
}

std::string env_example() {
    std::string text =
        "# Settings of Keepwell with their defaults. Copy to .env and change what you need.\n"
        "# The environment wins over this file, flags (--api-port 9000) win over both.\n";
    const Config defaults;
    for (const Setting& setting : settings()) {
        text += "\n# " + std::string{setting.description} + "\n";
        const std::string value = setting.get(defaults);
        text += (value.empty() ? "# " : "") + std::string{setting.name} + "=" + value + "\n";
    }
    return text;
}

}  // namespace keepwell::api
