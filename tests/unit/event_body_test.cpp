#include "api/event_body.hpp"

#include <catch2/catch.hpp>

#include "data/event_attributes.hpp"

namespace keepwell::api {
namespace {

using namespace std::chrono_literals;

const Timestamp kNow{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 12h};

Request request_with(std::string body, std::string type = "application/json") {
    Request request;
    request.body = std::move(body);
    request.headers.emplace_back("content-type", std::move(type));
    return request;
}

CustomerEvent event_of(std::string body) {
    return parse_event(request_with(std::move(body)), CustomerId{7}, kNow);
}

EventBatch batch_of(std::string body, std::string type = "application/json") {
    return parse_event_batch(request_with(std::move(body), std::move(type)), kNow);
}

std::string with_data(const std::string& data) {
    return R"({"event_type":"x","customer_id":1,"event_data":)" + data + "}";
}

/// The code of the Error that `work` throws, and its mistakes.
template <typename Work>
std::pair<ErrorCode, std::vector<FieldError>> refusal(Work work) {
    try {
        work();
    } catch (const Error& error) {
        CHECK(std::string{error.what()}.size() > 5);
        return {error.code(), error.fields()};
    }
    FAIL("nothing was refused");
    return {};
}

const std::string kNdjson = "application/x-ndjson";

}  // namespace

TEST_CASE("an event keeps the text of its data, and its attributes are flattened from it") {
    const std::string data = R"({ "path":"/a\"b", "n":1.50, "big":9007199254740993,"yes":true,"none":null,)"
                             R"("who":{"name":"Zoë","at":{"x":-2e3}}, "list":[1,{"deep":2}], "":"e" })";
    const CustomerEvent event = event_of(R"({"event_type":"page_view","unknown":[{}],"event_data":)" + data +
                                         R"(,"timestamp":"2026-11-21T10:00:00.5+02:00","message_id":"m-1"})");
    CHECK(event.customer_id == CustomerId{7});
    CHECK(event.type == "page_view");
    CHECK(event.data == data);
    CHECK(event.message_id == "m-1");
    CHECK(event.occurred_at == kNow - 28h + 500ms);
    CHECK(event.received_at == kNow);
    const Attributes expected{{"path", std::string{"/a\"b"}},
                              {"n", 1.5},
                              {"big", 9007199254740992.0},
                              {"yes", true},
                              {"who.name", std::string{"Zoë"}},
                              {"who.at.x", -2000.0},
                              {"", std::string{"e"}}};
    CHECK(event.attributes == expected);
    CHECK(data::read_attributes(event.data) == expected);  // What is read back is the same.
}

TEST_CASE("what an event does not say is now, and an empty object") {
    const CustomerEvent event = event_of(
        R"({"event_type":"x","event_data":null,"timestamp":null,"message_id":null,"customer_id":"?"})");
    CHECK(event.occurred_at == kNow);
    CHECK(event.data == "{}");
    CHECK(event.attributes.empty());
    CHECK(event.message_id.empty());
}

TEST_CASE("a time without an offset is UTC") {
    CHECK(event_of(R"({"event_type":"x","timestamp":"2026-11-22T12:00:00"})").occurred_at == kNow);
    CHECK(event_of(R"({"event_type":"x","timestamp":"2026-11-22 12:00:00.000000"})").occurred_at == kNow);
}

TEST_CASE("an event that is readable but wrong is refused with every mistake") {
    const auto [code, mistakes] = refusal(
        [] { event_of(R"({"event_type":"","event_data":[],"timestamp":"yesterday","message_id":5})"); });
    CHECK(code == ErrorCode::kInvalid);
    REQUIRE(mistakes.size() == 4);
    CHECK(mistakes[0].pointer == "/event_data");
    CHECK(mistakes[1].pointer == "/event_type");
    CHECK(mistakes[2].pointer == "/message_id");
    CHECK(mistakes[3].pointer == "/timestamp");
}

TEST_CASE("values of the wrong kind are refused") {
    const auto body = GENERATE(
        as<std::string>{}, "{}", R"({"event_type":null})", R"({"event_type":{}})", R"({"event_type":1})",
        R"({"event_type":"a\u0000b"})", R"({"event_type":"x","event_data":"{}"})",
        R"({"event_type":"x","event_data":7})", R"({"event_type":"x","timestamp":1700000000})",
        R"({"event_type":"x","timestamp":"2026-02-30T00:00:00Z"})", R"({"event_type":"x","message_id":""})",
        R"({"event_type":"x","message_id":["a"]})", R"({"event_type":"x","message_id":"a\nb"})");
    CAPTURE(body);
    CHECK(refusal([&] { event_of(body); }).first == ErrorCode::kInvalid);
    CHECK(refusal([&] { event_of(R"({"event_type":")" + std::string(101, 'x') + "\"}"); }).first ==
          ErrorCode::kInvalid);
}

