#include "api/customer_body.hpp"

#include <array>
#include <charconv>

#include "api/json_body.hpp"
#include "api/parameters.hpp"
#include "services/csv/metrics_values.hpp"
#include "services/csv/utf8.hpp"

namespace keepwell::api {
namespace {

using rapidjson::Value;

constexpr std::size_t kMaximumText = 200;
constexpr std::size_t kMaximumEmail = 254;
constexpr std::size_t kMaximumCustom = 50;
constexpr std::size_t kMaximumCustomValue = 2'000;

std::string_view text_of(const Value& value) {
    return {value.GetString(), value.GetStringLength()};
}

/// The shortest text that reads back as this number, without an exponent.
std::string number_text(const Value& number) {
    if (number.IsInt64()) return std::to_string(number.GetInt64());
    if (number.IsUint64()) return std::to_string(number.GetUint64());
    std::array<char, 400> text{};
    const auto [end, failure] =
        std::to_chars(text.data(), text.data() + text.size(), number.GetDouble(), std::chars_format::fixed);
    return {text.data(), end};
}

std::string trimmed_nfc(std::string_view text) {
    text = trimmed_value(text);
    auto normalised = normalised_to_nfc(text);
    return normalised ? *std::move(normalised) : std::string{text};
}

enum class Nulls { kIgnored, kClear };

/// Reads the members of one customer and notes every mistake.
class CustomerReader {
public:
    CustomerReader(const Value& object, Nulls nulls) : object_(object), nulls_(nulls) {}

    CustomerChange read() {
        if (!object_.IsObject()) {
            refuse("", "must be an object");
            return {};
        }
        read_name();
        change_.email = read_text("email", "", kMaximumEmail);
        if (change_.email && !change_.email->empty() && !is_email(*change_.email))
            refuse("email", "must be an e-mail address");
        change_.company = read_text("company", "", kMaximumText);
        change_.segment = read_text("segment", "", kMaximumText);
        change_.region = read_text("region", "", kMaximumText);
        change_.plan = read_text("plan", "", kMaximumText);
        change_.external_id = read_text("external_id", "externalId", kMaximumText);
        change_.scorecard = read_text("scorecard", "", kMaximumText);
        change_.mrr = read_money("mrr");
        change_.arr = read_money("arr");
        read_signup_date();
        read_is_active();
        read_churned_at();
        read_custom();
        return std::move(change_);
    }

    void require_name() {
        if (object_.IsObject() && !change_.name && !has_mistake("/name")) refuse("name", "is required");
    }

    void refuse_unknown() {
        if (!object_.IsObject()) return;
        constexpr std::array<std::string_view, 18> kKnown{
            "name",        "email",     "company",    "segment",    "region",      "plan",
            "external_id", "scorecard", "mrr",        "arr",        "signup_date", "is_active",
            "churned_at",  "custom",    "externalId", "signupDate", "isActive",    "churnedAt"};
        for (const auto& member : object_.GetObject()) {
            const std::string_view name = text_of(member.name);
            if (std::find(kKnown.begin(), kKnown.end(), name) == kKnown.end())
                refuse(name, "is not a member of a customer");
        }
    }

    std::vector<FieldError>& mistakes() { return mistakes_; }

private:
    void refuse(std::string_view name, std::string message) {
        mistakes_.push_back({name.empty() ? "" : "/" + std::string{name}, std::move(message)});
    }

    bool has_mistake(std::string_view pointer) const {
        return std::any_of(mistakes_.begin(), mistakes_.end(),
                           [&](const FieldError& mistake) { return mistake.pointer == pointer; });
    }

    /// The member by its name or by its name in the other spelling; null when it is missing.
    const Value* find(std::string_view name, std::string_view twin) const {
        for (const std::string_view one : {name, twin}) {
            if (one.empty()) continue;
            const auto found = object_.FindMember(Value(rapidjson::StringRef(one.data(), one.size())));
            if (found != object_.MemberEnd()) return &found->value;
        }
        return nullptr;
    }

    std::optional<std::string> read_text(std::string_view name, std::string_view twin, std::size_t maximum) {
        const Value* value = find(name, twin);
        if (value == nullptr) return std::nullopt;
        if (value->IsNull()) return nulls_ == Nulls::kClear ? std::optional{std::string{}} : std::nullopt;
        if (!value->IsString() || has_control_character(text_of(*value)) ||
            count_characters(trimmed_value(text_of(*value))) > maximum) {
            refuse(name, "must be a text of at most " + std::to_string(maximum) +
                             " characters without control characters");
            return std::nullopt;
        }
        return trimmed_nfc(text_of(*value));
    }

    void read_name() {
        const Value* value = find("name", "");
        if (value == nullptr) return;
        change_.name = read_text("name", "", kMaximumText);
        if (value->IsNull() || (change_.name && change_.name->empty())) {
            change_.name.reset();
            refuse("name", "must not be empty");
        }
    }

    static bool is_email(std::string_view text) {
        const std::size_t at = text.rfind('@');
        return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
               text.size() <= kMaximumEmail && text.find(' ') == std::string_view::npos;
    }

