#include <catch2/catch.hpp>
#include <fstream>

#include "domain/time.hpp"
#include "tests/support/api_client.hpp"
#include "tests/support/process.hpp"

namespace keepwell::testing {
namespace {

using namespace std::chrono_literals;

/// What the program says when it checks a plugin, and how it ends.
std::pair<int, std::string> checked(const std::string& file) {
    const TemporaryFolder folder;
    Process process({"plugin", "check", file}, {{"PLUGIN_TIME_LIMIT_MS", "50"}}, folder.path());
    const int status = process.wait(60s).value_or(124);
    return {status, process.output()};
}

constexpr std::string_view kJson = "Content-Type: application/json\r\n";
const std::string kPlugins{KEEPWELL_PLUGINS "/"};
const std::string kTestPlugins{KEEPWELL_TEST_PLUGINS "/"};

}  // namespace

TEST_CASE("plugins dropped into PLUGIN_DIR are there after a restart, broken ones with their reason") {
    const TemporaryFolder plugins;
    const auto drop = [&](const std::string& file) {
        const std::filesystem::path from{file};
        std::filesystem::copy(from, plugins.path() / from.filename());
    };
    ServerProcess server(Environment{{"PLUGIN_DIR", plugins.path().string()}});
    CHECK(ApiClient(server.port()).json("/api/plugins")["data"].Empty());
    drop(kPlugins + "renewal_proximity.so");
    drop(kTestPlugins + "newer_abi.so");
    drop(kTestPlugins + "crashes_when_loaded.so");
    std::ofstream(plugins.path() / "text.so") << "no plugin\n";
    REQUIRE(server.stop() == 0);
    server.start();
    const ApiClient client(server.port());
    const auto answer = client.json("/api/plugins");
    const auto& rows = answer["data"];
    REQUIRE(rows.Size() == 4);
    const auto text = [&](rapidjson::SizeType row, const char* member) {
        return std::string{rows[row][member].GetString()};
    };
    CHECK(text(0, "file") == "crashes_when_loaded.so");
    CHECK(text(0, "status") == "refused");
    CHECK(text(0, "reason") == "throws while it is loaded");
    CHECK_THAT(text(1, "reason"), Catch::StartsWith("was built for version 2"));
    CHECK(text(2, "status") == "loaded");
    CHECK(text(2, "name") == "renewal_proximity");
    CHECK(text(2, "version") == "1.0.0");
    CHECK(text(2, "reason").empty());
    CHECK(std::string{rows[2]["factors"][0].GetString()} == "renewal_proximity");
    CHECK(text(3, "reason") == "is not a shared object (ELF)");
    const std::string metrics = client.get("/metrics").body;
    CHECK_THAT(metrics, Catch::Contains("keepwell_plugins_loaded 1") &&
                            Catch::Contains("keepwell_plugins_refused 3") &&
                            Catch::Contains("keepwell_plugins_disabled 0"));
}

TEST_CASE("a plugin that a scorecard names changes scores after a restart, and its absence stops nobody") {
    const TemporaryFolder plugins;
    ServerProcess server(Environment{{"PLUGIN_DIR", plugins.path().string()}});
    const std::string renewal = to_string(day_of(SystemClock{}.now()) + std::chrono::days{10});
    const auto card = R"({"name":"renewals","factors":[{"factor":"renewal_proximity","weight":1}]})";
    {
        const ApiClient client(server.port());
        REQUIRE(client
                    .post("/api/customers",
                          R"({"name":"Acme","segment":"smb","signup_date":"2024-01-01",)"
                          R"("custom":{"renewal_date":")" +
                              renewal + R"("}})",
                          kJson)
                    .status == 201);
        for (int ago = 31; ago < 60; ago += 4) {
            const Timestamp at = SystemClock{}.now() - std::chrono::days{ago};
            CHECK(client
                      .post("/api/customers/1/events",
                            R"({"event_type":"login","event_data":{"ip_address":"192.0.2.1"},"timestamp":")" +
                                to_string(at) + R"("})",
                            kJson)
                      .status == 200);
        }
        CHECK(client.post("/api/scorecards", card, kJson).status == 422);
    }
    std::filesystem::copy(kPlugins + "renewal_proximity.so", plugins.path() / "renewal_proximity.so");
    REQUIRE(server.stop() == 0);
    server.start();
    {
        const ApiClient client(server.port());
        CHECK(client.post("/api/scorecards", card, kJson).status == 201);
        CHECK(client.send("PATCH", "/api/customers/1", R"({"scorecard":"renewals"})", std::string{kJson})
                  .status == 200);
        CHECK(eventually(
            [&] { return client.json("/api/customers/1")["data"]["health_status"] == "critical"; }, 20s));
        const auto health = client.json("/api/customers/1/health");
        const auto& factor = health["data"]["factors"]["renewal_proximity"];
        CHECK(factor["score"].GetDouble() == 0);
        CHECK(std::string{factor["description"].GetString()} ==
              "Renewal in 10 days, no use in the last 30 days");
        CHECK(std::string{factor["renewal_date"].GetString()} == renewal);
    }
    std::filesystem::remove(plugins.path() / "renewal_proximity.so");
    REQUIRE(server.stop() == 0);
    server.start();
    const ApiClient client(server.port());
    CHECK(client.get("/api/customers/1/health").status == 200);
    const auto now = client.json("/api/customers/1/health?as_of=" + to_string(day_of(SystemClock{}.now())));
    CHECK(now["data"]["overall_score"].IsNull());
    CHECK_THAT(now["data"]["factors"]["renewal_proximity"]["error"].GetString(),
               Catch::Contains("put its plugin back"));
}

TEST_CASE("a folder of plugins that is missing is no reason not to start") {
    const ServerProcess server(Environment{{"PLUGIN_DIR", "/no/such/folder"}});
    CHECK(ApiClient(server.port()).json("/api/plugins")["data"].Empty());
}

TEST_CASE("the plugins that come with the program pass their own check") {
    const auto name = GENERATE(as<std::string>{}, "renewal_proximity", "nps_trend", "champion_activity");
    const auto [status, output] = checked(kPlugins + name + ".so");
    CAPTURE(output);
    CHECK(status == 0);
    CHECK_THAT(output, Catch::Contains(name + " 1.0.0") && Catch::Contains("a fading customer") &&
                           Catch::Contains("It can be used."));
}

TEST_CASE("the check of a plugin names what is wrong with it and outlives its crash") {
    struct Row {
        std::string name, says;
    };
    const auto row = GENERATE(values<Row>({
        {"crashes", "crashed with SIGSEGV while crashes was asked about: nothing at all"},
        {"crashes_when_loaded", "refused, it throws while it is loaded"},
        {"throws", "WRONG: out of order"},
        {"counts", "answers the same question differently each time"},
        {"raw_table", "threw something without a text"},
        {"loops", "did not come back within 100 ms"},
        {"newer_abi", "was built for version 2"},
        {"missing", "can't be read"},
    }));
    const auto [status, output] = checked(kTestPlugins + row.name + ".so");
    CAPTURE(row.name, output);
    CHECK(status == 1);
    CHECK_THAT(output, Catch::Contains(row.says));
}

}  // namespace keepwell::testing