TEST_CASE("what is no JSON object is unreadable") {
    const auto body = GENERATE(
        as<std::string>{}, "", " ", "{", "[]", "7", "\"x\"", "null", "[{\"event_type\":\"x\"}]",
        R"({"event_type":"x",})", R"({"event_type":"x"} {})", R"({"event_type":"x","event_data":{"a":NaN}})",
        R"({"event_type":"x","event_data":{"a":Infinity}})", R"({"event_type":"x","event_data":{"a":1e999}})",
        R"({"event_type":"x","event_type":"y"})", R"({"event_type":"x","event_data":{"a":1,"a":2}})",
        R"({"event_type":"x","event_data":{"a":{"b":[{"c":1,"c":{}}]}}})", "{\"event_type\":\"\xff\"}",
        R"({"event_type":"\ud800"})", R"({'event_type':'x'})");
    CAPTURE(body);
    CHECK(refusal([&] { event_of(body); }).first == ErrorCode::kUnreadable);
    const std::string with_nul = std::string{R"({"event_type":"x"})"} + '\0' + "{";
    CHECK(refusal([&] { event_of(with_nul); }).first == ErrorCode::kUnreadable);
}

TEST_CASE("an event of another content type is refused") {
    CHECK(refusal([] { parse_event(request_with("{}", "text/xml"), CustomerId{1}, kNow); }).first ==
          ErrorCode::kUnsupportedType);
    CHECK(refusal([] { batch_of("{}", "text/csv"); }).first == ErrorCode::kUnsupportedType);
}

