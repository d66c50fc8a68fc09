#include <catch2/catch.hpp>
#include <string>
#include <thread>

#include "api/edge/chunked_body.hpp"
#include "api/edge/gzip.hpp"
#include "api/edge/refused.hpp"
#include "api/edge/request_reader.hpp"
#include "api/edge/response_wire.hpp"
#include "api/edge/target.hpp"
#include "api/edge/text.hpp"
#include "api/edge/waiting_pool.hpp"

using namespace keepwell::api;

namespace {

template <typename Action>
int refusal_of(Action action) {
    try {
        action();
    } catch (const Refused& refused) {
        return refused.status();
    }
    return 0;
}

}  // namespace

TEST_CASE("Only well-formed UTF-8 without NUL is clean text", "[edge]") {
    for (const auto* good :
         {"", "abc", "n\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\xF4\x8F\xBF\xBF"}) {
        CHECK(is_clean_utf8(good));
    }
    CHECK_FALSE(is_clean_utf8(std::string_view("a\0b", 3)));
    for (const auto* bad : {"\xC3", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80",
                            "\xF4\x90\x80\x80", "\xFF", "a\x80", "\xE2\x82"}) {
        CHECK_FALSE(is_clean_utf8(bad));
    }
}

TEST_CASE("A chunked body gives the same payload however it is cut", "[edge]") {
    const std::string coded =
        "4;a=b\r\nWiki\r\n0A\r\npedia in\r\n\r\nB\r\n\r\nchunks.\r\n\r\n0\r\nT: u\r\n\r\n";
    for (std::size_t cut = 0; cut <= coded.size(); ++cut) {
        ChunkedBody body;
        std::string payload;
        for (std::string_view piece :
             {std::string_view(coded).substr(0, cut), std::string_view(coded).substr(cut)}) {
            while (!piece.empty() && !body.has_ended()) {
                payload += body.next(piece);
            }
        }
        REQUIRE(body.has_ended());
        REQUIRE(payload == "Wikipedia in\r\n\r\nchunks.\r\n");
    }
}

TEST_CASE("What follows a chunked body is left for the next request", "[edge]") {
    std::string_view bytes = "0\r\n\r\nGET";
    ChunkedBody body;
    CHECK(body.next(bytes).empty());
    CHECK(body.has_ended());
    CHECK(bytes == "GET");
}

TEST_CASE("Accept-Encoding is read with its weights", "[edge]") {
    for (const auto* taken :
         {"gzip", "x-gzip", "GZIP;q=1", "deflate , gzip ; q=0.001", "*", "identity;q=0, *;q=0.1"}) {
        INFO(taken);
        CHECK(accepts_gzip(taken));
    }
    for (const auto* refused : {"", "br", "gzip;q=0", "gzip; q=0.0", "*;q=0", "gzip;q=0, *"}) {
        INFO(refused);
        CHECK_FALSE(accepts_gzip(refused));
    }
}

TEST_CASE("An absolute target gives its path and its host", "[edge]") {
    const auto target = parse_target("HTTP://host:80/a/b?c=d", false);
    CHECK(target.authority == "host:80");
    CHECK(target.segments == std::vector<std::string>{"a", "b"});
    CHECK(parse_target("https://host?x", false).path == "/");
    CHECK(refusal_of([] { parse_target("ftp://host/a", false); }) == 400);
    CHECK(refusal_of([] { parse_target("*", false); }) == 400);
    CHECK(parse_target("*", true).path == "*");
}

TEST_CASE("The host of an absolute target replaces the Host header", "[edge]") {
    const auto head = parse_request_head("GET http://real/ HTTP/1.1\r\nHost: other\r\n\r\n", Limits{});
    CHECK(head.headers.at(0) == std::pair<std::string, std::string>("host", "real"));
}

TEST_CASE("A head that lacks its end is refused, not read past", "[edge]") {
    for (const auto* cut :
         {"", "GET", "GET / HTTP/1.1", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: a\r\n"}) {
        INFO(cut);
        CHECK(refusal_of([&] { parse_request_head(cut, Limits{}); }) == 400);
    }
}

TEST_CASE("A wire head carries no line break that a route put there", "[edge]") {
    Response response;
    response.content_type = "text/plain\r\nX: y";
    response.body = "body";
    response.headers = {{"Location", "/a\r\n\r\n<script>"}, {"Na\rme", "v"}, {"Connection", "keep-alive"}};
    const auto head = to_wire(response, {.close = true}).head;
    CHECK(head.find("X: y") == head.find("text/plain") + std::string("text/plain  ").size());
    CHECK(head.find("Location: /a    <script>\r\n") != std::string::npos);
    CHECK(head.find("me:") == std::string::npos);
    CHECK(head.find("keep-alive") == std::string::npos);
    CHECK(head.find("\r\n\r\n") == head.size() - 4);
}

TEST_CASE("A status that is none becomes 500", "[edge]") {
    for (const int status : {0, 100, 199, 600, -1}) {
        Response response;
        response.status = status;
        CHECK(to_wire(response, {}).head.starts_with("HTTP/1.1 500 "));
    }
}

TEST_CASE("The waiting pool refuses what it cannot hold and drops what has not begun when it stops",
          "[edge]") {
    std::atomic<bool> go{false};
    std::atomic<int> ran{0};
    WaitingPool pool(1, 1);
    const auto job = [&] {
        while (!go) {
            std::this_thread::yield();
        }
        ++ran;
    };
    // The pool may or may not have fetched the first by now: it holds one more besides what it runs.
    int taken = 0;
    while (pool.submit(job)) {
        ++taken;
    }
    CHECK(taken >= 1);
    CHECK(taken <= 3);
    go = true;
    pool.stop();
    CHECK(ran <= taken);
    CHECK_FALSE(pool.submit(job));
}
