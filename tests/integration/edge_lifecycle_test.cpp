#include <sys/resource.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <future>
#include <system_error>

#include "tests/integration/edge_fixture.hpp"

using namespace keepwell;
using namespace keepwell::testing;
using namespace std::chrono_literals;

namespace {

std::size_t open_files() {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {}));
}

std::size_t threads() {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator("/proc/self/task"), {}));
}

bool in_flight(EdgeServer& server, std::uint64_t count) {
    return eventually([&] { return server->stats().requests_in_flight == count; });
}

/// So small that a test goes over it in no time.
api::Limits impatient() {
    api::Limits limits;
    limits.head_timeout = 100ms;
    limits.keep_alive_timeout = 200ms;
    limits.stall_timeout = 300ms;
    limits.body_grace = 200ms;
    return limits;
}

}  // namespace

TEST_CASE("Draining delivers what runs, ends what is idle and lets nobody in", "[edge]") {
    EdgeServer server;
    RawClient running(server.port());
    RawClient idle(server.port());
    running.send(get("/sleep?ms=1000"));
    idle.send(get("/hello"));
    REQUIRE(idle.receive().status == 200);
    REQUIRE(in_flight(server, 1));

    auto drained = std::async(std::launch::async, [&] { return server->drain(10s); });
    CHECK(idle.is_closed(900ms));
    const auto reply = running.receive();
    CHECK(reply.body == "slept");
    CHECK(reply.header("connection") == "close");
    CHECK(running.is_closed());
    CHECK(drained.get());
    CHECK_THROWS(RawClient(server.port()));
}

TEST_CASE("Draining gives up when patience is over", "[edge]") {
    EdgeServer server;
    RawClient running(server.port());
    running.send(get("/sleep?ms=600"));
    REQUIRE(in_flight(server, 1));
    CHECK_FALSE(server->drain(50ms));
    CHECK(running.receive().body == "slept");
}

TEST_CASE("Draining delivers a large answer to a slow reader", "[edge]") {
    EdgeServer server;
    RawClient slow(server.port(), 4096);
    slow.send(get("/big?mb=20"));
    REQUIRE(eventually([&] { return server->stats().requests_total == 1; }));
    auto drained = std::async(std::launch::async, [&] { return server->drain(20s); });
    CHECK(slow.receive(20s).body.size() == 20 << 20);
    CHECK(slow.is_closed());
    CHECK(drained.get());
}

TEST_CASE("Fifty servers in a row leave no thread and hardly a descriptor behind", "[edge]") {
    constexpr int kServers = 50;
    constexpr int kIoThreads = 2;
    { const EdgeServer warm_up; }
    const auto files = open_files();
    const auto before = threads();
    for (int i = 0; i < kServers; ++i) {
        EdgeServer server({}, kIoThreads);
        REQUIRE(ask(server.port(), get("/hello")).status == 200);
        RawClient left_open(server.port());
        left_open.send(get("/wait/x"));
    }
    CHECK(threads() == before);
    // Pistache never closes one eventfd of each of its workers.
    CHECK(open_files() - files <= kServers * kIoThreads);
}

TEST_CASE("A port in use is refused by name", "[edge]") {
    EdgeServer server;
    api::HttpServer::Options options;
    options.port = server.port();
    CHECK_THROWS_AS(api::HttpServer(options, {}), std::system_error);
    CHECK_THROWS_WITH(
        api::HttpServer(options, {}),
        Catch::Contains("127.0.0.1:" + std::to_string(server.port())) && Catch::Contains("in use"));
    options.host = "no-such-host.invalid";
    CHECK_THROWS_WITH(api::HttpServer(options, {}), Catch::Contains("no-such-host.invalid"));
}

TEST_CASE("Connections beyond the limit are answered 503 and closed", "[edge]") {
    api::Limits limits;
    limits.connections = 3;
    EdgeServer server(limits);
    std::vector<RawClient> clients;
    for (int i = 0; i < 3; ++i) {
        clients.emplace_back(server.port());
        clients.back().send(get("/hello"));
        REQUIRE(clients.back().receive().status == 200);
    }
    RawClient further(server.port());
    const auto reply = further.receive();
    CHECK(reply.status == 503);
    CHECK(reply.headers.count("retry-after") == 1);
    CHECK(further.is_closed());
    CHECK(server->stats().connections_open >= 3);

    clients.pop_back();
    CHECK(eventually([&] { return ask(server.port(), get("/hello")).status == 200; }));
}

