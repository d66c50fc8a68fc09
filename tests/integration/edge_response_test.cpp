#include <zlib.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <numeric>

#include "tests/integration/edge_fixture.hpp"

using namespace keepwell;
using namespace keepwell::testing;
using namespace std::chrono_literals;

namespace {

std::string gunzipped(const std::string& bytes) {
    z_stream stream{};
    REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
    std::string out(1 << 20, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    CHECK(inflate(&stream, Z_FINISH) == Z_STREAM_END);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return out;
}

std::string gzip_of(const std::string& bytes) {
    z_stream stream{};
    REQUIRE(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    std::string out(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

}  // namespace

TEST_CASE("An answer carries date, type, length and what becomes of the connection", "[edge]") {
    EdgeServer server;
    const auto reply = ask(server.port(), get("/hello"));
    CHECK(reply.header("content-length") == "5");
    CHECK(reply.header("content-type") == "text/plain");
    CHECK(reply.header("connection") == "keep-alive");
    CHECK(reply.header("date").size() == std::string("Sun, 06 Nov 1994 08:49:37 GMT").size());
    CHECK(ask(server.port(), get("/hello", "Connection: close\r\n")).header("connection") == "close");
    CHECK(ask(server.port(), "GET /hello HTTP/1.0\r\n\r\n").header("connection") == "close");
}

TEST_CASE("HEAD is answered by the GET row without its body", "[edge]") {
    EdgeServer server;
    const auto target = GENERATE(as<std::string>{}, "/hello", "/fixed", "/wait/x?pad=10");
    RawClient client(server.port());
    client.send("HEAD " + target + " HTTP/1.1\r\nHost: a\r\n\r\n" + get("/hello"));
    const auto head = client.receive(5s, true);
    CHECK(head.status == 200);
    CHECK(head.header("content-length") == ask(server.port(), get(target)).header("content-length"));
    CHECK(client.receive().body == "hello");
}

TEST_CASE("OPTIONS and a wrong method name what is allowed", "[edge]") {
    EdgeServer server;
    const auto options = ask(server.port(), "OPTIONS /hello HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(options.status == 204);
    CHECK(options.header("allow") == "GET, HEAD, DELETE, OPTIONS");
    CHECK(options.headers.count("content-length") == 0);
    const auto wrong = ask(server.port(), "PATCH /json HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(wrong.status == 405);
    CHECK(wrong.header("allow") == "POST, PUT, OPTIONS");
    const auto all = ask(server.port(), "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(all.status == 204);
    CHECK(all.header("allow") == "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    CHECK(ask(server.port(), "OPTIONS /nothing HTTP/1.1\r\nHost: a\r\n\r\n").status == 404);
}

TEST_CASE("A target is split before it is decoded", "[edge]") {
    EdgeServer server;
    const auto decoded = [&](const std::string& target) { return ask(server.port(), get(target)).body; };
    CHECK(decoded("/target/a%2Fb/c%20d+e") == "/target/a/b/c d+e|target|a/b|c d+e");
    CHECK(decoded("/target/n%C3%A9/") == "/target/n\xC3\xA9/|target|n\xC3\xA9|");
    CHECK(decoded("/target?a=x%20y+z&b=%26&c&&d=&a=dup&e=1=2") ==
          "/target|target&a=x y z&b=&&c=&d=&a=dup&e=1=2");
    CHECK(decoded("/target?") == "/target|target");
    CHECK(decoded("http://elsewhere/target?a=b") == "/target|target&a=b");
}

TEST_CASE("100 Continue comes only when the body will be taken", "[edge]") {
    EdgeServer server;
    const std::string expect = "Expect: 100-continue\r\n";
    RawClient client(server.port());
    client.send("POST /json HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n" + expect + "\r\n");
    CHECK(client.receive().status == 100);
    client.send("hello");
    CHECK(client.receive().body == "hello");

    const auto refused = [&](const std::string& target, const std::string& length) {
        RawClient other(server.port());
        other.send("POST " + target + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n" + expect +
                   "\r\n");
        const auto status = other.receive().status;
        CHECK(other.is_closed());
        return status;
    };
    CHECK(refused("/json", "2000000") == 413);
    CHECK(refused("/nothing", "5") == 404);
    CHECK(refused("/hello", "5") == 405);
}

TEST_CASE("Text is compressed for those who take it", "[edge]") {
    EdgeServer server;
    const auto plain = ask(server.port(), get("/text"));
    CHECK(plain.headers.count("content-encoding") == 0);
    CHECK(plain.header("vary") == "Accept-Encoding");
    for (const std::string accepted : {"gzip", "deflate, gzip;q=0.5", "*", "br;q=1, GZIP"}) {
        INFO(accepted);
        const auto reply = ask(server.port(), get("/text", "Accept-Encoding: " + accepted + "\r\n"));
        CHECK(reply.header("content-encoding") == "gzip");
        CHECK(reply.body.size() < plain.body.size() / 10);
        CHECK(gunzipped(reply.body) == plain.body);
    }
    for (const std::string refused : {"gzip;q=0", "identity", "gzip;q=0.000, *", ""}) {
        INFO(refused);
        CHECK(ask(server.port(), get("/text", "Accept-Encoding: " + refused + "\r\n")).body == plain.body);
    }
    CHECK(ask(server.port(), get("/hello", "Accept-Encoding: gzip\r\n")).body == "hello");
    CHECK(ask(server.port(), get("/fixed", "Accept-Encoding: gzip\r\n")).body == std::string(300'000, 'f'));
}

TEST_CASE("A compressed body is inflated within the limits of a plain one", "[edge]") {
    EdgeServer server;
    const std::string gzip = "Content-Encoding: gzip\r\n";
    const std::string text(500'000, 'x');
    CHECK(ask(server.port(), post("/json", gzip_of(text), gzip)).body == text);
    CHECK(ask(server.port(), post("/json", gzip_of("one ") + gzip_of("two"), gzip)).body == "one two");
    CHECK(ask(server.port(), post("/upload", gzip_of(std::string(3'000'000, 'x')), gzip)).body ==
          "file 3000000");

    const auto bomb = gzip_of(std::string(1'000'001, 'x'));
    CHECK(ask(server.port(), post("/json", bomb, gzip)).status == 413);
    CHECK(ask(server.port(), post("/json", gzip_of(text).substr(0, 300), gzip)).status == 400);
}

TEST_CASE("What a route says can never split an answer", "[edge]") {
    EdgeServer server;
    RawClient client(server.port());
    client.send(get("/split") + get("/hello"));
    const auto reply = client.receive();
    CHECK(reply.header("x-evil") == "a  Set-Cookie: b");
    CHECK(reply.headers.count("set-cookie") == 0);
    CHECK(reply.headers.count("x-bad name") == 0);
    CHECK(reply.header("content-length") == "5");
    CHECK(client.receive().body == "hello");
}

TEST_CASE("204 has no body", "[edge]") {
    EdgeServer server;
    RawClient client(server.port());
    client.send(get("/empty") + get("/hello"));
    const auto reply = client.receive();
    CHECK(reply.status == 204);
    CHECK(reply.headers.count("content-length") == 0);
    CHECK(client.receive().body == "hello");
}

TEST_CASE("A file is sent whole, in order with what follows it", "[edge]") {
    EdgeServer server;
    std::string content(20'000'000, '\0');
    std::iota(content.begin(), content.end(), '\0');
    std::ofstream(server.file(), std::ios::binary) << content;
    RawClient client(server.port());
    client.send(get("/file") + get("/hello"));
    const auto reply = client.receive();
    CHECK(reply.header("content-type") == "application/octet-stream");
    CHECK((reply.body == content));
    CHECK(client.receive().body == "hello");
}

TEST_CASE("A file that is not there is an error, not a hang", "[edge]") {
    EdgeServer server;
    RawClient client(server.port());
    client.send(get("/file") + get("/hello"));
    CHECK(client.receive().status == 500);
    CHECK(client.receive().body == "hello");
}
