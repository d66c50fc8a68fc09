#include "tests/support/event_load.hpp"

#include <rapidjson/document.h>

#include <memory>
#include <span>
#include <stdexcept>

#include "tests/support/running_app.hpp"

namespace keepwell::testing {
namespace {

using namespace std::chrono_literals;

/// Longer than any fault that a test makes.
constexpr auto kPatience = 120s;
constexpr const char* kSegments[] = {"SMB", "Enterprise"};

std::string request_of(std::string_view target, std::string_view body) {
    std::string request = "POST ";
    request.append(target)
        .append(" HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ")
        .append(std::to_string(body.size()));
    return request.append("\r\n\r\n").append(body);
}

std::string events_target(std::int64_t customer_id) {
    return "/api/customers/" + std::to_string(customer_id) + "/events";
}

}  // namespace

/// One client on a connection of its own, which it opens again whenever it is lost.
class EventLoad::Client {
public:
    Client(std::uint16_t port, RandomEvents random, EventLedger& ledger)
        : port_(port), random_(std::move(random)), ledger_(ledger) {}

    RandomEvents& random() { return random_; }

    /// Sends until there is an answer that says yes or no. Empty, with an objection, when none ever comes.
    Reply insist(const std::string& request) {
        const auto deadline = std::chrono::steady_clock::now() + kPatience;
        while (std::chrono::steady_clock::now() < deadline) {
            Reply reply = attempt(request);
            const bool is_answer = reply.status > 0 && reply.status < 500 && reply.status != 429;
            if (is_answer) return reply;
            // Only what a fault explains: an answer of 500 means that the program did not expect it.
            if (reply.status == 500) ledger_.object("answered with 500: " + reply.body.substr(0, 300));
            ledger_.count_retry();
            std::this_thread::sleep_for(10ms);
        }
        ledger_.object("no answer for two minutes: " + request.substr(0, request.find('\r')));
        return {};
    }

    std::int64_t make_customer(std::uint64_t seed, int number) {
        const std::string name = std::to_string(number);
        const Reply reply = insist(
            request_of("/api/customers", R"({"name":"Customer )" + name + R"(","external_id":"load-)" +
                                             std::to_string(seed) + "-" + name + R"(","segment":")" +
                                             kSegments[number % 2] + R"(","signup_date":"2020-01-01"})"));
        if (reply.status != 200 && reply.status != 201)
            throw std::runtime_error("no customer was made: " + std::to_string(reply.status) + " " +
                                     reply.body);
        return json_of(reply)["data"]["id"].GetInt64();
    }

    void send_one(const SentEvent& event) {
        const Reply reply = insist(request_of(events_target(event.customer_id), "{" + event.members() + "}"));
        if (reply.status == 0) return;
        if (reply.status != 200) {
            object("the event " + event.message_id + " was refused", reply);
            return;
        }
        ledger_.acknowledge(event, json_of(reply)["data"]["event_id"].GetInt64());
    }

    void send_batch(std::span<const SentEvent> events) {
        std::string body = "{\"events\":[";
        for (const SentEvent& event : events) {
            body += body.back() == '[' ? "{" : ",{";
            body += event.members() + ",\"customer_id\":" + std::to_string(event.customer_id) + "}";
        }
        const Reply reply = insist(request_of("/api/events/batch", body + "]}"));
        if (reply.status == 0) return;
        if (reply.status != 200) {
            object("a batch was refused", reply);
            return;
        }
        const auto answer = json_of(reply);
        const auto taken = answer["accepted"].GetInt64() + answer["duplicates"].GetInt64();
        if (!answer["rejected"].Empty() || taken != static_cast<std::int64_t>(events.size())) {
            object("a batch was not taken as a whole", reply);
            return;
        }
        for (const SentEvent& event : events) ledger_.acknowledge(event);
    }

