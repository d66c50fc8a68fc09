#include <atomic>
#include <catch2/catch.hpp>
#include <fstream>
#include <random>

#include "tests/integration/edge_fixture.hpp"

using namespace keepwell;
using namespace keepwell::testing;
using namespace std::chrono_literals;

namespace {

/// How long so many small requests on fresh connections take.
std::chrono::milliseconds time_of_requests(std::uint16_t port, int count) {
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < count; ++i) {
        REQUIRE(ask(port, get("/hello")).status == 200);
    }
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
}

std::size_t resident_bytes() {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        if (word == "VmRSS:") {
            std::size_t kilobytes = 0;
            status >> kilobytes;
            return kilobytes * 1024;
        }
    }
    return 0;
}

/// Clients that vanish before their answer, between clients that wait for theirs: so that descriptors are
/// reused all the time. Counts answers that belong to somebody else.
struct Confusion {
    std::atomic<int> checks{0};
    std::atomic<int> wrong{0};
    std::atomic<int> missing{0};

    void work(std::uint16_t port, int worker, int rounds) {
        static const std::string rows[] = {"/tag/", "/wait/", "/tag/", "/wait/"};
        static const std::string pads[] = {"?pad=0", "?pad=0", "?pad=200000", "?pad=200000"};
        for (int i = 0; i < rounds; ++i) {
            const std::string tag = std::to_string(worker) + "-" + std::to_string(i) + "-";
            for (std::size_t k = 0; k < 4; ++k) {
                const std::size_t kind = (k + static_cast<std::size_t>(i)) % 4;
                RawClient vanishing(port);
                vanishing.send(get(rows[kind] + "vanished-" + tag + pads[kind]));
                vanishing.reset();
            }
            const auto kind = static_cast<std::size_t>(i) % 4;
            RawClient client(port);
            client.send(get(rows[kind] + tag + pads[kind]));
            const auto reply = client.receive();
            ++checks;
            missing += reply.status == 0 ? 1 : 0;
            wrong += reply.status != 0 && reply.body.compare(0, tag.size(), tag) != 0 ? 1 : 0;
            // Nothing may come that was not asked for.
            wrong += client.unread().empty() ? 0 : 1;
        }
    }
};

void check_confusion(int rounds) {
    api::Limits limits;
    limits.waiting_requests = 100'000;
    EdgeServer server(limits, 2, 4);
    Confusion confusion;
    std::vector<std::thread> workers;
    for (int worker = 0; worker < 4; ++worker) {
        workers.emplace_back([&, worker] { confusion.work(server.port(), worker, rounds); });
    }
    for (auto& worker : workers) {
        worker.join();
    }
    CHECK(confusion.checks == 4 * rounds);
    CHECK(confusion.wrong == 0);
    CHECK(confusion.missing == 0);
}

}  // namespace

