#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "data/activity_details.hpp"
#include "domain/daily_activity.hpp"
#include "tests/support/event_samples.hpp"

namespace keepwell::test {
namespace {

using namespace std::chrono_literals;
using Events = std::vector<CustomerEvent>;

Attributes attributes_of(std::initializer_list<std::pair<const char*, AttributeValue>> values) {
    Attributes attributes;
    for (const auto& [name, value] : values) attributes.emplace(name, value);
    return attributes;
}

std::string text(const char* value) {
    return value;
}

DailyActivity day_of_events(const Events& events) {
    const auto rolled = roll_up(events);
    REQUIRE(rolled.size() == 1);
    return rolled.front();
}

/// Events that go over every bound, with sums that doubles hold exactly.
class Generator {
public:
    explicit Generator(unsigned seed) : random_(seed) {}

    Events events(std::size_t count) {
        Events events;
        for (std::size_t i = 0; i < count; ++i) {
            events.push_back(event());
            events.back().id = {static_cast<std::int64_t>(i + 1)};
        }
        return events;
    }
    void shuffle(Events& events) { std::shuffle(events.begin(), events.end(), random_); }

private:
    int any(int below) { return std::uniform_int_distribution<int>(0, below - 1)(random_); }
    AttributeValue value() {
        switch (any(4)) {
            case 0:
                return any(1000) / 4.0;
            case 1:
                return "v" + std::to_string(any(150));
            case 2:
                return any(2) == 0;
            default:
                return std::to_string(any(50));
        }
    }
    CustomerEvent event() {
        static const std::vector<std::string> types{
            "api_call",       "login",        "payment", "feature_use",
            "support_ticket", "nps_response", "unknown", "note"};
        static const std::vector<std::string> names{
            "status_code", "endpoint", "errors",   "session_duration", "user",     "status",
            "days_late",   "points",   "advanced", "feature_name",     "priority", "satisfaction"};
        CustomerEvent event =
            event_of({1 + any(2)}, types[static_cast<std::size_t>(any(static_cast<int>(types.size())))],
                     kEventNoon + std::chrono::hours{any(40)} + std::chrono::milliseconds{any(5)});
        for (int i = any(8); i > 0; --i) {
            event.attributes[names[static_cast<std::size_t>(any(static_cast<int>(names.size())))]] = value();
        }
        for (int i = any(4); i > 0; --i) event.attributes["a" + std::to_string(any(70))] = value();
        if (any(2) == 0) event.attributes["ticket_id"] = "T" + std::to_string(any(1500));
        if (any(2) == 0) event.attributes["session_duration"] = any(700) * 1.0;
        if (event.type == "api_call") event.attributes["endpoint"] = "/" + std::to_string(any(150));
        if (event.attributes.contains("days_late")) event.attributes["days_late"] = any(5) * 7.5;
        return event;
    }