    std::optional<Money> read_money(std::string_view name) {
        const Value* value = find(name, "");
        if (value == nullptr || value->IsNull()) return std::nullopt;
        const auto amount = value->IsNumber()   ? parse_money(number_text(*value))
                            : value->IsString() ? parse_money(trimmed_value(text_of(*value)))
                                                : std::nullopt;
        if (!amount || amount->cents < 0 || *amount > kMaximumMoney) {
            refuse(name, "must be an amount from 0 to " + keepwell::to_string(kMaximumMoney) +
                             " with at most two decimals");
            return std::nullopt;
        }
        return amount;
    }

    /// A day, or a time.
    std::optional<Timestamp> read_time(std::string_view name, std::string_view twin) {
        const Value* value = find(name, twin);
        if (value == nullptr || value->IsNull()) return std::nullopt;
        if (value->IsString()) {
            if (const auto day = parse_date(text_of(*value))) return Timestamp{*day};
            if (const auto time = parse_timestamp(text_of(*value))) return time;
        }
        refuse(name, "must be a day such as 2026-11-22 or a time such as 2026-11-22T04:30:00Z");
        return std::nullopt;
    }

    void read_signup_date() {
        if (const auto time = read_time("signup_date", "signupDate")) change_.signup_date = day_of(*time);
    }
    void read_churned_at() { change_.churned_at = read_time("churned_at", "churnedAt"); }

    void read_is_active() {
        const Value* value = find("is_active", "isActive");
        if (value == nullptr || value->IsNull()) return;
        if (!value->IsBool()) {
            refuse("is_active", "must be true or false");
            return;
        }
        change_.is_active = value->GetBool();
    }

    void read_custom() {
        const Value* value = find("custom", "");
        if (value == nullptr || value->IsNull()) return;
        if (!value->IsObject() || value->MemberCount() > kMaximumCustom) {
            refuse("custom", "must be an object of at most 50 attributes");
            return;
        }
        for (const auto& member : value->GetObject()) {
            const std::string_view name = text_of(member.name);
            const Value& content = member.value;
            const bool is_taken = !name.empty() && count_characters(name) <= kMaximumText &&
                                  !has_control_character(name) && !content.IsObject() && !content.IsArray() &&
                                  (!content.IsString() || is_attribute(text_of(content)));
            if (!is_taken) {
                refuse("custom/" + std::string{name},
                       "must be a text of at most 2,000 characters, a number, true, false or null");
                continue;
            }
            auto& attribute = change_.custom[std::string{name}];
            if (content.IsString()) attribute = std::string{text_of(content)};
            if (content.IsBool()) attribute = content.GetBool() ? "true" : "false";
            if (content.IsNumber()) attribute = number_text(content);
        }
    }

    static bool is_attribute(std::string_view text) {
        return count_characters(text) <= kMaximumCustomValue && text.find('\0') == std::string_view::npos;
    }

    const Value& object_;
    Nulls nulls_;
    CustomerChange change_;
    std::vector<FieldError> mistakes_;
};

}  // namespace

CustomerChange parse_new_customer(const Request& request) {
    const rapidjson::Document body = parse_json_body(request);
    CustomerReader reader(body, Nulls::kIgnored);
    CustomerChange change = reader.read();
    reader.require_name();
    if (!reader.mistakes().empty()) throw invalid(std::move(reader.mistakes()));
    return change;
}

CustomerChange parse_customer_change(const Request& request) {
    const rapidjson::Document body = parse_json_body(request);
    CustomerReader reader(body, Nulls::kClear);
    CustomerChange change = reader.read();
    if (!reader.mistakes().empty()) throw invalid(std::move(reader.mistakes()));
    return change;
}

CustomerBulk parse_customer_bulk(const Request& request) {
    const rapidjson::Document body = parse_json_body(request);
    if (!body.IsObject() || !body.HasMember("customers") || !body["customers"].IsArray())
        throw invalid({{"/customers", "must be an array of customers"}});
    const auto customers = body["customers"].GetArray();
    if (customers.Size() > kMaximumBulk) {
        throw Error{ErrorCode::kTooLarge, "A request takes 1,000 customers: send the rest in further ones"};
    }
    std::vector<FieldError> unknown;
    for (const auto& member : body.GetObject()) {
        if (text_of(member.name) != "customers")
            unknown.push_back({"/" + std::string{text_of(member.name)}, "is not a member of this request"});
    }
    if (!unknown.empty()) throw invalid(std::move(unknown));
    CustomerBulk bulk;
    for (rapidjson::SizeType i = 0; i < customers.Size(); ++i) {
        CustomerReader reader(customers[i], Nulls::kClear);
        CustomerChange change = reader.read();
        reader.refuse_unknown();
        if (reader.mistakes().empty()) {
            bulk.items.push_back({.index = i, .change = std::move(change)});
        } else {
            bulk.rejected.push_back(reject(i, keepwell::to_string(ErrorCode::kInvalid), reader.mistakes()));
        }
    }
    return bulk;
}

}  // namespace keepwell::api