TEST_CASE("event_data is taken up to 32 KB and 64 levels") {
    const auto sized = [](std::size_t size) { return R"({"a":")" + std::string(size - 8, 'x') + "\"}"; };
    CHECK(event_of(with_data(sized(32 * 1024))).data.size() == 32 * 1024);
    const auto [code, mistakes] = refusal([&] { event_of(with_data(sized(32 * 1024 + 1))); });
    CHECK(code == ErrorCode::kTooLarge);
    CHECK(mistakes.front().pointer == "/event_data");

    const auto nested = [](std::size_t depth) {
        std::string text;
        for (std::size_t i = 0; i < depth; ++i) text += R"({"a":)";
        return text + "1" + std::string(depth, '}');
    };
    CHECK(event_of(with_data(nested(63))).attributes.size() == 1);
    CHECK(refusal([&] { event_of(with_data(nested(64))); }).first == ErrorCode::kUnreadable);
    CHECK(refusal([&] { event_of(with_data(std::string(500'000, '['))); }).first == ErrorCode::kUnreadable);
    CHECK(refusal([&] { event_of(std::string(500'000, '[')); }).first == ErrorCode::kUnreadable);
}

TEST_CASE("a batch is an object with events, a bare array, or lines") {
    const std::string one = R"({"event_type":"a","customer_id":3})";
    const std::string two = R"({"event_type":"b","external_id":"e]}\"["})";
    const auto [body, type] = GENERATE_COPY(table<std::string, std::string>({
        {"[" + one + "," + two + "]", "application/json"},
        {" [ " + one + " ,\n" + two + " ] ", "application/json; charset=utf-8"},
        {R"({"sent":{"by":["x"]},"events":[)" + one + "," + two + R"(],"more":1})", "application/json"},
        {one + "\n" + two, kNdjson},
        {"\r\n" + one + "\r\n\n" + two + "\n", kNdjson},
    }));
    CAPTURE(body);
    const EventBatch batch = batch_of(body, type);
    CHECK(batch.rejected.empty());
    REQUIRE(batch.events.size() == 2);
    REQUIRE(batch.sources.size() == 2);
    CHECK(batch.events[0].type == "a");
    CHECK(batch.events[0].customer_id == CustomerId{3});
    CHECK(batch.events[0].occurred_at == kNow);
    CHECK_FALSE(batch.sources[0].key);
    CHECK(batch.events[1].type == "b");
    CHECK(batch.sources[1].index == 1);
    CHECK(batch.sources[1].key == CustomerKey{CustomerKeyKind::kExternalId, "e]}\"["});
}

TEST_CASE("an event of a batch names its customer by its number or by one of its keys") {
    const auto key_of = [](const std::string& member) {
        return batch_of(R"([{"event_type":"a",)" + member + "}]").sources.at(0).key;
    };
    CHECK(key_of(R"("email":"a@b.example")") == CustomerKey{CustomerKeyKind::kEmail, "a@b.example"});
    CHECK(key_of(R"("account_name":" Acme ")") == CustomerKey{CustomerKeyKind::kAccountName, "Acme"});
    CHECK(key_of(R"("customer_name":"Acme")") == CustomerKey{CustomerKeyKind::kAccountName, "Acme"});
    CHECK(key_of("\"account_name\":\"Zoe\u0308\"") == CustomerKey{CustomerKeyKind::kAccountName, "Zoë"});
    CHECK(key_of(R"("email":"a@b.example","external_id":"e")")->kind == CustomerKeyKind::kExternalId);
    CHECK_FALSE(key_of(R"("customer_id":1,"external_id":"e")"));
}

TEST_CASE("a bad event costs only itself") {
    const auto bad = GENERATE(
        as<std::string>{}, "{}", "7", "null", "[]", R"("x")", R"({"event_type":"x"})",
        R"({"event_type":"x","customer_id":0})", R"({"event_type":"x","customer_id":1.5})",
        R"({"event_type":"x","customer_id":"1"})", R"({"event_type":"x","customer_id":9007199254740992})",
        R"({"event_type":"x","external_id":""})", R"({"event_type":"x","email":7})",
        R"({"event_type":"x","account_name":{}})", R"({"customer_id":1})",
        R"({"event_type":"x","customer_id":1,"event_data":{"a":NaN}})",
        R"({"event_type":"x","customer_id":1,"event_data":{"a":1,"a":1}})",
        R"({"event_type":"x","customer_id":1,"timestamp":"soon"})", "{\"event_type\":\"\xc3\"}");
    CAPTURE(bad);
    const std::string good = R"({"event_type":"a","customer_id":3})";
    for (const auto& batch : {batch_of("[" + good + "," + bad + "," + good + "]"),
                              batch_of(good + "\n" + bad + "\n" + good, kNdjson)}) {
        CHECK(batch.events.size() == 2);
        REQUIRE(batch.rejected.size() == 1);
        CHECK(batch.rejected[0].index == 1);
        CHECK_FALSE(batch.rejected[0].code.empty());
        CHECK_FALSE(batch.rejected[0].message.empty());
        CHECK(batch.sources[1].index == 2);
    }
    const auto line = batch_of(good + "\n" + R"({"event_type":)" + "\n" + good, kNdjson);
    CHECK(line.events.size() == 2);
    CHECK(line.rejected.at(0).code == "unreadable");
}

TEST_CASE("an event that is too large or too deep costs only itself") {
    const std::string good = R"({"event_type":"a","customer_id":3})";
    const std::string large = with_data(R"({"a":")" + std::string(33 * 1024, 'x') + "\"}");
    const std::string deep = with_data(R"({"a":)" + std::string(70, '[') + std::string(70, ']') + "}");
    const auto batch = batch_of("[" + large + "," + deep + "," + good + "]");
    CHECK(batch.events.size() == 1);
    REQUIRE(batch.rejected.size() == 2);
    CHECK(batch.rejected[0].code == "too_large");
    CHECK(batch.rejected[0].pointer == "/event_data");
    CHECK(batch.rejected[1].code == "unreadable");
}

TEST_CASE("a batch whose events can't be told apart is unreadable") {
    const auto body =
        GENERATE(as<std::string>{}, "", "  ", "7", "[", "[{}", "[{},]", "[,{}]", "[{} {}]", "[{}]]", "[{}],",
                 R"({"events":[{}])", R"({"events":[]}})", R"({"events":[],})", R"({events:[]})",
                 R"({"events" []})", R"({"events":[],"events":[]})", R"([{"a":"b}])", "]", "}");
    CAPTURE(body);
    CHECK(refusal([&] { batch_of(body); }).first == ErrorCode::kUnreadable);
}

TEST_CASE("a batch without a list of events is invalid, an empty one is not") {
    for (const char* body : {"{}", R"({"event":[]})", R"({"events":{}})", R"({"events":null})"}) {
        CAPTURE(body);
        CHECK(refusal([&] { batch_of(body); }).first == ErrorCode::kInvalid);
    }
    CHECK(batch_of("[]").events.empty());
    CHECK(batch_of(R"({"events":[]})").events.empty());
    CHECK(batch_of("\n\n", kNdjson).events.empty());
}

TEST_CASE("a batch takes 2,000 events and no more") {
    std::string body = "[{}";
    for (int i = 1; i < 2000; ++i) body += ",{}";
    CHECK(batch_of(body + "]").rejected.size() == 2000);
    CHECK(refusal([&] { batch_of(body + ",{}]"); }).first == ErrorCode::kTooLarge);
}

}  // namespace keepwell::api