    std::mt19937 random_;
};

/// As they would be after being stored.
std::vector<DailyActivity> stored(std::vector<DailyActivity> days) {
    for (DailyActivity& day : days) {
        const std::string details = data::encode_details(day);
        DailyActivity read{.customer_id = day.customer_id,
                           .day = day.day,
                           .event_type = day.event_type,
                           .count = day.count,
                           .last_at = day.last_at};
        data::decode_details(details, read);
        CHECK(data::encode_details(read) == details);
        day = read;
    }
    return days;
}

std::vector<DailyActivity> merged(std::vector<DailyActivity> days, const std::vector<DailyActivity>& others) {
    for (const DailyActivity& other : others) {
        const auto same = std::find_if(days.begin(), days.end(), [&](const DailyActivity& day) {
            return day.customer_id == other.customer_id && day.day == other.day &&
                   day.event_type == other.event_type;
        });
        if (same != days.end()) {
            same->merge(other);
        } else {
            days.push_back(other);
        }
    }
    std::sort(days.begin(), days.end(), [](const DailyActivity& left, const DailyActivity& right) {
        return std::tie(left.customer_id, left.day, left.event_type) <
               std::tie(right.customer_id, right.day, right.event_type);
    });
    return days;
}

}  // namespace

TEST_CASE("numbers, texts and flags are read from attributes only as what they are") {
    const Attributes attributes = attributes_of({{"number", 2.5},
                                                 {"text", text("abc")},
                                                 {"digits", text("-1.5e1")},
                                                 {"tail", text("12 ")},
                                                 {"endless", text("inf")},
                                                 {"empty", text("")},
                                                 {"yes", true},
                                                 {"no", false},
                                                 {"written", text("true")}});
    CHECK(number_in(attributes, "number") == 2.5);
    CHECK(number_in(attributes, "digits") == -15);
    for (const char* name : {"text", "tail", "endless", "empty", "yes", "missing"}) {
        CHECK_FALSE(number_in(attributes, name));
    }
    CHECK(text_in(attributes, "text") == "abc");
    CHECK(text_in(attributes, "empty") == "");
    for (const char* name : {"number", "yes", "missing"}) CHECK_FALSE(text_in(attributes, name));
    CHECK(flag_in(attributes, "yes"));
    CHECK(flag_in(attributes, "written"));
    for (const char* name : {"no", "text", "number", "missing"}) CHECK_FALSE(flag_in(attributes, name));
}

TEST_CASE("events come to the same in whatever order and in whatever batches they come") {
    Generator generator(GENERATE(range(1U, 6U)));
    Events events = generator.events(6000);
    const auto expected = roll_up(events);
    // The bounds were reached, or the test shows less than it means to.
    CHECK(std::any_of(expected.begin(), expected.end(),
                      [](const DailyActivity& day) { return day.keys.contains("endpoint=~other"); }));
    CHECK(std::any_of(expected.begin(), expected.end(), [](const DailyActivity& day) {
        return day.event_type == "unknown" && day.sums.size() == kMaximumUnknownAttributes;
    }));
    for (int round = 0; round < 3; ++round) {
        generator.shuffle(events);
        CHECK(roll_up(events) == expected);
        std::vector<DailyActivity> days;
        std::size_t batch = 1;
        for (std::size_t start = 0; start < events.size(); start += batch, batch = batch * 2 + 1) {
            const auto begin = events.begin() + static_cast<std::ptrdiff_t>(start);
            const auto end = begin + static_cast<std::ptrdiff_t>(std::min(batch, events.size() - start));
            days = stored(merged(std::move(days), roll_up(Events(begin, end))));
        }
        CHECK(days == expected);
    }
}

TEST_CASE("what a day came to keeps to its bounds") {
    Events events;
    for (int i = 0; i < 3000; ++i) {
        const std::string number = std::to_string(100'000 + i);
        CustomerEvent event = event_of({1}, "support_ticket", kEventNoon, {{"ticket_id", number}});
        events.push_back(event);
        event.type = "unknown";
        event.attributes = {{"number " + number, 1.0},
                            {"text " + number, number},
                            {"long", std::string(1000, 'x') + number},
                            {std::string(5000, 'n') + number, 1.0},
                            {"a=b", text("c")},
                            {"many", number}};
        events.push_back(event);
        event.type = "login";
        event.attributes = {{"session_duration", i * 1.0}};
        events.push_back(event);
    }
    const auto days = roll_up(events);
    REQUIRE(days.size() == 3);
    CHECK(days[0].keys.size() == 601);
    CHECK(days[0].keys.at("session_seconds=600") == 2400);
    CHECK(days[1].tickets.size() == kMaximumTicketsPerDay);
    CHECK(days[2].sums.size() == kMaximumUnknownAttributes);
    CHECK(days[2].sums.begin()->first == "number 100000");
    CHECK(days[2].last.size() == kMaximumUnknownAttributes);
    CHECK(days[2].keys.at("many=100099") == 1);
    CHECK(days[2].keys.at("many=~other") == 2900);
    CHECK(days[2].keys.at("long=" + std::string(kMaximumKeyBytes, 'x')) == 3000);
    CHECK(days[2].keys.size() < kMaximumUnknownAttributes * 2 + kMaximumKeysPerAttribute);
}

TEST_CASE("a long text is cut between characters, and a NUL in it becomes a space") {
    const std::string long_text = std::string(kMaximumKeyBytes - 1, 'x') + "é";
    const auto day =
        day_of_events({event_of({1}, "page_view", kEventNoon, {{"path", long_text}}),
                       event_of({1}, "page_view", kEventNoon, {{"path", std::string("a\0b", 3)}}),
                       event_of({1}, "page_view", kEventNoon, {{"path", text("")}})});
    CHECK(day.keys == std::map<std::string, std::int64_t, std::less<>>{
                          {"path=" + std::string(kMaximumKeyBytes - 1, 'x'), 1}, {"path=a b", 1}});
}

TEST_CASE("calls are errors from status 400 on, by either name") {
    const auto call = [](const char* name, AttributeValue status) {
        return event_of({1}, "api_call", kEventNoon, {{name, status}, {"errors", 7.0}});
    };
    const auto day =
        day_of_events({call("status_code", 399.0), call("status_code", 400.0), call("response_code", 503.0),
                       call("status_code", text("404")), call("other", 500.0)});
    CHECK(day.count == 5);
    CHECK(day.sums.at("errors") == 3);
    CHECK(day.sums.at("status_code") == 399 + 400 + 404);
}

TEST_CASE("payments are worth what their punctuality says") {
    struct Case {
        Attributes attributes;
        std::optional<double> points;
    };
    const Case sample = GENERATE(values<Case>({
        {{{"status", text("paid_on_time")}}, 1},
        {{{"status", text("Completed")}, {"days_late", 9.0}}, 1},
        {{{"status", text("paid")}}, 1},
        {{{"status", text("succeeded")}}, 1},
        {{{"status", text("PAID_LATE")}, {"days_late", 15.0}}, 0.5},
        {{{"status", text("paid_late")}, {"days_late", text("3")}}, 0.9},
        {{{"status", text("paid_late")}, {"days_late", 45.0}}, 0},
        {{{"status", text("paid_late")}}, 0.5},
        {{{"status", text("failed")}}, 0},
        {{{"status", text("overdue")}, {"days_late", 1.0}}, 0},
        {{{"status", text("pending")}}, std::nullopt},
        {{{"amount", 5.0}}, 1},
        {{{"days_late", 30.0}}, 0},
    }));
    const auto day = day_of_events({event_of({1}, "payment", kEventNoon, sample.attributes)});
    CHECK(day.sums.contains("counted") == sample.points.has_value());
    if (sample.points) CHECK(day.sums.at("points") == Approx(*sample.points));
}

TEST_CASE("logins count users and lengths, not addresses; features tell which were advanced") {
    const auto login = day_of_events({event_of({1}, "login", kEventNoon,
                                               {{"ip_address", text("::1")},
                                                {"user_agent", text("x")},
                                                {"user", text("ann")},
                                                {"session_duration", 61.9},
                                                {"session_seconds", text("5")}})});
    CHECK(login.keys ==
          std::map<std::string, std::int64_t, std::less<>>{{"session_seconds=61", 1}, {"user=ann", 1}});
    const auto feature = day_of_events(
        {event_of({1}, "feature_use", kEventNoon, {{"feature_name", text("export")}, {"advanced", true}}),
         event_of({1}, "feature_use", kEventNoon, {{"feature_name", text("export")}, {"advanced", false}}),
         event_of({1}, "feature_use", kEventNoon, {{"feature_name", text("search")}})});
    CHECK(feature.keys == std::map<std::string, std::int64_t, std::less<>>{{"advanced=export", 1},
                                                                           {"basic=export", 1},
                                                                           {"feature_name=export", 2},
                                                                           {"feature_name=search", 1}});
    const auto note = day_of_events({event_of({1}, "note", kEventNoon, {{"text", text("met them")}})});
    CHECK(note.keys.empty());
}

TEST_CASE("a ticket is what was last told of each of its fields") {
    const auto ticket = [](std::chrono::minutes after, Attributes attributes) {
        attributes.emplace("ticket_id", text("T-1"));
        return event_of({1}, "support_ticket", kEventNoon + after, std::move(attributes));
    };
    Events events{ticket(0min, {{"priority", text("URGENT")}, {"status", text("Open")}}),
                  ticket(5min, {{"status", text("resolved")}, {"resolution_time", 300.0}}),
                  ticket(9min, {{"satisfaction", 4.0}})};
    std::reverse(events.begin(), events.end());
    events.push_back(event_of({1}, "support_ticket", kEventNoon));
    events.back().id = {77};
    events.push_back(event_of({1}, "support_ticket", kEventNoon, {{"ticket_id", 12.0}}));
    const auto day = day_of_events(events);
    REQUIRE(day.tickets.size() == 3);
    CHECK(day.tickets.contains("event:77"));
    CHECK(day.tickets.contains("12"));
    const TicketState& state = day.tickets.at("T-1");
    CHECK(state.priority == "urgent");
    CHECK_FALSE(state.is_open());
    CHECK(state.satisfaction == 4);
    CHECK(state.resolution_time == 300);
    CHECK(state.opened_at == kEventNoon);
    CHECK(state.at == kEventNoon + 9min);

    // What came in one moment is over when it was ended.
    TicketState open{.at = kEventNoon, .opened_at = kEventNoon, .status = "open", .status_at = kEventNoon};
    TicketState closed = open;
    closed.status = "closed";
    open.merge(closed);
    CHECK(open.status == "closed");
}

TEST_CASE("sums stay finite, and details that were damaged are not read") {
    auto day = day_of_events(
        {event_of({1}, "x", kEventNoon, {{"a", 1.7e308}}), event_of({1}, "x", kEventNoon, {{"a", 1.7e308}})});
    CHECK(std::isfinite(day.sums.at("a")));
    CHECK(stored({day}) == std::vector{day});
    day.sums = {{"a", -0.125}, {"b", 1e300}, {"c", 12345678901234567890.0}, {"d", 3}};
    day.last = {{"a", {-2, kEventNoon - 3h}}, {"d", {3, day.last_at}}};
    CHECK(stored({day}) == std::vector{day});
    for (const char* details : {"n", "n3:ab", "n1:a", "n1:a1", "n1:a1=;", "s1:ax;", "k1:a", "k9999999999:a;",
                                "t1:a", "t1:aq;", "t1:ap3:a;", "z1:a;", "k-1:a;"}) {
        CAPTURE(details);
        DailyActivity read;
        CHECK_THROWS_AS(data::decode_details(details, read), std::runtime_error);
    }
}

}  // namespace keepwell::test
