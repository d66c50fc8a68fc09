#pragma once

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/money.hpp"
#include "domain/time.hpp"

namespace keepwell {

/// Writes JSON member by member. Doubles in their shortest exact form; NaN and infinities as null.
class JsonWriter {
public:
    JsonWriter& begin_object() { return writer_.StartObject(), *this; }
    JsonWriter& end_object() { return writer_.EndObject(), *this; }
    JsonWriter& begin_array() { return writer_.StartArray(), *this; }
    JsonWriter& end_array() { return writer_.EndArray(), *this; }
    JsonWriter& key(std::string_view name) {
        return writer_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size())), *this;
    }

    JsonWriter& value(std::string_view text) {
        return writer_.String(text.data(), static_cast<rapidjson::SizeType>(text.size())), *this;
    }
    JsonWriter& value(const char* text) { return value(std::string_view{text}); }
    JsonWriter& value(const std::string& text) { return value(std::string_view{text}); }
    JsonWriter& value(bool flag) { return writer_.Bool(flag), *this; }
    JsonWriter& value(int number) { return writer_.Int(number), *this; }
    JsonWriter& value(std::int64_t number) { return writer_.Int64(number), *this; }
    JsonWriter& value(std::uint64_t number) { return writer_.Uint64(number), *this; }
    JsonWriter& value(double number) {
        std::isfinite(number) ? writer_.Double(number) : writer_.Null();
        return *this;
    }
    JsonWriter& value(Money amount) { return value(to_double(amount)); }
    JsonWriter& value(Date date) { return value(to_string(date)); }
    JsonWriter& value(Timestamp time) { return value(to_string(time)); }
    JsonWriter& null() { return writer_.Null(), *this; }
    template <typename T>
    JsonWriter& value(const std::optional<T>& maybe) {
        return maybe ? value(*maybe) : null();
    }
    /// Text that is JSON already.
    JsonWriter& raw(std::string_view json) {
        return writer_.RawValue(json.data(), json.size(), rapidjson::kObjectType), *this;
    }

    template <typename T>
    JsonWriter& member(std::string_view name, const T& content) {
        return key(name).value(content);
    }
    template <typename Strings>
    JsonWriter& strings(std::string_view name, const Strings& texts) {
        key(name).begin_array();
        for (const auto& text : texts) value(std::string_view{text});
        return end_array();
    }

    std::string take() const { return {buffer_.GetString(), buffer_.GetSize()}; }

private:
    rapidjson::StringBuffer buffer_;
    rapidjson::Writer<rapidjson::StringBuffer> writer_{buffer_};
};

}  // namespace keepwell
