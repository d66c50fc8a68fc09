#include "tests/support/fault_proxy.hpp"

#include <catch2/catch.hpp>

#include "tests/support/http_client.hpp"
#include "tests/support/running_app.hpp"

namespace keepwell::testing {
namespace {

using namespace std::chrono_literals;

std::string request(std::string_view target) {
    return "GET " + std::string{target} + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
}

}  // namespace

TEST_CASE("the fault proxy passes on what it is not told to hurt, in both directions") {
    RunningApp app;
    FaultProxy proxy(app.port(), 1);
    proxy.set({.delay = 3ms});
    const std::string direct = app.get("/openapi.json").body;
    REQUIRE(direct.size() > 30'000);
    RawClient client(proxy.port());
    for (int round = 0; round < 3; ++round) {
        client.send(request("/openapi.json"));
        CHECK(client.receive().body == direct);
    }
    CHECK(proxy.connections() == 1);
    CHECK(proxy.cuts() == 0);
}

TEST_CASE("the fault proxy cuts answers in their middle") {
    RunningApp app;
    FaultProxy proxy(app.port(), 1);
    proxy.set({.cut_answer = 1});
    RawClient client(proxy.port());
    client.send(request("/openapi.json"));
    CHECK(client.receive().status == 0);
    CHECK(client.unread().size() < 16'384);
    CHECK(proxy.cuts() == 1);

    proxy.set({});
    RawClient next(proxy.port());
    next.send(request("/livez"));
    CHECK(next.receive().status == 200);
}

TEST_CASE("the fault proxy cuts requests in their middle, and the server goes on") {
    RunningApp app;
    FaultProxy proxy(app.port(), 1);
    proxy.set({.cut_request = 1});
    RawClient client(proxy.port());
    client.send(request("/livez"));
    CHECK(client.receive().status != 200);
    CHECK(proxy.cuts() == 1);
    CHECK(app.get("/livez").status == 200);
}

TEST_CASE("the fault proxy holds everything back until it is released") {
    RunningApp app;
    FaultProxy proxy(app.port(), 1);
    RawClient client(proxy.port());
    client.send(request("/livez"));
    REQUIRE(client.receive().status == 200);
    proxy.hold();
    client.send(request("/livez"));
    CHECK(client.receive(200ms).status == 0);
    proxy.release();
    CHECK(client.receive().status == 200);
}

TEST_CASE("the fault proxy resets every connection when told to, and takes new ones to the new place") {
    RunningApp first;
    RunningApp second;
    FaultProxy proxy(first.port(), 1);
    RawClient client(proxy.port());
    client.send(request("/livez"));
    REQUIRE(client.receive().status == 200);
    proxy.forward_to(second.port());
    proxy.cut_all();
    CHECK(client.is_closed());
    RawClient next(proxy.port());
    next.send(request("/livez"));
    CHECK(next.receive().status == 200);
    CHECK(proxy.connections() == 2);
}

TEST_CASE("the fault proxy refuses where nobody listens") {
    std::uint16_t gone = 0;
    {
        const RunningApp app;
        gone = app.port();
    }
    const FaultProxy proxy(gone, 1);
    RawClient client(proxy.port());
    client.send(request("/livez"));
    CHECK(client.receive().status == 0);
    CHECK(client.is_closed());
}

}  // namespace keepwell::testing
