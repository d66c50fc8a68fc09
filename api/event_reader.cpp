#include "api/event_reader.hpp"

#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <variant>

#include "services/csv/metrics_values.hpp"
#include "services/csv/utf8.hpp"

namespace keepwell::api {
namespace {

using rapidjson::SizeType;

struct Nested {};
/// What a member of the event itself holds; texts live as long as the reader's copy of the event.
using Content = std::variant<std::monostate, bool, double, std::string_view, Nested>;

enum Member : std::size_t {
    kType,
    kData,
    kTime,
    kMessageId,
    kCustomerId,
    kExternalId,
    kEmail,
    kAccountName,
    kCustomerName,
    kMembers,
};
constexpr std::array<std::string_view, kMembers> kMemberNames{"event_type", "event_data",   "timestamp",
                                                              "message_id", "customer_id",  "external_id",
                                                              "email",      "account_name", "customer_name"};
using Contents = std::array<Content, kMembers>;

constexpr std::size_t kMaximumType = 100;
constexpr std::size_t kMaximumMessageId = 200;
constexpr std::size_t kMaximumKey = 200;
constexpr double kMaximumId = 9'007'199'254'740'991;

}  // namespace

/// Takes the parser's steps through one event.
struct EventReader::Parts : rapidjson::BaseReaderHandler<rapidjson::UTF8<>, EventReader::Parts> {
    rapidjson::Reader reader;
    std::string text;  ///< A copy of the event; the parser decodes strings in place.
    rapidjson::InsituStringStream stream{nullptr};
    Contents contents;
    EventEntry entry;

    struct Level {
        std::size_t first_name;   ///< In `names`.
        std::size_t path_length;  ///< Of the object's own name in `path`.
        bool is_array;
    };
    std::vector<Level> levels;
    std::vector<std::string_view> names;  ///< Of all objects that are open, to find those given twice.
    std::string path;                     ///< Of the attribute that comes next.
    std::size_t member = kMembers;
    std::size_t data_begin = 0;
    std::size_t data_end = 0;
    bool in_data = false;
    std::size_t arrays = 0;  ///< That are open within the data: what is in them is no attribute.

    void begin(std::string_view json);

    bool Null() { return take(std::monostate{}); }
    bool Bool(bool flag) { return take(flag); }
    bool Int(int number) { return take(static_cast<double>(number)); }
    bool Uint(unsigned number) { return take(static_cast<double>(number)); }
    bool Int64(std::int64_t number) { return take(static_cast<double>(number)); }
    bool Uint64(std::uint64_t number) { return take(static_cast<double>(number)); }
    bool Double(double number) { return take(number); }
    bool String(const char* value, SizeType size, bool) { return take(std::string_view{value, size}); }
    bool Key(const char* value, SizeType size, bool);
    bool StartObject();
    bool EndObject(SizeType);
    bool StartArray();
    bool EndArray(SizeType);

    bool open(bool is_array);
    bool take(const Content& content);
    bool refuse(std::string pointer, std::string message);
};

void EventReader::Parts::begin(std::string_view json) {
    text.assign(json);
    stream = rapidjson::InsituStringStream{text.data()};
    contents.fill({});
    entry = {};
    levels.clear();
    names.clear();
    path.clear();
    member = kMembers;
    data_begin = data_end = arrays = 0;
    in_data = false;
}

bool EventReader::Parts::refuse(std::string pointer, std::string message) {
    entry.code = ErrorCode::kUnreadable;
    entry.mistakes.push_back({std::move(pointer), std::move(message)});
    return false;
}

bool EventReader::Parts::open(bool is_array) {
    if (levels.size() >= kMaximumEventDepth) {
        return refuse("", "is nested deeper than " + std::to_string(kMaximumEventDepth) + " levels");
    }
    levels.push_back({.first_name = names.size(), .path_length = path.size(), .is_array = is_array});
    return true;
}

bool EventReader::Parts::Key(const char* value, SizeType size, bool) {
    const std::string_view name{value, size};
    names.push_back(name);
    if (levels.size() == 1) {
        const auto known = std::find(kMemberNames.begin(), kMemberNames.end(), name);
        member = static_cast<std::size_t>(known - kMemberNames.begin());
    } else if (in_data && arrays == 0) {
        path.resize(levels.back().path_length);
        if (levels.size() > 2) path += '.';
        path += name;
    }
    return true;
}

bool EventReader::Parts::StartObject() {
    if (levels.size() == 1 && member == kData) {
        in_data = true;
        path.clear();
        data_begin = stream.Tell() - 1;
    } else if (levels.size() == 1 && member < kMembers) {
        contents[member] = Nested{};
    }
    return open(false);
}

bool EventReader::Parts::EndObject(SizeType) {
    const auto first = names.begin() + static_cast<std::ptrdiff_t>(levels.back().first_name);
    std::sort(first, names.end());
    if (const auto twice = std::adjacent_find(first, names.end()); twice != names.end()) {
        return refuse("/" + std::string{*twice}, "is there twice");
    }
    names.erase(first, names.end());
    levels.pop_back();
    if (in_data && levels.size() == 1) {
        in_data = false;
        data_end = stream.Tell();
    }
    return true;
}

bool EventReader::Parts::StartArray() {
    if (levels.empty()) return refuse("", "must be an object");
    if (levels.size() == 1 && member < kMembers) contents[member] = Nested{};
    if (in_data) ++arrays;
    return open(true);
}

bool EventReader::Parts::EndArray(SizeType) {
    if (in_data) --arrays;
    levels.pop_back();
    return true;
}

bool EventReader::Parts::take(const Content& content) {
    if (levels.empty()) return refuse("", "must be an object");
    if (levels.size() == 1) {
        if (member < kMembers) contents[member] = content;
        return true;
    }
    if (!in_data || arrays > 0) return true;
    if (const bool* flag = std::get_if<bool>(&content)) {
        entry.event.attributes.insert_or_assign(path, *flag);
    } else if (const double* number = std::get_if<double>(&content)) {
        entry.event.attributes.insert_or_assign(path, *number);
    } else if (const auto* value = std::get_if<std::string_view>(&content)) {
        entry.event.attributes.insert_or_assign(path, std::string{*value});
    }
    return true;
}

namespace {

/// Makes the values of an event out of its members and notes what is wrong with them.
class Values {
public:
    Values(const Contents& contents, EventEntry& entry) : contents_(contents), entry_(entry) {}

