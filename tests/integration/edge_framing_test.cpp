#include <catch2/catch.hpp>

#include "tests/integration/edge_fixture.hpp"

using namespace keepwell;
using namespace keepwell::testing;
using namespace std::chrono_literals;

namespace {

const std::string kHost = "Host: a\r\n";
const std::string kGet = "GET /hello HTTP/1.1\r\n" + kHost;
const std::string kPost = "POST /json HTTP/1.1\r\n" + kHost;
const std::string kChunked = kPost + "Transfer-Encoding: chunked\r\n\r\n";

struct Row {
    std::string what;
    std::string bytes;
    std::vector<int> statuses;
    bool stays_open = false;
};

std::string repeated(const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) {
        all += text;
    }
    return all;
}

std::vector<Row> rows() {
    using S = std::string;
    return {
        {"plain", kGet + "\r\n", {200}, true},
        {"close", kGet + "Connection: close\r\n\r\n", {200}},
        {"close among other options", kGet + "Connection: foo, Close\r\n\r\n", {200}},
        {"close in one of two headers", kGet + "Connection: close\r\nConnection: keep-alive\r\n\r\n", {200}},
        {"upgrade is ignored", kGet + "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n", {200}, true},
        {"HTTP/1.0", "GET /hello HTTP/1.0\r\n\r\n", {200}},
        {"HTTP/1.0 keep-alive", "GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", {200}, true},
        {"1.1 without Host", "GET /hello HTTP/1.1\r\n\r\n", {400}},
        {"two Hosts", kGet + "Host: b\r\n\r\n", {400}},
        {"empty Host", "GET /hello HTTP/1.1\r\nHost:\r\n\r\n", {200}, true},
        {"IPv6 Host", "GET /hello HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", {200}, true},
        {"Host with bad port", "GET /hello HTTP/1.1\r\nHost: a:b:c:99999\r\n\r\n", {400}},
        {"Host with a path", "GET /hello HTTP/1.1\r\nHost: a/b\r\n\r\n", {400}},
        {"unknown method", "FOO /hello HTTP/1.1\r\n" + kHost + "\r\n", {501}},
        {"lower-case method", "get /hello HTTP/1.1\r\n" + kHost + "\r\n", {501}},
        {"TRACE", "TRACE /hello HTTP/1.1\r\n" + kHost + "\r\n", {501}},
        {"CONNECT", "CONNECT a:443 HTTP/1.1\r\n" + kHost + "\r\n", {501}},
        {"HTTP/9.9", "GET /hello HTTP/9.9\r\n" + kHost + "\r\n", {505}},
        {"HTTP/2.0", "GET /hello HTTP/2.0\r\n" + kHost + "\r\n", {505}},
        {"half a version", "GET /hello H\r\n" + kHost + "\r\n", {400}},
        {"no version", "GET /hello\r\n" + kHost + "\r\n", {400}},
        {"absolute form", "GET http://a/hello HTTP/1.1\r\n" + kHost + "\r\n", {200}, true},
        {"absolute form without host", "GET http:///hello HTTP/1.1\r\n" + kHost + "\r\n", {400}},
        {"empty target", "GET  HTTP/1.1\r\n" + kHost + "\r\n", {400}},
        {"target with a blank", "GET /hello there HTTP/1.1\r\n" + kHost + "\r\n", {400}},
        {"target without slash", "GET hello HTTP/1.1\r\n" + kHost + "\r\n", {400}},
        {"fragment", "GET /hello#x HTTP/1.1\r\n" + kHost + "\r\n", {400}},
        {"bad escape", "GET /hello%2 HTTP/1.1\r\n" + kHost + "\r\n", {400}},
        {"bad escape in the query", "GET /hello?a=%zz HTTP/1.1\r\n" + kHost + "\r\n", {400}},
        {"encoded NUL", "GET /hello%00 HTTP/1.1\r\n" + kHost + "\r\n", {400}},
        {"not UTF-8", "GET /hello%ff HTTP/1.1\r\n" + kHost + "\r\n", {400}},
        {"dot segments", "GET /a/../hello HTTP/1.1\r\n" + kHost + "\r\n", {400}},
        {"encoded dot segments", "GET /a/%2e%2E/hello HTTP/1.1\r\n" + kHost + "\r\n", {400}},
        {"OPTIONS *", "OPTIONS * HTTP/1.1\r\n" + kHost + "\r\n", {204}, true},
        {"GET *", "GET * HTTP/1.1\r\n" + kHost + "\r\n", {400}},
        {"line breaks first", "\r\n\r\n" + kGet + "\r\n", {200}, true},
        {"too many line breaks first", repeated("\r\n", 10) + kGet + "\r\n", {400}},
        {"bare LF", "GET /hello HTTP/1.1\nHost: a\n\n", {400}},
        {"bare LF in a header", kGet + "A: b\nC: d\r\n\r\n", {400}},
        {"bare CR in a header", kGet + "A: b\rC: d\r\n\r\n", {400}},
        {"a TLS hello", S("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11) + S(100, 'A'), {400}},
        {"one byte of garbage", S(1, '\x80'), {400}},
        {"no colon", kGet + "FooBar\r\n\r\n", {400}},
        {"no name", kGet + ": x\r\n\r\n", {400}},
        {"blank before the colon", kGet + "Foo : y\r\n\r\n", {400}},
        {"folded header", kGet + "Foo: y\r\n  more\r\n\r\n", {400}},
        {"NUL in a header", kGet + S("X: a\0b\r\n\r\n", 10), {400}},
        {"other bytes in a header", kGet + "X: \xc3\xa9\xff\r\n\r\n", {200}, true},
        {"head too large", kGet + "X: " + S(20'000, 'a') + "\r\n\r\n", {431}},
        {"endless header", kGet + "X: " + S(3'000'000, 'a'), {431}},
        {"too many headers", kGet + repeated("X: y\r\n", 100) + "\r\n", {431}},
        {"as many headers as allowed", kGet + repeated("X: y\r\n", 99) + "\r\n", {200}, true},
        {"target too long", "GET /" + S(4'096, 'a') + " HTTP/1.1\r\n" + kHost + "\r\n", {414}},
        {"longest target", "GET /" + S(4'095, 'a') + " HTTP/1.1\r\n" + kHost + "\r\n", {404}, true},
        {"endless target", "GET /" + S(200'000, 'a'), {414}},
        {"endless slashes", "GET " + S(100'000, '/'), {414}},
        {"endless method", S(100'000, 'A'), {400}},
        {"two pipelined", kGet + "\r\n" + kGet + "\r\n", {200, 200}, true},
        {"three pipelined, the last closes",
         repeated(kGet + "\r\n", 2) + kGet + "Connection: close\r\n\r\n",
         {200, 200, 200}},
        {"nothing after close", kGet + "Connection: close\r\n\r\n" + kGet + "\r\n", {200}},
        {"good, then bad", kGet + "\r\nBAD\r\n\r\n", {200, 400}},
        {"length", kPost + "Content-Length: 5\r\n\r\nhello", {200}, true},
        {"length and the next request",
         kPost + "Content-Length: 5\r\n\r\nhello" + kGet + "\r\n",
         {200, 200},
         true},
        {"no body", kPost + "\r\n", {200}, true},
        {"1.0 body without length", "POST /json HTTP/1.0\r\n\r\n", {411}},
        {"negative length", kPost + "Content-Length: -5\r\n\r\nhello", {400}},
        {"signed length", kPost + "Content-Length: +5\r\n\r\nhello", {400}},
        {"length that is no number", kPost + "Content-Length: 5abc\r\n\r\nhello", {400}},
        {"empty length", kPost + "Content-Length: \r\n\r\n", {400}},
        {"length list", kPost + "Content-Length: 5, 5\r\n\r\nhello", {400}},
        {"overflowing length", kPost + "Content-Length: 99999999999999999999999\r\n\r\nhello", {400}},
        {"a terabyte", kPost + "Content-Length: 1000000000000\r\n\r\nhello", {413}},
        {"two lengths that differ", kPost + "Content-Length: 5\r\nContent-Length: 3\r\n\r\nhello", {400}},
        {"two lengths that agree",
         kPost + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
         {200},
         true},
        {"length and chunks",
         kPost + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
         {400}},
        {"chunks", kChunked + "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", {200}, true},
        {"chunk extension", kChunked + "5;a=b\r\nhello\r\n0\r\n\r\n", {200}, true},
        {"endless chunk extension", kChunked + "5;" + S(10'000, 'a') + "\r\nhello\r\n0\r\n\r\n", {400}},
        {"trailers", kChunked + "5\r\nhello\r\n0\r\nA: b\r\nC: d\r\n\r\n", {200}, true},
        {"endless trailers", kChunked + "0\r\n" + repeated("A: b\r\n", 5'000), {400}},
        {"bad chunk size", kChunked + "zz\r\nhello\r\n0\r\n\r\n", {400}},
        {"empty chunk size", kChunked + "\r\nhello\r\n0\r\n\r\n", {400}},
        {"negative chunk size", kChunked + "-5\r\nhello\r\n0\r\n\r\n", {400}},
        {"chunk size with a blank", kChunked + "5 \r\nhello\r\n0\r\n\r\n", {400}},
        {"huge chunk size", kChunked + "ffffffffffffffff\r\nhello\r\n", {400}},
        {"chunk longer than said", kChunked + "4\r\nhello\r\n0\r\n\r\n", {400}},
        {"bare LF after a chunk size", kChunked + "5\nhello\r\n0\r\n\r\n", {400}},
        {"gzip as transfer coding", kPost + "Transfer-Encoding: gzip\r\n\r\nhello", {501}},
        {"two transfer codings", kPost + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", {501}},
        {"chunked twice",
         kPost + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
         {501}},
        {"chunks in HTTP/1.0", "POST /json HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", {400}},
        {"unknown content coding", kPost + "Content-Encoding: br\r\nContent-Length: 5\r\n\r\nhello", {415}},
        {"gzip that is none", kPost + "Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello", {400}},
        {"unknown expectation", kPost + "Expect: miracles\r\nContent-Length: 5\r\n\r\nhello", {417}},
        {"small body nobody wants",
         kGet + "Content-Length: 5\r\n\r\nhello" + kGet + "\r\n",
         {200, 200},
         true},
        {"large body nobody wants", kGet + "Content-Length: 100000\r\n\r\n" + S(100'000, 'x'), {413}},
        {"large body for nothing",
         "POST /nothing HTTP/1.1\r\n" + kHost + "Content-Length: 100000\r\n\r\n",
         {404}},
        {"endless chunks for nothing",
         "POST /nothing HTTP/1.1\r\n" + kHost + "Transfer-Encoding: chunked\r\n\r\n20000\r\n" +
             S(0x20000, 'x'),
         {404}},
        {"what follows a refused body is no request",
         kPost + "Content-Length: 3000000\r\n\r\n" + repeated(kGet + "\r\n", 80'000),
         {413}},
        {"no such path", "GET /nothing HTTP/1.1\r\n" + kHost + "\r\n", {404}, true},
        {"no such method", "POST /hello HTTP/1.1\r\n" + kHost + "Content-Length: 2\r\n\r\nhi", {405}, true},
        {"odd headers are the route's business",
         kGet +
             "Cookie: a\r\nAccept: ;;;\r\nDate: x\r\nContent-Type: garbage\r\nCache-Control: a=b=c\r\n\r\n",
         {200},
         true},
    };
}

}  // namespace

TEST_CASE("Every request gets the answers that its framing deserves", "[edge]") {
    EdgeServer server;
    for (const auto& row : rows()) {
        INFO(row.what);
        RawClient client(server.port());
        client.send(row.bytes);
        std::vector<int> seen;
        for (std::size_t i = 0; i < row.statuses.size(); ++i) {
            seen.push_back(client.receive(5s).status);
        }
        CHECK(seen == row.statuses);
        if (row.stays_open) {
            client.send(kGet + "\r\n");
            CHECK(client.receive(5s).body == "hello");
        } else {
            CHECK(client.is_closed(5s));
        }
    }
    CHECK(ask(server.port(), kGet + "\r\n").body == "hello");
}

TEST_CASE("Requests may arrive byte by byte", "[edge]") {
    EdgeServer server;
    RawClient client(server.port());
    for (const char c : kChunked + "5\r\nhello\r\n0\r\nA: b\r\n\r\n" + kGet + "\r\n") {
        client.send(std::string_view(&c, 1));
    }
    CHECK(client.receive().body == "hello");
    CHECK(client.receive().body == "hello");
}

TEST_CASE("A chunked request may be split anywhere", "[edge]") {
    EdgeServer server;
    const std::string request = kChunked + "5\r\nhello\r\n6;x=y\r\n world\r\n0\r\nT: u\r\n\r\n";
    RawClient client(server.port());
    for (std::size_t split = 1; split < request.size(); ++split) {
        INFO(split);
        const auto before = server->stats().bytes_in;
        client.send(request.substr(0, split));
        REQUIRE(eventually([&] { return server->stats().bytes_in == before + split; }));
        client.send(request.substr(split));
        const auto reply = client.receive();
        REQUIRE(reply.status == 200);
        REQUIRE(reply.body == "hello world");
    }
}

TEST_CASE("Three pipelined requests are answered in order, also when one of them waits", "[edge]") {
    EdgeServer server;
    RawClient client(server.port());
    client.send(get("/tag/first") + get("/wait/second") + get("/tag/third"));
    CHECK(client.receive().body == "first");
    CHECK(client.receive().body == "second");
    CHECK(client.receive().body == "third");
}

TEST_CASE("A thousand pipelined requests are all answered", "[edge]") {
    EdgeServer server;
    RawClient client(server.port());
    std::string requests;
    for (int i = 0; i < 1'000; ++i) {
        requests += get("/tag/" + std::to_string(i));
    }
    client.send(requests);
    for (int i = 0; i < 1'000; ++i) {
        REQUIRE(client.receive().body == std::to_string(i));
    }
}

TEST_CASE("A client that has ended its side still gets its answer", "[edge]") {
    EdgeServer server;
    const auto target = GENERATE(as<std::string>{}, "/tag/x", "/wait/x", "/tag/x?pad=200000");
    for (int i = 0; i < 20; ++i) {
        RawClient client(server.port());
        client.send(get(target));
        client.end_sending();
        const auto reply = client.receive();
        REQUIRE(reply.status == 200);
        REQUIRE(reply.body.substr(0, 1) == "x");
        REQUIRE(client.is_closed());
    }
}