    /// An event that is long there is a duplicate, and another one under its id is refused.
    void repeat(const SentEvent& event) {
        const bool is_other = random_.chance(0.3);
        SentEvent again = event;
        if (is_other) again.data = R"({"text":"something else under the same id"})";
        if (is_other) again.type = "note_of_another_kind";
        const Reply reply = insist(request_of(events_target(again.customer_id), "{" + again.members() + "}"));
        if (reply.status == 0) return;
        if (is_other) {
            if (reply.status != 409) object("another event under the id " + event.message_id, reply);
            return;
        }
        if (reply.status != 200) {
            object("a repeated event was refused", reply);
            return;
        }
        const auto answer = json_of(reply);
        if (!answer["data"]["duplicate"].GetBool()) object("a repeated event counts as new", reply);
        ledger_.acknowledge(event, answer["data"]["event_id"].GetInt64());
    }

private:
    Reply attempt(const std::string& request) {
        try {
            if (!connection_) connection_ = std::make_unique<RawClient>(port_);
            Reply reply;
            if (connection_->send(request)) reply = connection_->receive(30s);
            if (reply.status == 0 || reply.header("connection") == "close") connection_.reset();
            return reply;
        } catch (const std::runtime_error& failure) {
            connection_.reset();
            // Nobody listens while the server is down; anything else is the server's mistake.
            if (std::string_view{failure.what()} != "cannot connect") ledger_.object(failure.what());
            return {};
        }
    }

    void object(const std::string& what, const Reply& reply) {
        ledger_.object(what + ": " + std::to_string(reply.status) + " " + reply.body.substr(0, 500));
    }

    std::uint16_t port_;
    RandomEvents random_;
    EventLedger& ledger_;
    std::unique_ptr<RawClient> connection_;
};

EventLoad::EventLoad(std::vector<std::uint16_t> ports, Plan plan, EventLedger& ledger)
    : ports_(std::move(ports)), plan_(plan), ledger_(ledger), began_(SystemClock{}.now()) {
    Client first(ports_.front(), RandomEvents{plan.seed, std::to_string(plan.seed) + "-first", began_},
                 ledger_);
    for (int number = 0; number < plan.customers; ++number)
        customers_.push_back(first.make_customer(plan.seed, number));
    // A type that nobody of a segment has sent before changes what the scores of all its customers are made
    // of; it is said here, so that each later score follows from the customer's own events.
    for (int segment = 0; segment < 2; ++segment) {
        std::vector<SentEvent> events;
        for (const char* type : {"api_call", "login", "logout", "feature_use", "page_view", "payment",
                                 "support_ticket", "nps_response", "note"})
            events.push_back(first.random().next(customers_.at(static_cast<std::size_t>(segment)), type));
        for (SentEvent& event : events) event.occurred_at = began_ - kOldestRandomEvent;
        first.send_batch(events);
    }
    for (int number = 0; number < plan.clients; ++number)
        threads_.emplace_back([this, number] { work(number); });
}

EventLoad::~EventLoad() {
    finish();
}

void EventLoad::finish() {
    ending_ = true;
    for (std::thread& thread : threads_) {
        if (thread.joinable()) thread.join();
    }
}

void EventLoad::work(int number) {
    const std::string name = std::to_string(plan_.seed) + "-" + std::to_string(number);
    Client client(ports_[static_cast<std::size_t>(number) % ports_.size()],
                  RandomEvents{plan_.seed * 1'000 + static_cast<std::uint64_t>(number), name, began_},
                  ledger_);
    RandomEvents& random = client.random();
    std::vector<SentEvent> sent;
    const auto draw = [&] { return random.next(customers_[random.below(customers_.size())]); };
    try {
        while (!ending_) {
            if (!sent.empty() && random.chance(0.1)) {
                client.repeat(sent[random.below(sent.size())]);
            } else if (random.chance(0.6)) {
                sent.push_back(draw());
                client.send_one(sent.back());
            } else {
                std::vector<SentEvent> batch;
                const std::size_t size = 1 + random.below(plan_.largest_batch);
                while (batch.size() < size) batch.push_back(draw());
                client.send_batch(batch);
                sent.insert(sent.end(), batch.begin(), batch.end());
            }
            // Clients think; without it a run is as long as the machine is fast.
            std::this_thread::sleep_for(2ms);
        }
    } catch (const std::exception& failure) {
        ledger_.object("a client gave up: " + std::string{failure.what()});
    }
}

}  // namespace keepwell::testing
