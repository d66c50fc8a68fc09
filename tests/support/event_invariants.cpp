#include "tests/support/event_invariants.hpp"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cmath>
#include <map>
#include <set>

#include "domain/time.hpp"

namespace keepwell::testing {
namespace {

/// More says nothing new.
constexpr std::size_t kEnough = 20;
constexpr double kSame = 1e-9;

std::string compact(const rapidjson::Value& value) {
    rapidjson::StringBuffer text;
    rapidjson::Writer<rapidjson::StringBuffer> writer(text);
    value.Accept(writer);
    return text.GetString();
}

/// Members in any order, numbers by their value.
bool same_data(const std::string& sent, const rapidjson::Value& stored) {
    rapidjson::Document expected;
    expected.Parse(sent.c_str());
    return expected == stored;
}

/// How many events of each type on each day.
using Activity = std::map<std::string, std::map<std::string, std::int64_t>>;

class Check {
public:
    Check(const ApiClient& client, const EventLedger& ledger) : client_(client), ledger_(ledger) {}

    void customer(std::int64_t id) {
        target_ = "/api/customers/" + std::to_string(id);
        const Activity activity = events(id);
        daily_activity(activity);
        score();
    }

    void object(const std::string& what) {
        if (broken_.size() < kEnough) broken_.push_back(target_.empty() ? what : target_ + ": " + what);
    }

    const std::vector<std::string>& broken() const { return broken_; }

private:
    Activity events(std::int64_t id) {
        std::map<std::string, EventLedger::Entry> missing;
        for (EventLedger::Entry& entry : ledger_.entries(id))
            missing.emplace(entry.event.message_id, std::move(entry));
        Activity activity;
        std::set<std::string> found;
        std::set<std::int64_t> ids;
        std::string target = target_ + "/events?limit=200";
        while (!target.empty()) {
            const auto page = client_.json(target);
            for (const auto& event : page["data"].GetArray()) {
                const std::string message_id =
                    event["message_id"].IsString() ? event["message_id"].GetString() : "";
                if (!found.insert(message_id).second) object("event " + message_id + " is there twice");
                if (!ids.insert(event["id"].GetInt64()).second) object("two events have one id");
                ++activity[std::string{event["timestamp"].GetString()}.substr(0, 10)]
                          [event["event_type"].GetString()];
                const auto expected = missing.find(message_id);
                if (expected == missing.end()) {
                    object("event " + message_id + " was never acknowledged, or is another customer's");
                    continue;
                }
                same_event(expected->second, event);
                missing.erase(expected);
            }
            const auto& cursor = page["next_cursor"];
            target = cursor.IsNull() ? "" : target_ + "/events?limit=200&cursor=" + cursor.GetString();
        }
        for (const auto& [message_id, entry] : missing)
            object("acknowledged event " + message_id + " is lost");
        return activity;
    }

    void same_event(const EventLedger::Entry& expected, const rapidjson::Value& stored) {
        const SentEvent& sent = expected.event;
        const bool is_same = sent.type == stored["event_type"].GetString() &&
                             same_data(sent.data, stored["event_data"]) &&
                             sent.occurred_at == parse_timestamp(stored["timestamp"].GetString()) &&
                             (expected.event_id == 0 || expected.event_id == stored["id"].GetInt64());
        if (!is_same) object("event " + sent.message_id + " is not as it was sent: " + compact(stored));
    }

    void daily_activity(const Activity& expected) {
        const auto answer = client_.json(target_ + "/activity?days=90");
        Activity stored;
        for (const auto& day : answer["data"]["days"].GetArray()) {
            for (const auto& type : day["events"].GetObject())
                if (type.value.GetInt64() != 0)
                    stored[day["date"].GetString()][type.name.GetString()] = type.value.GetInt64();
        }
        if (stored == expected) return;
        for (const auto& [day, types] : expected) {
            if (stored[day] == types) continue;
            object("the activity of " + day + " is not what its events come to");
            return;
        }
        object("there is activity on days without events");
    }

    void score() {
        const auto stored = client_.json(target_ + "/health");
        const std::string day = stored["data"]["as_of"].GetString();
        const auto calculated = client_.json(target_ + "/health?as_of=" + day);
        const auto& left = stored["data"];
        const auto& right = calculated["data"];
        if (!same_number(left["overall_score"], right["overall_score"]) || left["status"] != right["status"])
            object("the stored score is " + compact(left["overall_score"]) + " (" +
                   left["status"].GetString() + "), its data says " + compact(right["overall_score"]) + " (" +
                   right["status"].GetString() + ")");
        for (const auto& factor : right["factors"].GetObject()) {
            const auto kept = left["factors"].FindMember(factor.name);
            if (kept == left["factors"].MemberEnd() ||
                !same_number(kept->value["score"], factor.value["score"]))
                object("the stored " + std::string{factor.name.GetString()} + " is not what its data says");
        }
        const auto customer = client_.json(target_);
        if (!same_number(customer["data"]["health_score"], left["overall_score"]))
            object("the customer's own row has the score " + compact(customer["data"]["health_score"]));
    }

    static bool same_number(const rapidjson::Value& left, const rapidjson::Value& right) {
        if (left.IsNull() || right.IsNull()) return left.IsNull() && right.IsNull();
        return std::abs(left.GetDouble() - right.GetDouble()) <= kSame;
    }

    const ApiClient& client_;
    const EventLedger& ledger_;
    std::string target_;
    std::vector<std::string> broken_;
};

}  // namespace

std::vector<std::string> broken_invariants(const ApiClient& client, test::TestDatabase& database,
                                           std::span<const std::int64_t> customers, const EventLedger& ledger,
                                           std::chrono::milliseconds patience) {
    Check check(client, ledger);
    for (const std::string& objection : ledger.objections()) check.object(objection);
    const auto backlog = [&] {
        return database.number("SELECT count(*) FROM recalculations WHERE requested_at IS NOT NULL");
    };
    if (!eventually([&] { return backlog() == 0; }, patience))
        check.object(std::to_string(backlog()) + " calculations are never done");
    const std::int64_t known = database.number(
        "SELECT count(*) FROM recalculations WHERE customer_id IN (SELECT DISTINCT customer_id FROM "
        "customer_events)");
    const std::int64_t expected = database.number("SELECT count(DISTINCT customer_id) FROM customer_events");
    if (known != expected)
        check.object("nobody calculates " + std::to_string(expected - known) + " customers");
    const std::int64_t all = database.number("SELECT count(*) FROM customers");
    if (all != static_cast<std::int64_t>(customers.size()))
        check.object("there are " + std::to_string(all) + " customers instead of " +
                     std::to_string(customers.size()));
    for (const std::int64_t id : customers) check.customer(id);
    return check.broken();
}

}  // namespace keepwell::testing
