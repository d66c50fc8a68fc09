#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keepwell::api {

/// Everything that can be set. Read once at start from the environment, `.env` and flags; see settings().
struct Config {
    std::string database_url = "sqlite:///keepwell.db";
    std::string database_pooler = "session";
    int database_connections = 8;
    std::string api_host = "127.0.0.1";
    int api_port = 8000;
    int ws_port = 0;  ///< 0: api_port + 1.
    std::string environment = "development";
    std::string secret_key;
    std::string admin_token;
    std::string metrics_token;
    std::string log_level = "info";
    std::string cors_origins = "http://localhost:3000,http://localhost:3001";
    int rate_limit_per_minute = 0;
    int cache_ttl_minutes = 5;
    std::string data_dir = "keepwell-data";
    int http_threads = 4;
    int job_threads = 2;
    int workers = 2;
    int event_retention_days = 400;
    int upload_limit_mb = 1200;
    std::string plugin_dir;  ///< Empty: no plugins.
    int plugin_time_limit_ms = 1000;

    bool is_production() const { return environment == "production"; }
    bool is_loopback() const;
    /// Whether local requests without a key are let in as admin.
    bool lets_local_in() const { return !is_production() && is_loopback() && secret_key.empty(); }
};

/// One row of the settings: its name in the environment; the flag is the same in lower case with dashes.
struct Setting {
    std::string_view name;
    std::string_view description;
    bool is_secret;
    std::function<std::string(const Config&)> get;
    /// What is wrong with the value; empty when it was taken.
    std::function<std::string(Config&, const std::string&)> set;
};

const std::vector<Setting>& settings();
/// `API_PORT` → `--api-port`.
std::string flag_name(const Setting& setting);

using Variables = std::map<std::string, std::string>;

/// The lines NAME=value of a `.env` text; `#` comments, quotes around values.
Variables parse_env_text(std::string_view text);
/// Later maps win. Throws Error{kInvalid} that lists every mistake at once; names that are no settings are
/// ignored in the environment.
Config read_config(const std::vector<Variables>& sources);
/// What makes this configuration unsafe to serve with, each with its remedy; empty when it may start.
std::vector<std::string> start_refusals(const Config& config);
/// The text of .env.example.
std::string env_example();

}  // namespace keepwell::api
