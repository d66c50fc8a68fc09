#include "plugins/host/plugin_host.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <thread>

#include "domain/weighted_calculator.hpp"
#include "tests/support/http_client.hpp"

namespace keepwell::plugins {
namespace {

using keepwell::testing::TemporaryFolder;
using namespace std::chrono_literals;

const std::filesystem::path kFolder{KEEPWELL_TEST_PLUGINS};
constexpr Date kToday{std::chrono::days{20'000}};

/// One plugin of the tests, and its factors asked about a customer.
class Loaded {
public:
    explicit Loaded(const std::string& name, LoadedPlugin::Limits limits = {}) : host_(registry_, limits) {
        plugin_ = host_.load_file(kFolder / (name + ".so"));
    }

    const Plugin& plugin() const { return plugin_; }
    Plugin now() const { return host_.status().front(); }
    const FactorRegistry& registry() const { return registry_; }
    FactorScore ask(std::string_view factor) const {
        const BaseHealthFactor* found = registry_.find(factor);
        REQUIRE(found != nullptr);
        return found->explain({.metrics = {}, .as_of = kToday, .customer = &customer_, .activity = &window_});
    }
    ScoredCustomer& customer() { return customer_; }
    ActivityWindow& window() { return window_; }

private:
    FactorRegistry registry_ = builtin_factors();
    PluginHost host_;
    Plugin plugin_;
    ScoredCustomer customer_{.id = {7}, .name = "Acme", .mrr = {}};
    ActivityWindow window_;
};

}  // namespace

TEST_CASE("a plugin in plain C is loaded, asked and understood") {
    Loaded loaded("plain_c");
    CHECK(loaded.plugin().status == PluginStatus::kLoaded);
    CHECK(loaded.plugin().file == "plain_c.so");
    CHECK(loaded.plugin().name == "plain_c");
    CHECK(loaded.plugin().version == "0.1");
    CHECK(loaded.plugin().factors == std::vector<std::string>{"attributes"});
    loaded.customer().custom = {{"renewal_date", "2026-12-01"}, {"tier", "gold"}};
    const FactorScore score = loaded.ask("attributes");
    CHECK(score.score == 20);
    CHECK_FALSE(score.value);
    CHECK_FALSE(score.trend);
    CHECK(score.description == "Acme has 2 attributes");
    CHECK(score.details == R"({"last_attribute":"tier"})");
    CHECK(score.error.empty());
    CHECK(loaded.registry().find("attributes")->plugin() == "plain_c");
    CHECK(loaded.registry().find("nps")->plugin().empty());
}

TEST_CASE("a factor sees everything that it asked for, and no more days than it asked for") {
    Loaded loaded("echo");
    const auto on = [](int days_ago) { return kToday - std::chrono::days{days_ago}; };
    const auto day = [&](int days_ago, std::string type, std::int64_t count) {
        DailyActivity row{
            .customer_id = {7}, .day = on(days_ago), .event_type = std::move(type), .count = count};
        return row;
    };
    std::vector<DailyActivity> days{day(400, "support_ticket", 1), day(10, "login", 5), day(9, "login", 3),
                                    day(0, "payment", 2), day(-1, "login", 9)};
    days[0].tickets["T-1"] = {.status = "open"};
    days[2].keys = {{"user=ann", 2}, {"user=bob", 1}, {"username=carl", 1}};
    days[3].sums = {{"amount", 300}};
    days[3].last = {{"amount", {.value = 200, .at = {}}}};
    std::vector<CustomerEvent> events(2);
    events[0] = {.type = "login", .attributes = {}, .occurred_at = on(10)};
    events[1] = {.type = "page_view",
                 .attributes = {{"path", "/home"}, {"a.b", 3.0}, {"advanced", true}},
                 .data = R"({"path":"/home"})",
                 .occurred_at = on(9)};
    const std::set<std::string, std::less<>> connected{"login"};
    const ActivityWindow window{
        .days = days, .events = events, .connected = &connected, .first_day = on(400)};
    const std::vector<DailyMetrics> metrics{{.customer_id = {7},
                                             .date = on(1),
                                             .daily_active_users = 12,
                                             .nps_score = 3,
                                             .arr = {},
                                             .health_score = {}}};
    ScoredCustomer customer{.id = {7}, .name = "Acme", .mrr = {}, .signup_date = on(500)};
    customer.custom["tier"] = "gold";
    const auto* factor = loaded.registry().find("echo");
    REQUIRE(factor != nullptr);
    const FactorInput input{.metrics = metrics, .as_of = kToday, .customer = &customer, .activity = &window};
    const FactorScore score = factor->explain(input);
    CHECK(score.details ==
          R"({"seen":["customer 7 Acme tier gold signed up 2023-05-23","metrics 2024-10-03 12 with nps",)"
          R"("activity 2023-08-31 support_ticket 1 ticket T-1 open",)"
          R"("activity 2024-09-25 login 3 ann:2 bob:1",)"
          R"("activity 2024-10-04 payment 2 sum 300 last 200",)"
          R"("event page_view 2024-09-25 /home 3 advanced {\"path\":\"/home\"}",)"
          R"("login is connected","since 2023-08-31"]})");
    CHECK(score.score == 50);
    CHECK(score.value == 20'000);
    CHECK(score.trend == Trend::kImproving);
    CHECK(factor->score(input) == 50);
    CHECK(factor->value(input) == 20'000);
    CHECK(factor->unit() == "days");
    CHECK(factor->default_weight() == 20);
    CHECK(factor->needs().window_days == 10);
    CHECK(factor->needs().raw_events);
    CHECK_THAT(factor->explain({.metrics = {}, .as_of = kToday}).details,
               Catch::Equals(R"({"seen":["login is not connected"]})"));
}

TEST_CASE("a file that is no usable plugin is refused with its reason") {
    struct Row {
        std::string name, reason;
    };
    const auto row = GENERATE(values<Row>({
        {"newer_abi", "was built for version 2 of the plugin interface"},
        {"no_symbol", "has no keepwell_plugin_v1"},
        {"wrong_size", "table of 12 bytes"},
        {"small_object", "is no table"},
        {"a_function", "is no table"},
        {"undefined_symbol", "not_there"},
        {"no_factors", "has no factors"},
        {"fails_to_start", "failed to start: its licence has run out"},
        {"taken_name", "has a factor nps, and there is one of that name already"},
        {"bad_factor_name", "a factor whose name"},
        {"crashes_when_loaded", "throws while it is loaded"},
        {"aborts_when_started", "crashes while it is loaded (SIGABRT)"},
        {"ends_the_program", "ends the program while it is loaded"},
        {"not_there", "can't be read: No such file"},
    }));
    CAPTURE(row.name);
    const Loaded loaded(row.name);
    CHECK(loaded.plugin().status == PluginStatus::kRefused);
    CHECK(loaded.plugin().file == row.name + ".so");
    CHECK(loaded.plugin().factors.empty());
    CHECK_THAT(loaded.plugin().reason, Catch::Contains(row.reason));
    CHECK(loaded.registry().all().size() == builtin_factors().all().size());
}

TEST_CASE("a plugin that never finishes loading is refused", "[slow]") {
    const Loaded loaded("hangs_when_loaded", {.time = 10ms});
    CHECK(loaded.plugin().reason == "did not finish loading within 5020 ms");
}

TEST_CASE("what is not a whole shared object of this machine never reaches the linker") {
    const TemporaryFolder folder;
    FactorRegistry registry;
    PluginHost host(registry, {});
    const auto write = [&](const std::string& name, std::string_view content) {
        std::ofstream(folder.path() / name, std::ios::binary) << content;
        return folder.path() / name;
    };
    std::ifstream file(kFolder / "plain_c.so", std::ios::binary);
    const std::string good{std::istreambuf_iterator<char>{file}, {}};
    REQUIRE(good.size() > 1000);
    std::string other_machine = good;
    other_machine[18] = 2;  // e_machine: SPARC.
    std::string executable = good;
    executable[16] = 2;  // e_type: ET_EXEC.
    CHECK_THAT(host.load_file(write("text.so", "not an ELF file\n")).reason, Catch::Contains("(ELF)"));
    CHECK_THAT(host.load_file(write("empty.so", "")).reason, Catch::Contains("(ELF)"));
    CHECK_THAT(host.load_file(write("other.so", other_machine)).reason,
               Catch::Contains("another kind of machine"));
    CHECK_THAT(host.load_file(write("exec.so", executable)).reason, Catch::Contains("not a shared object"));
    for (const std::size_t size : {std::size_t{64}, good.size() / 3, good.size() / 2, good.size() - 1}) {
        CAPTURE(size);
        CHECK_THAT(host.load_file(write("cut.so", good.substr(0, size))).reason,
                   Catch::Contains("incomplete"));
    }
    std::filesystem::create_directory(folder.path() / "folder.so");
    CHECK_THAT(host.load_file(folder.path() / "folder.so").reason, Catch::Contains("is not a file"));
    const auto open_to_all = write("open.so", good);
    std::filesystem::permissions(open_to_all, std::filesystem::perms::others_write,
                                 std::filesystem::perm_options::add);
    CHECK_THAT(host.load_file(open_to_all).reason, Catch::Contains("chmod o-w"));
    CHECK(host.load_file(write("good.so", good)).status == PluginStatus::kLoaded);
}

TEST_CASE("a folder is loaded in the order of names, and what is bad in it harms nothing else") {
    const TemporaryFolder folder;
    for (const char* name : {"plain_c.so", "no_symbol.so", "echo.so"})
        std::filesystem::copy(kFolder / name, folder.path() / name);
    std::filesystem::copy(kFolder / "echo.so", folder.path() / "second_echo.so");
    std::ofstream(folder.path() / "README") << "not looked at";
    FactorRegistry registry = builtin_factors();
    const PluginHost host(registry, {}, folder.path());
    std::vector<std::string> seen;
    for (const Plugin& plugin : host.status())
        seen.push_back(plugin.file + " " + std::string{to_string(plugin.status)});
    CHECK(seen == std::vector<std::string>{"echo.so loaded", "no_symbol.so refused", "plain_c.so loaded",
                                           "second_echo.so refused"});
    CHECK(registry.find("echo") != nullptr);
    CHECK(registry.find("attributes") != nullptr);
}

TEST_CASE("no folder, a missing one and one that everybody may change load nothing") {
    const TemporaryFolder folder;
    std::filesystem::copy(kFolder / "echo.so", folder.path() / "echo.so");
    std::filesystem::permissions(folder.path(), std::filesystem::perms::others_write,
                                 std::filesystem::perm_options::add);
    FactorRegistry registry;
    CHECK(PluginHost(registry, {}, "").status().empty());
    CHECK(PluginHost(registry, {}, folder.path() / "missing").status().empty());
    const PluginHost host(registry, {}, folder.path());
    REQUIRE(host.status().size() == 1);
    CHECK_THAT(host.status().front().reason, Catch::Contains("its folder"));
    CHECK(registry.all().empty());
}

TEST_CASE("whatever a plugin throws or answers, it is at worst no data with a reason") {
    struct Row {
        std::string factor, error;
    };
    const auto row = GENERATE(values<Row>({
        {"throws_exception", "across the boundary"},
        {"throws_number", "threw something without a text"},
        {"fails", "failed without a reason"},
        {"answers_nan", "answered a score that is no number"},
        {"answers_billion", "answered the score 1000000000.000000, which is not from 0 to 100"},
        {"answers_negative", "answered the score -0.001000, which is not from 0 to 100"},
        {"answers_infinite_value", "answered a value that is no number"},
    }));
    CAPTURE(row.factor);
    const Loaded loaded("raw_table");
    const FactorScore score = loaded.ask(row.factor);
    CHECK_FALSE(score.score);
    CHECK_FALSE(score.value);
    CHECK(score.error == row.error);
    CHECK(loaded.now().errors == 1);
    CHECK(loaded.now().status == PluginStatus::kLoaded);
}

TEST_CASE("an exception inside the SDK is the reason of the factor that has no data, and stops no other") {
    const Loaded loaded("throws");
    Scorecard card{.name = "mixed",
                   .factors = {{.factor = "throws", .weight = 1}, {.factor = "nps", .weight = 1}}};
    const WeightedCalculator calculator(loaded.registry(), card);
    const DailyMetrics row{
        .customer_id = {1}, .date = kToday, .nps_score = 100, .arr = {}, .health_score = {}};
    const HealthScore score = calculator.calculate({.metrics = {&row, 1}, .as_of = kToday});
    CHECK(score.overall_score == 100);
    CHECK(score.coverage == 0.5);
    CHECK(score.factors.at(0).error == "out of order");
}

TEST_CASE("texts that are too long or garbled are cut, mended or dropped, and the score stands") {
    const Loaded loaded("long_texts");
    const FactorScore huge = loaded.ask("huge_details");
    CHECK(huge.score == 70);
    CHECK(huge.details == "{}");
    CHECK_THAT(huge.error, Catch::Contains("its details were dropped: they are 10000011 bytes long"));
    const FactorScore shadowing = loaded.ask("shadowing");
    CHECK(shadowing.details == "{}");
    CHECK_THAT(shadowing.error, Catch::Contains("must not name score"));
    const FactorScore garbled = loaded.ask("garbled");
    CHECK(garbled.error.empty());
    // The mended character takes two more bytes, so the euro sign no longer fits.
    CHECK(garbled.description == "\xEF\xBF\xBD" + std::string(495, 'x'));
    CHECK(loaded.registry().find("garbled")->summary() == "Says \xEF\xBF\xBD  what nobody reads");
    const Loaded raw("raw_table");
    CHECK(raw.ask("fills_the_buffer").description == std::string(500, 'x'));
    CHECK_FALSE(raw.ask("fills_the_buffer").trend);
}

TEST_CASE("a call that does not come back disables the plugin, and the caller goes on") {
    const Loaded loaded("loops", {.time = 50ms});
    const auto begin = std::chrono::steady_clock::now();
    const FactorScore first = loaded.ask("loops");
    CHECK(std::chrono::steady_clock::now() - begin < 5s);
    CHECK_FALSE(first.score);
    CHECK(first.error == "the plugin loops is disabled: a call did not come back within 100 ms");
    CHECK(loaded.now().status == PluginStatus::kDisabled);
    CHECK(loaded.now().errors == 1);
    CHECK(loaded.ask("loops").error == first.error);
    CHECK(loaded.now().errors == 1);
}

TEST_CASE("a late answer counts as an answer and as an error, and too many of them disable the plugin") {
    const Loaded loaded("late", {.time = 10ms, .patience = 500, .errors_in_a_row = 2});
    CHECK(loaded.ask("late").score == 60);
    CHECK(loaded.now().errors == 1);
    CHECK(loaded.now().status == PluginStatus::kLoaded);
    CHECK(loaded.ask("late").score == 60);
    CHECK(loaded.now().status == PluginStatus::kDisabled);
    CHECK_THAT(loaded.now().reason, Catch::StartsWith("2 errors in a row, the last: late: took "));
    CHECK_FALSE(loaded.ask("late").score);
}

TEST_CASE("errors in a row disable the plugin; a good answer in between starts the count anew") {
    const Loaded loaded("raw_table", {.errors_in_a_row = 3});
    for (int i = 0; i < 3; ++i) {
        loaded.ask("fails");
        loaded.ask("fails");
        CHECK(loaded.ask("fills_the_buffer").error.empty());
    }
    CHECK(loaded.now().status == PluginStatus::kLoaded);
    for (int i = 0; i < 3; ++i) loaded.ask("answers_nan");
    CHECK(loaded.now().status == PluginStatus::kDisabled);
    CHECK(loaded.now().reason ==
          "3 errors in a row, the last: answers_nan: answered a score that is no number");
    CHECK(loaded.now().errors == 9);
    CHECK_THAT(loaded.ask("fills_the_buffer").error, Catch::Contains("the plugin raw_table is disabled"));
}

TEST_CASE("many threads ask at once, and each gets its own answer") {
    Loaded loaded("plain_c");
    const auto* factor = loaded.registry().find("attributes");
    std::atomic<int> wrong{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&, i] {
            ScoredCustomer customer{.id = {i}, .name = "Number " + std::to_string(i), .mrr = {}};
            for (int count = 0; count < i; ++count) customer.custom["a" + std::to_string(count)] = "";
            for (int call = 0; call < 500; ++call) {
                if (factor->score({.metrics = {}, .as_of = kToday, .customer = &customer}) != 10.0 * i)
                    ++wrong;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(wrong == 0);
}

}  // namespace keepwell::plugins
