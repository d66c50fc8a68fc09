#include "api/event_body.hpp"

#include <algorithm>

#include "api/json_body.hpp"
#include "api/json_scanner.hpp"
#include "api/parameters.hpp"

namespace keepwell::api {
namespace {

void set_times(EventEntry& entry, Timestamp now) {
    entry.event.received_at = now;
    if (!entry.event.timestamp_given) entry.event.occurred_at = now;
}

/// Puts entry after entry into a batch.
class BatchBuilder {
public:
    explicit BatchBuilder(Timestamp now) : now_(now) {}

    void add(std::string_view json) {
        if (next_ >= static_cast<std::int64_t>(kMaximumBatch)) {
            throw Error{ErrorCode::kTooLarge,
                        "A batch has at most 2,000 events: send the rest in further batches"};
        }
        EventEntry entry = reader_.read(json, EventReader::Customer::kRead);
        if (entry.mistakes.empty() && !entry.customer_id && !entry.key) {
            entry.mistakes.push_back(
                {"/customer_id", "is required, or external_id, email, account_name or customer_name"});
        }
        const std::int64_t index = next_++;
        if (!entry.mistakes.empty()) {
            batch_.rejected.push_back(reject(index, to_string(entry.code), entry.mistakes));
            return;
        }
        set_times(entry, now_);
        entry.event.customer_id = entry.customer_id.value_or(CustomerId{});
        batch_.events.push_back(std::move(entry.event));
        batch_.sources.push_back({.index = index, .key = std::move(entry.key)});
    }

    EventBatch take() { return std::move(batch_); }

private:
    Timestamp now_;
    EventReader reader_;
    EventBatch batch_;
    std::int64_t next_ = 0;
};

bool is_line_type(std::string_view type) {
    const std::string_view name = type.substr(0, type.find_first_of("; "));
    return name == "application/x-ndjson" || name == "application/ndjson" || name == "application/jsonl" ||
           name == "application/x-jsonlines";
}

void add_lines(BatchBuilder& batch, std::string_view body) {
    while (!body.empty()) {
        const std::size_t end = std::min(body.find('\n'), body.size());
        const std::string_view line = body.substr(0, end);
        body.remove_prefix(std::min(end + 1, body.size()));
        if (line.find_first_not_of(" \t\r") != std::string_view::npos) batch.add(line);
    }
}

[[noreturn]] void refuse_json() {
    throw Error{
        ErrorCode::kUnreadable,
        "The body is not JSON: it must be {\"events\":[…]} or an array of events, or one event on each "
        "line with Content-Type application/x-ndjson"};
}

std::string_view require_value(JsonScanner& scanner) {
    const auto value = scanner.value();
    if (!value) refuse_json();
    return *value;
}

/// The array behind `events`.
std::string_view find_events(std::string_view object) {
    JsonScanner scanner(object);
    scanner.take('{');
    std::optional<std::string_view> events;
    for (bool more = scanner.peek() != '}'; more; more = scanner.take(',')) {
        const std::string_view name = require_value(scanner);
        if (!name.starts_with('"') || !scanner.take(':')) refuse_json();
        const std::string_view value = require_value(scanner);
        if (name != "\"events\"") continue;
        if (events) throw Error{ErrorCode::kUnreadable, "The body is not usable JSON: events is there twice"};
        events = value;
    }
    if (!scanner.take('}') || !scanner.at_end()) refuse_json();
    if (!events) throw invalid({{"/events", "is required"}});
    if (!events->starts_with('[')) throw invalid({{"/events", "must be an array of events"}});
    return *events;
}

void add_array(BatchBuilder& batch, std::string_view array) {
    JsonScanner scanner(array);
    scanner.take('[');
    for (bool more = scanner.peek() != ']'; more; more = scanner.take(',')) batch.add(require_value(scanner));
    if (!scanner.take(']') || !scanner.at_end()) refuse_json();
}

}  // namespace

CustomerEvent parse_event(const Request& request, CustomerId customer, Timestamp now) {
    require_json_type(request);
    EventEntry entry = EventReader().read(request.body, EventReader::Customer::kIgnored);
    if (entry.code == ErrorCode::kInvalid && !entry.mistakes.empty())
        throw invalid(std::move(entry.mistakes));
    if (!entry.mistakes.empty()) {
        const FieldError& first = entry.mistakes.front();
        const std::string what = first.pointer.empty() ? "The body" : first.pointer.substr(1);
        const std::string message = what + " " + first.message;
        throw Error{entry.code, message, std::move(entry.mistakes)};
    }
    set_times(entry, now);
    entry.event.customer_id = customer;
    return std::move(entry.event);
}

EventBatch parse_event_batch(const Request& request, Timestamp now) {
    BatchBuilder batch(now);
    if (is_line_type(request.header("content-type"))) {
        add_lines(batch, request.body);
        return batch.take();
    }
    require_json_type(request);
    switch (JsonScanner(request.body).peek()) {
        case '[':
            add_array(batch, request.body);
            break;
        case '{':
            add_array(batch, find_events(request.body));
            break;
        default:
            refuse_json();
    }
    return batch.take();
}

}  // namespace keepwell::api