TEST_CASE("No answer ever reaches another client", "[edge]") {
    check_confusion(1'300);
}

TEST_CASE("No answer ever reaches another client, at length", "[edge][slow]") {
    check_confusion(12'500);
}

TEST_CASE("An answer that is still being sent never mixes with a client that has the same descriptor",
          "[edge]") {
    EdgeServer server;
    for (int round = 0; round < 2; ++round) {
        std::vector<RawClient> slow;
        for (int i = 0; i < 10; ++i) {
            slow.emplace_back(server.port(), 4096);
            slow.back().send(get("/big?mb=4"));
            slow.back().end_sending();
        }
        for (int i = 0; i < 10; ++i) {
            const auto tag = std::to_string(i);
            REQUIRE(ask(server.port(), get("/tag/" + tag)).body == tag);
        }
        for (auto& client : slow) {
            REQUIRE(client.receive().body == std::string(4 << 20, 'b'));
            REQUIRE(client.is_closed());
        }
    }
}

TEST_CASE("Stalled readers slow nobody down", "[edge]") {
    EdgeServer server;
    std::vector<RawClient> stalled;
    for (int i = 0; i < 10; ++i) {
        stalled.emplace_back(server.port(), 4096);
        stalled.back().send(get("/big?mb=20"));
    }
    REQUIRE(eventually([&] { return server->stats().requests_total == 10; }));
    const auto cpu_before = std::clock();
    CHECK(time_of_requests(server.port(), 200) < 2s);
    // Waiting for them must not spin either.
    const auto cpu_of_requests = std::clock() - cpu_before;
    const auto idle_from = std::clock();
    std::this_thread::sleep_for(300ms);
    CHECK(std::clock() - idle_from < CLOCKS_PER_SEC / 10);
    CHECK(cpu_of_requests < 2 * CLOCKS_PER_SEC);
}

TEST_CASE("Half-sent heads slow nobody down", "[edge]") {
    EdgeServer server;
    std::vector<RawClient> half;
    for (int i = 0; i < 800; ++i) {
        half.emplace_back(server.port());
        half.back().send("GET /hello HTTP/1.1\r\nX: ");
    }
    CHECK(time_of_requests(server.port(), 200) < 2s);
    for (auto& client : half) {
        client.send("y\r\nHost: a\r\n\r\n");
    }
    for (auto& client : half) {
        REQUIRE(client.receive().status == 200);
    }
}

TEST_CASE("One fast uploader does not starve the others of its thread", "[edge]") {
    EdgeServer server({}, 1);
    std::atomic<bool> enough{false};
    std::thread uploader([&] {
        RawClient client(server.port());
        client.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 1200000000\r\n\r\n");
        const std::string block(1 << 20, 'x');
        for (int i = 0; i < 1'000 && !enough && client.send(block); ++i) {
        }
    });
    CHECK(eventually([&] { return server->stats().bytes_in > 10 << 20; }));
    CHECK(time_of_requests(server.port(), 50) < 2s);
    enough = true;
    uploader.join();
}

TEST_CASE("A body over the limit is refused before it is sent, and the client can read why", "[edge]") {
    api::Limits limits;
    limits.upload_bytes = 64'000'000;
    EdgeServer server(limits);
    const auto start = std::chrono::steady_clock::now();
    const std::string block(1'000'000, 'x');

    SECTION("with a length") {
        RawClient client(server.port());
        client.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 70000000\r\n\r\n");
        for (int i = 0; i < 70; ++i) {
            REQUIRE(client.send(block));
        }
        CHECK(client.receive().status == 413);
    }
    SECTION("in chunks") {
        RawClient client(server.port());
        client.send("POST /upload HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 70; ++i) {
            REQUIRE(client.send("f4240\r\n" + block + "\r\n"));
        }
        CHECK(client.receive().status == 413);
    }
    CHECK(std::chrono::steady_clock::now() - start < (kIsSanitized ? 10s : 1s));
    CHECK(server.folder().files() == 0);
}

TEST_CASE("Memory stays flat while large bodies come in and large files go out", "[edge]") {
    EdgeServer server;
    std::ofstream(server.file()).close();
    std::filesystem::resize_file(server.file(), 300'000'000);
    const auto before = resident_bytes();

    RawClient client(server.port());
    client.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 200000000\r\n\r\n");
    const std::string block(1'000'000, 'x');
    for (int i = 0; i < 200; ++i) {
        REQUIRE(client.send(block));
    }
    CHECK(client.receive().body == "file 200000000");
    client.send(get("/file"));
    CHECK(client.swallow(300'000'000, 20s) >= 300'000'000);
    // A sanitizer keeps what was freed for a while.
    constexpr std::size_t kGrowth = kIsSanitized ? 400'000'000 : 20'000'000;
    CHECK(resident_bytes() < before + kGrowth);
}

TEST_CASE("Random bytes never stop the server", "[edge]") {
    EdgeServer server;
    std::mt19937 random(4711);
    const std::string seeds[] = {
        get("/hello"), post("/json", "{}"), get("/target?a=%20b"),
        "POST /batch HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"};
    for (int i = 0; i < 2'000; ++i) {
        std::string bytes = seeds[random() % 4] + seeds[random() % 4];
        for (auto changes = random() % 6; changes > 0; --changes) {
            bytes[random() % bytes.size()] = static_cast<char>(random());
        }
        if (random() % 3 == 0) {
            bytes.resize(random() % bytes.size());
        }
        RawClient client(server.port());
        const auto split = random() % (bytes.size() + 1);
        client.send(bytes.substr(0, split));
        client.send(bytes.substr(split));
        if (random() % 4 == 0) {
            client.reset();
            continue;
        }
        client.end_sending();
        for (const auto& reply : client.receive_all(5s)) {
            REQUIRE(reply.status >= 200);
            REQUIRE(reply.status != 500);
        }
        REQUIRE(client.is_closed());
    }
    CHECK(ask(server.port(), get("/hello")).body == "hello");
}