    void read() {
        CustomerEvent& event = entry_.event;
        if (const auto type = text(kType, kMaximumType)) event.type = *type;
        if (is_missing(kType)) refuse(kType, "is required");
        if (const auto id = text(kMessageId, kMaximumMessageId)) event.message_id = *id;
        read_time();
    }

    void read_customer() {
        if (!is_missing(kCustomerId)) {
            const double* id = std::get_if<double>(&contents_[kCustomerId]);
            if (id == nullptr || !(*id >= 1 && *id <= kMaximumId) || std::floor(*id) != *id) {
                refuse(kCustomerId, "must be the number of a customer");
            } else {
                entry_.customer_id = CustomerId{static_cast<std::int64_t>(*id)};
            }
            return;
        }
        for (const auto& [member, kind] : {std::pair{kExternalId, CustomerKeyKind::kExternalId},
                                           {kEmail, CustomerKeyKind::kEmail},
                                           {kAccountName, CustomerKeyKind::kAccountName},
                                           {kCustomerName, CustomerKeyKind::kAccountName}}) {
            if (is_missing(member)) continue;
            if (const auto value = text(member, kMaximumKey)) entry_.key = key_of(kind, *value);
            return;
        }
    }

private:
    bool is_missing(Member member) const { return std::holds_alternative<std::monostate>(contents_[member]); }

    void refuse(Member member, std::string message) {
        entry_.mistakes.push_back({"/" + std::string{kMemberNames[member]}, std::move(message)});
    }

    /// Empty when the member is missing, null or wrong.
    std::optional<std::string_view> text(Member member, std::size_t maximum) {
        if (is_missing(member)) return std::nullopt;
        const auto* text = std::get_if<std::string_view>(&contents_[member]);
        if (text == nullptr || text->empty() || count_characters(*text) > maximum ||
            has_control_character(*text)) {
            refuse(member, "must be a text of 1 to " + std::to_string(maximum) +
                               " characters without control characters");
            return std::nullopt;
        }
        return *text;
    }

    void read_time() {
        entry_.event.timestamp_given = !is_missing(kTime);
        if (is_missing(kTime)) return;
        const auto* text = std::get_if<std::string_view>(&contents_[kTime]);
        auto time = text == nullptr ? std::nullopt : parse_timestamp(*text);
        // Many clients write UTC without saying so.
        if (!time && text != nullptr) time = parse_timestamp(std::string{*text} + "Z");
        if (!time) {
            refuse(kTime, "must be a time such as 2026-11-22T04:30:00Z (RFC 3339)");
            return;
        }
        entry_.event.occurred_at = *time;
    }

    static CustomerKey key_of(CustomerKeyKind kind, std::string_view value) {
        value = trimmed_value(value);
        auto normalised = kind == CustomerKeyKind::kAccountName ? normalised_to_nfc(value) : std::nullopt;
        return {.kind = kind, .value = normalised ? *std::move(normalised) : std::string{value}};
    }

    const Contents& contents_;
    EventEntry& entry_;
};

}  // namespace

EventReader::EventReader() : parts_(std::make_unique<Parts>()) {}
EventReader::~EventReader() = default;

EventEntry EventReader::read(std::string_view json, Customer customer) {
    Parts& parts = *parts_;
    parts.begin(json);
    if (!is_valid_utf8(json)) {
        parts.refuse("", "is not UTF-8");
        return std::move(parts.entry);
    }
    if (json.find('\0') != std::string_view::npos) {  // The parser would take it for the end.
        parts.refuse("", "is not JSON: a NUL byte");
        return std::move(parts.entry);
    }
    constexpr unsigned kFlags = rapidjson::kParseInsituFlag | rapidjson::kParseFullPrecisionFlag;
    parts.reader.Parse<kFlags>(parts.stream, parts);
    EventEntry& entry = parts.entry;
    if (parts.reader.HasParseError()) {
        if (entry.mistakes.empty()) {
            parts.refuse("", std::string{"is not JSON: "} +
                                 rapidjson::GetParseError_En(parts.reader.GetParseErrorCode()) +
                                 " (at byte " + std::to_string(parts.reader.GetErrorOffset()) + ")");
        }
        return std::move(entry);
    }
    if (parts.data_end > 0) {
        entry.event.data.assign(json.substr(parts.data_begin, parts.data_end - parts.data_begin));
    } else if (!std::holds_alternative<std::monostate>(parts.contents[kData])) {
        entry.mistakes.push_back({"/event_data", "must be an object"});
    }
    if (entry.event.data.size() > kMaximumEventBytes) {
        entry.code = ErrorCode::kTooLarge;
        entry.mistakes.push_back({"/event_data", "must not be larger than 32 KB"});
        return std::move(entry);
    }
    Values values(parts.contents, entry);
    values.read();
    if (customer == Customer::kRead) values.read_customer();
    return std::move(entry);
}

}  // namespace keepwell::api
