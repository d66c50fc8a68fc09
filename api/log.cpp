#include "api/log.hpp"

#include <spdlog/formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>

#include "domain/time.hpp"
#include "services/json_writer.hpp"

namespace keepwell::api {
namespace {

constexpr std::string_view kAccessLogger = "access";

class JsonFormatter final : public spdlog::formatter {
public:
    void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& out) override {
        const auto level = spdlog::level::to_string_view(message.level);
        JsonWriter json;
        json.begin_object();
        json.member("ts", std::chrono::floor<std::chrono::microseconds>(message.time));
        json.member("level", std::string_view{level.data(), level.size()});
        const std::string_view text{message.payload.data(), message.payload.size()};
        const bool is_access =
            std::string_view{message.logger_name.data(), message.logger_name.size()} == kAccessLogger;
        if (!is_access) json.member("msg", text);
        json.end_object();
        std::string line = json.take();
        if (is_access) line.insert(line.size() - 1, "," + std::string{text});
        line += '\n';
        out.append(line.data(), line.data() + line.size());
    }
    std::unique_ptr<spdlog::formatter> clone() const override { return std::make_unique<JsonFormatter>(); }
};

}  // namespace

void start_logging(std::string_view level) {
    auto sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    sink->set_formatter(std::make_unique<JsonFormatter>());
    const auto threshold = spdlog::level::from_str(std::string{level});
    for (const std::string_view name : {std::string_view{"keepwell"}, kAccessLogger}) {
        spdlog::drop(std::string{name});
        auto logger = std::make_shared<spdlog::logger>(std::string{name}, sink);
        logger->set_level(threshold);
        spdlog::register_logger(logger);
        if (name != kAccessLogger) spdlog::set_default_logger(logger);
    }
}

void start_plain_logging() {
    auto logger =
        std::make_shared<spdlog::logger>("plain", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    logger->set_pattern("keepwell: %v");
    logger->set_level(spdlog::level::warn);
    spdlog::set_default_logger(logger);
}

namespace {
spdlog::logger* access_logger() {
    static const std::shared_ptr<spdlog::logger> logger = spdlog::get(std::string{kAccessLogger});
    return logger.get();
}
}  // namespace

bool logs_access() {
    return access_logger() != nullptr && access_logger()->should_log(spdlog::level::info);
}

void log_access(std::string_view members) {
    access_logger()->info(members);
}

}  // namespace keepwell::api
