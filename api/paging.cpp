#include "api/paging.hpp"

#include "api/cursor.hpp"

namespace keepwell::api {
namespace {

constexpr std::int64_t kDefaultLimit = 50;
constexpr std::int64_t kMaximumLimit = 200;
/// Room for any name in a cursor.
constexpr std::size_t kMaximumCursor = 4'000;

}  // namespace

std::int64_t read_limit(Parameters& parameters) {
    return parameters.integer("limit", 1, kMaximumLimit).value_or(kDefaultLimit);
}

std::optional<std::string> read_cursor(Parameters& parameters) {
    return parameters.text("cursor", kMaximumCursor);
}

void refuse_cursor(Parameters& parameters) {
    parameters.refuse("cursor", "must be a next_cursor that this route has answered for the same order");
}

std::optional<std::int64_t> read_number_cursor(Parameters& parameters, std::string_view list) {
    const auto text = read_cursor(parameters);
    if (!text) return std::nullopt;
    const auto values = decode_cursor(list, *text, 1);
    const auto number = values ? parse_cursor_number(values->front()) : std::nullopt;
    if (!number || *number < 0) refuse_cursor(parameters);
    return number;
}

std::string number_cursor(std::string_view list, std::int64_t number) {
    return encode_cursor(list, {std::to_string(number)});
}

void write_next_cursor(JsonWriter& json, const std::optional<std::string>& cursor) {
    json.member("next_cursor", cursor);
}

}  // namespace keepwell::api
