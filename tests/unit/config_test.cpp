#include "api/config.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "domain/error.hpp"

namespace keepwell::api {
namespace {

std::string message_of(const std::vector<Variables>& sources) {
    try {
        read_config(sources);
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

}  // namespace

TEST_CASE("settings come from the default, the file, the environment and the flags, the later the stronger") {
    const Variables file{{"API_PORT", "1"}, {"LOG_LEVEL", "warn"}, {"DATA_DIR", "there"}};
    const Variables environment{{"API_PORT", "2"}, {"LOG_LEVEL", "error"}, {"HOME", "/root"}};
    const Variables flags{{"API_PORT", "3"}};
    const Config config = read_config({file, environment, flags});
    CHECK(config.api_port == 3);
    CHECK(config.log_level == "error");
    CHECK(config.data_dir == "there");
    CHECK(config.api_host == "127.0.0.1");
}

TEST_CASE("all mistakes in the settings are told at once, secrets without their value") {
    const std::string message = message_of(
        {{{"API_PORT", "80000"}, {"LOG_LEVEL", "loud"}, {"JOB_THREADS", "two"}, {"ENVIRONMENT", "staging"}}});
    for (const char* part :
         {"API_PORT must be a whole number from 0 to 65535", "LOG_LEVEL must be one of", "\"loud\"",
          "JOB_THREADS", "ENVIRONMENT must be one of development, production"}) {
        CHECK_THAT(message, Catch::Contains(part));
    }
}

TEST_CASE("an env file has comments, quotes and export") {
    const Variables read =
        parse_env_text("# comment\n\nA=1\nexport B = two words \nC=\"quoted # kept\"\nnonsense\nD='x'\r\n");
    CHECK(read == Variables{{"A", "1"}, {"B", "two words"}, {"C", "quoted # kept"}, {"D", "x"}});
}

TEST_CASE("a server that others can reach does not start without a secret") {
    Config config;
    CHECK(start_refusals(config).empty());
    config.api_host = "0.0.0.0";
    REQUIRE(start_refusals(config).size() == 1);
    CHECK_THAT(start_refusals(config).front(), Catch::Contains("SECRET_KEY"));
    config.api_host = "127.0.0.1";
    config.environment = "production";
    CHECK(start_refusals(config).size() == 1);
    config.secret_key = "short";
    CHECK_FALSE(start_refusals(config).empty());
    config.secret_key = std::string(32, 'k');
    CHECK(start_refusals(config).empty());
    config.admin_token = "short";
    CHECK(start_refusals(config).size() == 1);
}

TEST_CASE("local requests are let in on loopback in development only") {
    Config config;
    CHECK(config.lets_local_in());
    config.environment = "production";
    CHECK_FALSE(config.lets_local_in());
    config.environment = "development";
    config.secret_key = std::string(32, 'k');
    CHECK_FALSE(config.lets_local_in());
    config.secret_key.clear();
    config.api_host = "0.0.0.0";
    CHECK_FALSE(config.lets_local_in());
}

TEST_CASE(".env.example is what the settings say") {
    std::ifstream file(KEEPWELL_SOURCE_DIR "/.env.example");
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    CHECK(text == env_example());
    CHECK_NOTHROW(read_config({parse_env_text(text)}));
}

}  // namespace keepwell::api