TEST_CASE("Requests beyond what the waiting pool holds are answered 503, and the connection goes on",
          "[edge]") {
    api::Limits limits;
    limits.waiting_requests = 2;
    EdgeServer server(limits, 1, 1);
    std::vector<RawClient> waiting;
    for (std::uint64_t i = 1; i <= 3; ++i) {
        waiting.emplace_back(server.port());
        waiting.back().send(get("/sleep?ms=300"));
        REQUIRE(in_flight(server, i));
    }
    RawClient further(server.port());
    further.send(get("/wait/x") + get("/hello"));
    const auto reply = further.receive();
    CHECK(reply.status == 503);
    CHECK(reply.header("retry-after") == "1");
    CHECK(further.receive().body == "hello");
    for (auto& client : waiting) {
        CHECK(client.receive().body == "slept");
    }
}

TEST_CASE("A head that does not get ready ends with 408, also on a used connection", "[edge]") {
    EdgeServer server(impatient());
    RawClient fresh(server.port());
    fresh.send("GET /hel");
    CHECK(fresh.receive().status == 408);
    CHECK(fresh.is_closed());
    RawClient used(server.port());
    used.send(get("/hello") + "GET /hel");
    CHECK(used.receive().status == 200);
    CHECK(used.receive().status == 408);
    CHECK(used.is_closed());
}

TEST_CASE("An idle connection is closed without a word", "[edge]") {
    EdgeServer server(impatient());
    RawClient fresh(server.port());
    RawClient used(server.port());
    used.send(get("/hello"));
    CHECK(used.receive().status == 200);
    CHECK(used.is_closed());
    CHECK(fresh.is_closed());
}

TEST_CASE("A body may be slow, but not slower than the minimum rate", "[edge]") {
    auto limits = impatient();
    limits.minimum_body_bytes_per_second = 1'000;
    EdgeServer server(limits);
    const auto drip = [&](std::size_t bytes_at_once) {
        RawClient client(server.port());
        client.send("POST /json HTTP/1.1\r\nHost: a\r\nContent-Length: " +
                    std::to_string(30 * bytes_at_once) + "\r\n\r\n");
        for (int i = 0; i < 30; ++i) {  // 600 ms: three times the grace.
            if (!client.send(std::string(bytes_at_once, 'x'))) {
                break;
            }
            std::this_thread::sleep_for(20ms);
        }
        return client.receive().status;
    };
    CHECK(drip(100) == 200);  // 5,000 bytes a second
    CHECK(drip(1) == 408);    // 50
}

TEST_CASE("A reader that takes nothing is dropped", "[edge]") {
    EdgeServer server(impatient());
    RawClient stalled(server.port(), 4096);
    stalled.send(get("/big?mb=20"));
    REQUIRE(eventually([&] { return server->stats().requests_total == 1; }));
    CHECK(eventually([&] { return server->stats().connections_open == 0; }));
}

TEST_CASE("A reader too far behind is dropped at once", "[edge]") {
    api::Limits limits;
    limits.pending_output_bytes = 5 << 20;
    EdgeServer server(limits);
    RawClient stalled(server.port(), 4096);
    stalled.send(get("/big?mb=20"));
    CHECK(eventually(
        [&] { return server->stats().requests_total == 1 && server->stats().connections_open == 0; }, 5s));
}

TEST_CASE("Uploads are spilled to a file that goes with the request", "[edge]") {
    EdgeServer server;
    CHECK(ask(server.port(), post("/upload", std::string(1'000'000, 'x'))).body == "memory 1000000");
    CHECK(ask(server.port(), post("/upload", std::string(1'000'001, 'x'))).body == "file 1000001");
    CHECK(eventually([&] { return server.folder().files() == 0; }));

    RawClient aborting(server.port());
    aborting.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 5000000\r\n\r\n" +
                  std::string(2'000'000, 'x'));
    CHECK(eventually([&] { return server.folder().files() == 1; }));
    aborting.reset();
    CHECK(eventually([&] { return server.folder().files() == 0; }));
}

TEST_CASE("A full disk refuses an upload with 507 and leaves nothing behind", "[edge]") {
    EdgeServer server;
    // A limit on file sizes stands in for the disk.
    const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    rlimit small = before;
    small.rlim_cur = 2'000'000;
    ::setrlimit(RLIMIT_FSIZE, &small);
    const auto reply = ask(server.port(), post("/upload", std::string(5'000'000, 'x')));
    ::setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, old_handler);
    CHECK(reply.status == 507);
    CHECK(server.folder().files() == 0);
    CHECK(ask(server.port(), get("/hello")).status == 200);
}

TEST_CASE("A missing spill folder refuses an upload with 503", "[edge]") {
    EdgeServer server;
    std::filesystem::remove_all(server.folder().path());
    CHECK(ask(server.port(), post("/upload", std::string(2'000'000, 'x'))).status == 503);
    CHECK(ask(server.port(), post("/upload", std::string(2'000, 'x'))).status == 200);
}
